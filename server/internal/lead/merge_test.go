package lead_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/alert"
	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// bare leaves out what the way to a record may show in: revision, outbox, and
// that there were merges and what they did to the stage.
func bare(l *lead.Lead) *lead.Lead {
	own := *l
	own.Rev, own.Outbox = 0, nil
	own.Transitions = slices.DeleteFunc(slices.Clone(l.Transitions), func(t lead.Transition) bool {
		return t.At.Equal(today)
	})
	own.Actions = slices.DeleteFunc(slices.Clone(l.Actions), func(a lead.Action) bool {
		return a.Do == lead.ActionMerge || a.Do == lead.ActionUnmerge
	})
	return &own
}

func TestTheOrderOfMergesDoesNotMatter(t *testing.T) {
	s := newShelf(t)
	pairs := [][2]string{{"a", "b"}, {"b", "c"}, {"c", "d"}, {"a", "c"}, {"b", "d"}, {"a", "d"}}
	promoted := 0
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		touches := s.fill(t)
		before := s.all(t)
		var roots []*lead.Lead
		for range 2 {
			s.next()
			s.copy(t, before, touches)
			for _, p := range rapid.Permutation(pairs).Draw(t, "merges") {
				s.mergeQuietly(t, p[0], p[1])
			}
			roots = append(roots, s.root(t))
		}
		a, b := roots[0], roots[1]
		if a.AlertedAt.Equal(today) != b.AlertedAt.Equal(today) || raised(a) != raised(b) {
			promoted++ // a merge on the way made a prospect, which reps were told, or a sales-ready lead: that is not taken back
			a.Standing, b.Standing = lead.Standing{}, lead.Standing{}
			a.NextChange, b.NextChange = time.Time{}, time.Time{}
		}
		one, other := bare(a), bare(b)
		one.Site, other.Site = "", ""
		same(t, "in two orders", text(t, one), text(t, other))
	})
	t.Logf("%d times a merge on the way raised the stage as the last would not have", promoted)
}

// raised reports whether a merge brought a contact to its stage.
func raised(l *lead.Lead) bool { return l.State.Since == today.Unix() }

// mergeQuietly merges, and sees that reps are told at most once, and never of
// somebody who was a prospect before.
func (s *shelf) mergeQuietly(t *rapid.T, a, b string) {
	t.Helper()
	was, told := false, s.alerts(t)
	s.unit(t, func(tx lead.Tx) error {
		one, err1 := lead.Find(tx, a, s.r, today)
		other, err2 := lead.Find(tx, b, s.r, today)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		was = one.Stage == "prospect" || other.Stage == "prospect" || one.ID == other.ID
		return merge(tx, s.r, a, b, today)
	})
	if more := s.alerts(t) - told; more > 1 || more == 1 && was {
		t.Fatalf("%d alerts by merging %s and %s; one was a prospect before: %v", more, a, b, was)
	}
}

func (s *shelf) alerts(t *rapid.T) int {
	t.Helper()
	entries, err := s.store.Feed(context.Background(), s.site, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	entries = slices.DeleteFunc(entries, func(e alert.Entry) bool { return e.Type != lead.TypeAlert })
	return len(entries)
}

func TestAnUndoneMergeLeavesEverythingAsItWas(t *testing.T) {
	s := newShelf(t)
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		s.fill(t)
		var states []map[string]*lead.Lead
		var parts []string
		for range contacts - 1 {
			states = append(states, s.all(t))
			pair := rapid.Permutation([]string{"a", "b", "c", "d"}).Draw(t, "pair")
			s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, pair[0], pair[1], today) })
			parts = append(parts, absorbed(states[len(states)-1], s.all(t)))
		}
		for i, part := range slices.Backward(parts) {
			if part != "" {
				root := s.lead(t, part).Merged.Into
				s.unit(t, func(tx lead.Tx) error { return s.unmerge(tx, root, part) })
			}
			for id, want := range states[i] {
				same(t, id+" after the undo of "+part, undone(t, s.lead(t, id)), undone(t, want))
			}
		}
	})
}

