package lead_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// fits is what somebody says who is a good customer but asks for nothing.
var fits = map[string]string{"name": "Ada", "role": "CEO", "company_size": "51-200", "industry": "manufacturing", "country": "DE", "email": "ada@works.test"}

// put stores a contact that submitted one form.
func (s *shelf) put(t testing.TB, id, kind string, says map[string]string) {
	t.Helper()
	s.unit(t, func(tx lead.Tx) error {
		l := lead.New(s.site, id, monday)
		touch := &lead.Touch{ID: id, Site: s.site, At: monday, Received: monday, Form: id, FormKind: kind, Verdict: lead.Unverified, Profile: says}
		_, err1 := l.Apply(touch, s.r, monday)
		_, err2 := tx.InsertTouch(touch)
		return errors.Join(err1, err2, tx.SetApplied(id, id), tx.SaveLead(l))
	})
}

func TestTheProspectOfASecondMergeIsToldAgain(t *testing.T) {
	s := newShelf(t)
	s.next()
	s.put(t, "a", "download", fits)
	s.put(t, "b", "demo", nil)
	for day := range 2 {
		at := today.AddDate(0, 0, day)
		s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", at) })
		if l := s.lead(t, "a"); l.Stage != "prospect" {
			t.Fatalf("together they are a %s", l.Stage)
		}
		s.unit(t, func(tx lead.Tx) error { return s.unmerge(tx, "a", "b") })
	}
	entries, err := s.store.Feed(t.Context(), s.site, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range entries { // each id stands there once
		if e.Type == lead.TypeAlert && e.Lead == "a" {
			told++
		}
	}
	if told != 2 {
		t.Errorf("told %d times: %+v", told, entries)
	}
}

// What happens between a merge and its undo happens to the survivor, and leaves
// it without what the member brought.
func TestAnUndoAfterMoreHappenedTakesBackWhatTheMemberBrought(t *testing.T) {
	more := &lead.Touch{ID: "more", At: later, Received: later, Form: "more", FormKind: "download", Verdict: lead.Unverified}
	for name, happen := range map[string]func(l *lead.Lead, r *lead.Rater) error{
		"an act": func(l *lead.Lead, r *lead.Rater) error {
			return l.Act(&lead.Doing{Do: "converse", By: "p1", Channel: "call", Outcome: lifecycle.Connected}, r, later)
		},
		"a touch": func(l *lead.Lead, r *lead.Rater) error {
			_, err := l.Apply(more, r, later)
			return err
		},
		"time": func(l *lead.Lead, r *lead.Rater) error { return l.Age(r, later) },
	} {
		s := newShelf(t)
		s.next()
		s.put(t, "a", "download", fits)
		s.put(t, "b", "download", nil)
		s.change(t, "b", func(l *lead.Lead) error {
			return l.Act(&lead.Doing{Do: "disqualify", By: "p2", Reason: lifecycle.NoNeed}, s.r, monday)
		})
		s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", today) })
		s.change(t, "a", func(l *lead.Lead) error {
			if l.Stage != "disqualified" {
				t.Fatalf("%s: together they are %s", name, l.Stage)
			}
			return happen(l, s.r)
		})
		if name == "a touch" {
			s.keep(t, "a", more)
		}
		s.unit(t, func(tx lead.Tx) error { return s.unmerge(tx, "a", "b") })
		a, b := s.lead(t, "a"), s.lead(t, "b")
		if a.Stage != "lead" || a.State.Decision != lifecycle.Undecided || a.DecidedBy != "" {
			t.Errorf("%s: the survivor is %s, %v by %q", name, a.Stage, a.State.Decision, a.DecidedBy)
		}
		if b.Stage != "disqualified" || b.DecidedBy != "p2" {
			t.Errorf("%s: the member is %s by %q", name, b.Stage, b.DecidedBy)
		}
	}
}

// later is after the merge.
var later = today.Add(time.Hour)

// change changes a stored contact.
func (s *shelf) change(t rapid.TB, id string, change func(l *lead.Lead) error) {
	t.Helper()
	s.unit(t, func(tx lead.Tx) error {
		l, err := tx.Lead(id)
		if err != nil {
			return err
		}
		return errors.Join(change(l), tx.SaveLead(l))
	})
}
