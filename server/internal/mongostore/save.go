package mongostore

import (
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// leadDoc is a lead: doc is the lead without its revision, profile and outbox,
// which stand beside it, as does what lists, searches and clocks ask for.
type leadDoc struct {
	ID   string `bson:"_id"`
	Site string `bson:"site"`
	Lead string `bson:"id"`
	Rev  int64  `bson:"rev"`

	Stage     string `bson:"stage"` // empty for one that is part of another: no list has it
	Grade     string `bson:"grade"`
	Band      string `bson:"band"`
	Owner     string `bson:"owner"`
	Form      string `bson:"form"`
	Verdict   string `bson:"verdict"`
	Nurturing bool   `bson:"nurturing"`
	Recent    string `bson:"recent"` // places in the lists
	Urgent    string `bson:"urgent"`

	Email   string `bson:"email"` // folded for searching
	Name    string `bson:"name"`
	Company string `bson:"company"`
	Domain  string `bson:"domain"`  // empty for one that is part of another
	Changes int64  `bson:"changes"` // unix ms, rounded up, when time next changes it; 0 for never
	Model   string `bson:"model"`   // version that a new one replaces; empty for whom time changes nothing
	Sample  bool   `bson:"sample"`
	Filled  int64  `bson:"filled"` // since when the outbox waits, in ns; 0 for an empty one

	Outbox  []byte `bson:"outbox"`
	Merged  []byte `bson:"merged"` // of one that is part of another
	Profile []byte `bson:"profile"`
	Doc     []byte `bson:"doc"`
}

// newLeadDoc gives the document of a lead's next revision.
func newLeadDoc(site string, l *lead.Lead) (*leadDoc, error) {
	place := desk.PlaceOf(l)
	d := &leadDoc{
		ID: docID(site, l.ID), Site: site, Lead: l.ID, Rev: l.Rev + 1,
		Stage: l.Stage, Grade: l.Cell.Grade, Band: l.Cell.Band, Owner: l.Owner, Form: l.Form, Verdict: string(l.Verdict),
		Nurturing: l.Nurturing, Recent: recentKey(place), Urgent: urgentKey(place),
		Email: lead.Fold(l.Profile["email"]), Name: lead.Fold(l.Profile["name"]), Company: lead.Fold(l.Profile["company"]),
		Domain: l.Domain, Changes: changes(l.NextChange), Model: l.Model, Sample: l.Sample,
	}
	if l.Merged != nil {
		d.Stage, d.Domain = "", ""
	}
	if l.Merged != nil || l.Verdict == lead.Suspect {
		d.Model = ""
	}
	rest := *l
	rest.Rev, rest.Outbox, rest.Profile = 0, nil, nil
	for _, part := range []struct {
		into *[]byte
		of   any
		is   bool
	}{{&d.Doc, &rest, true}, {&d.Profile, l.Profile, true}, {&d.Outbox, l.Outbox, len(l.Outbox) > 0}, {&d.Merged, l.Merged, l.Merged != nil}} {
		if !part.is {
			continue
		}
		var err error
		if *part.into, err = json.Marshal(part.of); err != nil {
			return nil, fmt.Errorf("mongostore: encode lead: %w", err)
		}
	}
	return d, nil
}

func changes(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Add(time.Millisecond - 1).UnixMilli()
}

// lead gives the lead of a whole document.
func (d *leadDoc) lead() (*lead.Lead, error) {
	l, err := lead.Read(d.Doc, d.Profile)
	if err != nil {
		return nil, broken("lead", d.ID)
	}
	if len(d.Outbox) > 0 {
		if err := json.Unmarshal(d.Outbox, &l.Outbox); err != nil {
			return nil, broken("lead", d.ID)
		}
	}
	l.Rev, l.Site = d.Rev, d.Site
	return l, nil
}

// face gives what an alert shows of a lead.
func (d *leadDoc) face() (*lead.Lead, error) {
	l := &lead.Lead{ID: d.Lead, Site: d.Site, Owner: d.Owner}
	l.Stage = d.Stage
	for _, part := range []struct {
		from []byte
		into any
	}{{d.Profile, &l.Profile}, {d.Merged, &l.Merged}} {
		if len(part.from) == 0 {
			continue
		}
		if err := json.Unmarshal(part.from, part.into); err != nil {
			return nil, broken("lead", d.ID)
		}
	}
	return l, nil
}

// SaveLead is lead.Tx's. What is in the outbox waits there for Collect.
func (t *tx) SaveLead(l *lead.Lead) error {
	d, err := newLeadDoc(t.site, l)
	if err != nil {
		return err
	}
	if len(l.Outbox) > 0 {
		if d.Filled = t.filled[l.ID]; d.Filled == 0 {
			d.Filled = t.s.tick()
		}
	}
	saved := false
	if l.Rev == 0 {
		saved, err = t.insertLead(d)
	} else {
		saved, err = t.replaceLead(d, l.Rev)
	}
	switch {
	case err != nil:
		return t.fault("save lead", err)
	case !saved:
		t.lost = l.ID
		return lead.ErrConflict
	}
	l.Rev = d.Rev
	return nil
}

func (t *tx) insertLead(d *leadDoc) (bool, error) {
	_, err := t.s.leads.InsertOne(t.ctx, d)
	if duplicate(err) {
		return false, nil
	}
	return err == nil, err
}

// replaceLead writes over the revision that was read, and no other.
func (t *tx) replaceLead(d *leadDoc, over int64) (bool, error) {
	found, err := t.s.leads.ReplaceOne(t.ctx, append(one(t.site, d.Lead), is("rev", over)), d)
	if err != nil {
		return false, err
	}
	return found.MatchedCount == 1, nil
}

// tick gives instants that grow with each call: the order of this process's
// writes, and that of several as far as their clocks agree.
func (s *Store) tick() int64 {
	for {
		last := s.clock.Load()
		next := max(time.Now().UnixNano(), last+1)
		if s.clock.CompareAndSwap(last, next) {
			return next
		}
	}
}