// deciding are acts whose decision is the same whatever the score is.
var deciding = []string{"", "accept", "reject", "disqualify", "pin", "unpin", "nurture", "converse", "answer"}

// Whatever happens to the survivor in between, an undo gives the member back as
// it was, and leaves the survivor what a person decided on itself or on the whole.
func TestAnUndoAfterMoreHappenedLeavesEachItsOwn(t *testing.T) {
	s := newShelf(t)
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		s.fill(t)
		before := s.all(t)
		s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", today) })
		part := absorbed(before, s.all(t))
		root := s.lead(t, part).Merged.Into
		alone, touch, do := before[root], drawTouch(t, "late"), drawAct(t, deciding...)
		touch.At, touch.Received, touch.Verdict, touch.FormKind = today, today, lead.Unverified, "download"
		happen := func(l *lead.Lead) bool {
			apply(t, l, touch, s.r, today)
			if err := l.Age(s.r, today); err != nil {
				t.Fatal(err)
			}
			return do(l, today, s.r)
		}
		done := false
		s.change(t, root, func(l *lead.Lead) error { done = happen(l); return nil })
		s.keep(t, root, touch)
		s.unit(t, func(tx lead.Tx) error { return s.unmerge(tx, root, part) })
		same(t, "the member", undone(t, s.lead(t, part)), undone(t, before[part]))
		if !done { // with what the member brought it could not be done
			do = func(*lead.Lead, time.Time, *lead.Rater) bool { return false }
		}
		happen(alone)
		if rest := s.lead(t, root); rest.State.Decision != alone.State.Decision || rest.DecidedBy != alone.DecidedBy {
			t.Fatalf("decided %v by %q, without the merge %v by %q", rest.State.Decision, rest.DecidedBy, alone.State.Decision, alone.DecidedBy)
		}
	})
}

// undone is a record without what an undo scores anew, which is as of now, and
// without the stay that people heard of meanwhile.
func undone(t *rapid.T, l *lead.Lead) string {
	l = bare(l)
	l.Cell, l.ScoredAt, l.NextChange = lead.Cell{}, time.Time{}, time.Time{}
	l.StallTold = 0
	return text(t, l)
}

// absorbed names the contact that a merge made part of another.
func absorbed(before, after map[string]*lead.Lead) string {
	for id, l := range after {
		if l.Merged != nil && before[id].Merged == nil {
			return id
		}
	}
	return ""
}

func (s *shelf) unmerge(tx lead.Tx, root, part string) error {
	whole, err := lead.Find(tx, root, s.r, today)
	if err != nil {
		return err
	}
	rest, _, err := lead.Unmerge(tx, whole, part, "p1", s.r, today)
	if err != nil {
		return err
	}
	return tx.SaveLead(rest)
}

func TestAnAbsorbedContactIsInNoList(t *testing.T) {
	s := newShelf(t)
	s.next()
	s.unit(t, func(tx lead.Tx) error {
		for _, id := range []string{"a", "b"} {
			l := lead.New(s.site, id, monday)
			touch := &lead.Touch{ID: id, At: monday, Received: monday, FormKind: "download", Verdict: lead.Unverified, Profile: map[string]string{"name": "Ada"}}
			if _, err := l.Apply(touch, s.r, monday); err != nil {
				return err
			}
			_, err1 := tx.InsertTouch(touch)
			if err := errors.Join(err1, tx.SetApplied(id, id), tx.SaveLead(l)); err != nil {
				return err
			}
		}
		return merge(tx, s.r, "b", "a", today)
	})
	for _, q := range []desk.Query{{}, {Prefix: "ada"}, {Stage: "lead"}, {Sort: "priority"}} {
		q.Limit = 10
		page, err := s.store.Leads(context.Background(), s.site, q)
		if err != nil || len(page.Leads) != 1 || page.Leads[0].ID != "a" || strings.Join(page.Leads[0].Members, " ") != "b" {
			t.Errorf("%+v: %d leads, %v", q, len(page.Leads), err)
		}
	}
	if b := s.lead(t, "b"); b.Stage != "lead" || b.Merged.Into != "a" || b.Merged.By != "p1" {
		t.Errorf("the absorbed record: %+v", b)
	}
}
