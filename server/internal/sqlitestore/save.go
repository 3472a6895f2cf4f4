package sqlitestore

import "assay/server/internal/lead"

const insertLead = `INSERT INTO leads (site, id, rev, stage, grade, band, owner, form, verdict, nurturing, last_seen, priority,
	sample, changes, doc, email, name, company, model, domain, profile)
	VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
	ON CONFLICT (site, id) DO NOTHING`

const (
	updateSet = `UPDATE leads SET rev = rev + 1, stage = ?3, grade = ?4, band = ?5, owner = ?6, form = ?7,
	verdict = ?8, nurturing = ?9, last_seen = ?10, priority = ?11, sample = ?12, changes = ?13, doc = ?14, profile = ?20`
	// Most writes leave the searched columns and the model as they are, and
	// spare their indexes by not naming them.
	updateSame = updateSet + ` WHERE site = ?1 AND id = ?2 AND rev = ?21
		AND email = ?15 AND name = ?16 AND company = ?17 AND model = ?18 AND domain = ?19`
	updateNamed = updateSet + `, email = ?15, name = ?16, company = ?17, model = ?18, domain = ?19 WHERE site = ?1 AND id = ?2 AND rev = ?21`
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
		t.site, l.ID, stage, l.Cell.Grade, l.Cell.Band, l.Owner, l.Form, string(l.Verdict),
		number(l.Nurturing), r.seen, r.priority, number(l.Sample), r.changes, r.doc, r.email, r.name, r.company, r.model, r.domain, r.profile,
	}
}
