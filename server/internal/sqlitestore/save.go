package sqlitestore

import "assay/server/internal/lead"

// nextFilled numbers the write that fills an empty outbox.
const nextFilled = `(SELECT coalesce(max(filled), 0) + 1 FROM leads WHERE site = ?1 AND filled > 0)`

const insertLead = `INSERT INTO leads (site, id, rev, stage, grade, letter, band, owner, form, verdict, nurturing,
	last_seen, priority, sample, outbox, doc, email, name, company, changes, model, filled)
	VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
		CASE WHEN ?14 = '' THEN 0 ELSE ` + nextFilled + ` END)
	ON CONFLICT (site, id) DO NOTHING`

const (
	updateSet = `UPDATE leads SET rev = rev + 1, stage = ?3, grade = ?4, letter = ?5, band = ?6, owner = ?7, form = ?8,
	verdict = ?9, nurturing = ?10, last_seen = ?11, priority = ?12, sample = ?13, outbox = ?14, doc = ?15,
	changes = ?19, filled = CASE WHEN ?14 = '' THEN 0 WHEN filled > 0 THEN filled ELSE ` + nextFilled + ` END`
	// Most writes leave the searched columns and the model as they are, and
	// spare their indexes by not naming them.
	updateSame  = updateSet + ` WHERE site = ?1 AND id = ?2 AND rev = ?21 AND email = ?16 AND name = ?17 AND company = ?18 AND model = ?20`
	updateNamed = updateSet + `, email = ?16, name = ?17, company = ?18, model = ?20 WHERE site = ?1 AND id = ?2 AND rev = ?21`
)

func (t *tx) insertLead(l *lead.Lead, r *row) (bool, error) {
	n, err := t.exec("insert lead", insertLead, t.values(l, r)...)
	return n == 1, err
}

// updateLead writes over the revision that l has, and no other.
func (t *tx) updateLead(l *lead.Lead, r *row) (bool, error) {
	args := append(t.values(l, r), l.Rev)
	n, err := t.exec("update lead", updateSame, args...)
	if err == nil && n == 0 {
		n, err = t.exec("update lead", updateNamed, args...)
	}
	return n == 1, err
}

// values are the parameters ?1 to ?20.
func (t *tx) values(l *lead.Lead, r *row) []any {
	stage := l.Stage
	if l.Merged != nil { // no list looks for an empty stage
		stage = ""
	}
	return []any{
		t.site, l.ID, stage, l.Cell.Grade, l.Cell.Letter, l.Cell.Band, l.Owner, l.Form, string(l.Verdict),
		number(l.Nurturing), r.seen, r.priority, number(l.Sample), r.outbox, r.doc, r.email, r.name, r.company, r.changes, r.model,
	}
}
