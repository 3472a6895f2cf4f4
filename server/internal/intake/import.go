package intake

import (
	"context"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
	"assay/shared/profile"
)

// Row is one contact of a file.
type Row struct {
	ID      string    // of its touch: a row that was taken in is known by it
	Form    string    // name of the import
	At      time.Time // when the contact was last heard of; zero: when it became known, or now
	Since   time.Time // when the contact became known; zero: At
	Source  string    // where it came from; empty: unknown
	Profile map[string]string
	Answers map[string]string
	Stage   lifecycle.Stage // where the file says that it stands
	Reason  lifecycle.Reason
	Alert   bool // reps hear of it
	// Objected: the contact objected to being scored.
	Objected bool
}

// Imported is what became of a row.
type Imported struct {
	Known   bool   // the row was taken in before, and nothing changed
	Created bool   // it made a new contact
	Lead    string // id; empty for a known row that was erased, or is being taken in
	Stage   string // where the contact stands; empty for a known row
}

// Import makes a row of a file durable and applies it as an unverified touch: it
// says who the contact is and where it stands, and raises no alert unless that is
// asked for. Once it gives no error, a power cut could not lose the row. It fails
// with ErrBusy when the store is full.
func (s *Service) Import(ctx context.Context, site Site, row *Row) (*Imported, error) {
	of, known, err := s.store.Applied(ctx, site.Key, row.ID)
	if err != nil {
		return nil, err
	}
	if known {
		return &Imported{Known: true, Lead: of}, nil
	}
	now := s.now()
	t := rowTouch(&site, row, now)
	if score, err := site.Model.Rater.Alone(t); err == nil {
		t.Score = lead.ClaimOf(score)
	}
	var got *Imported
	told := false
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) (err error) {
		got, told, err = s.bring(&finder{tx: tx, r: site.Model.Rater, now: now}, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	if told {
		s.kick(site.Key)
	}
	return got, nil
}

// bring applies a row's touch, unless it is known.
func (s *Service) bring(f *finder, t *lead.Touch) (got *Imported, told bool, err error) {
	inserted, err := f.tx.InsertTouch(t)
	if err != nil {
		return nil, false, err
	}
	if !inserted { // by somebody else, since it was looked for
		return &Imported{Known: true}, false, nil
	}
	who, err := s.find(f, t)
	if err != nil {
		return nil, false, err
	}
	l, err := s.lead(f, t, who)
	if err != nil {
		return nil, false, err
	}
	got = &Imported{Created: l.Rev == 0, Lead: l.ID}
	if _, err := l.Apply(t, f.r, f.now); err != nil {
		return nil, false, err
	}
	told, got.Stage = len(l.Outbox) > 0, l.Stage
	if err := lead.Save(f.tx, l, f.r); err != nil {
		return nil, false, err
	}
	return got, told, f.tx.SetApplied(t.ID, l.ID)
}

// rowTouch makes the record of a row.
func rowTouch(site *Site, row *Row, now time.Time) *lead.Touch {
	at := row.At
	if at.IsZero() {
		at = row.Since
	}
	if at.IsZero() {
		at = now
	}
	answers := map[string]string{}
	for _, name := range site.Answers {
		if v := row.Answers[name]; v != "" {
			answers[name] = v
		}
	}
	t := &lead.Touch{ID: row.ID, Site: site.Key, Type: lead.TypeImport, At: at.UTC(), Received: now.UTC(),
		Form: row.Form, FormKind: profile.FormOther.String(), Profile: row.Profile, Answers: answers, Verdict: lead.Unverified,
		Import: &lead.Import{Since: row.Since, Stage: row.Stage.String(), Reason: row.Reason.String(), Alert: row.Alert, Objected: row.Objected}}
	if row.Source != "" {
		t.UTM = map[string]string{"source": row.Source}
	}
	return t
}
