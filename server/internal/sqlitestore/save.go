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

// saved is a lead as it is to be written.
type saved struct {
	id     string
	before int64 // the revision that is written over, and no other; 0 for a new lead
	values []any // the parameters ?1 to ?20
	events []storedEvent
	owned  string // domain of a company whose lead somebody owns

	lead   *lead.Lead // of a draft, whose unit may have to run again
	outbox []lead.Event
}

func newSaved(site string, l *lead.Lead) (*saved, error) {
	r, err := newRow(l)
	if err != nil {
		return nil, err
	}
	events, err := encodeEvents(l.Outbox)
	if err != nil {
		return nil, err
	}
	stage := l.Stage
	if l.Merged != nil { // no list looks for an empty stage
		stage = ""
	}
	owned := r.domain
	if l.Owner == "" {
		owned = ""
	}
	return &saved{id: l.ID, before: l.Rev, events: events, owned: owned, values: []any{
		site, l.ID, stage, l.Cell.Grade, l.Cell.Band, l.Owner, l.Form, string(l.Verdict),
		number(l.Nurturing), r.seen, r.priority, number(l.Sample), r.changes, r.doc, r.email, r.name, r.company, r.model, r.domain, r.profile,
	}}, nil
}

// SaveLead is lead.Tx's.
func (t *tx) SaveLead(l *lead.Lead) error {
	s, err := newSaved(t.site, l)
	if err != nil {
		return err
	}
	written, err := t.save(s)
	switch {
	case err != nil:
		return err
	case !written:
		return lead.ErrConflict
	}
	l.Rev++
	l.Outbox = nil
	return nil
}

// save writes a lead with its events; false when another revision is there.
func (t *tx) save(s *saved) (bool, error) {
	t.wrote(t.sieve.leadKey(t.site, s.id))
	if s.owned != "" {
		t.sieve.add(t.site, company(s.owned))
	}
	var n int64
	var err error
	if s.before == 0 {
		n, err = t.exec("insert lead", insertLead, s.values...)
	} else {
		n, err = t.update(s)
	}
	if err != nil || n == 0 {
		return false, err
	}
	if s.before == 0 {
		t.leads++
	}
	return true, t.publish(s.events)
}

func (t *tx) update(s *saved) (int64, error) {
	args := append(s.values, s.before)
	n, err := t.exec("update lead", updateSame, args...)
	if err == nil && n == 0 {
		n, err = t.exec("update lead", updateNamed, args...)
	}
	return n, err
}
