package lead_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/server/internal/sqlitestore"
)

// shelf is a real store in which each check has a site of its own.
type shelf struct {
	store *sqlitestore.Store
	r     *lead.Rater
	site  string
	sites int
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	store, err := sqlitestore.Open(t.TempDir(), sqlitestore.Options{Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &shelf{store: store, r: rater(t)}
}

func (s *shelf) next() {
	s.sites++
	s.site = fmt.Sprint("site-", s.sites)
}

func (s *shelf) unit(t rapid.TB, fn func(tx lead.Tx) error) {
	t.Helper()
	if err := s.store.Update(context.Background(), s.site, fn); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) lead(t rapid.TB, id string) *lead.Lead {
	t.Helper()
	l, err := s.store.Lead(context.Background(), s.site, id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (s *shelf) all(t rapid.TB) map[string]*lead.Lead {
	t.Helper()
	all := map[string]*lead.Lead{}
	for i := range contacts {
		all[name(i)] = s.lead(t, name(i))
	}
	return all
}

const contacts = 4

func name(i int) string { return string(rune('a' + i)) }

// fill stores contacts with their touches.
func (s *shelf) fill(t *rapid.T) map[string][]*lead.Touch {
	t.Helper()
	touches := map[string][]*lead.Touch{}
	s.unit(t, func(tx lead.Tx) error {
		for i := range contacts {
			id := name(i)
			l := lead.New(s.site, id, monday)
			touches[id] = drawTouches(t, id, 3)
			for _, touch := range touches[id] {
				if len(touch.Visits) > 0 && rapid.IntRange(0, 3).Draw(t, "foreign") == 0 {
					touch.Visits[0].Of = name(rapid.IntRange(0, contacts-1).Draw(t, "of"))
				}
				apply(t, l, touch, s.r, touch.Received)
				act(t, l, s.r, touch.Received)
				_, err1 := tx.InsertTouch(touch)
				if err := errors.Join(err1, tx.SetApplied(touch.ID, id)); err != nil {
					return err
				}
			}
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
	return touches
}

// merge makes one of two contacts, whatever they are part of by now.
func merge(tx lead.Tx, r *lead.Rater, a, b string, now time.Time) error {
	one, err := lead.Find(tx, a, r, now)
	if err != nil {
		return err
	}
	other, err := lead.Find(tx, b, r, now)
	if err != nil || one.ID == other.ID {
		return err
	}
	whole, err := lead.Merge(tx, one, other, "p1", r, now)
	if err != nil {
		return err
	}
	return tx.SaveLead(whole)
}

// root gives what all contacts are by now.
func (s *shelf) root(t rapid.TB) (root *lead.Lead) {
	t.Helper()
	for i := range contacts {
		s.unit(t, func(tx lead.Tx) error {
			l, err := lead.Find(tx, name(i), s.r, today)
			if err == nil && root != nil && l.ID != root.ID {
				t.Fatalf("%s is part of %s, another of %s", name(i), l.ID, root.ID)
			}
			root = l
			return err
		})
	}
	return root
}

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
		if a.AlertedAt.Equal(today) != b.AlertedAt.Equal(today) {
			promoted++ // a merge on the way made a prospect, which reps were told: that is not taken back
			a.Standing, b.Standing = lead.Standing{}, lead.Standing{}
			a.NextChange, b.NextChange = time.Time{}, time.Time{}
		}
		one, other := bare(a), bare(b)
		one.Site, other.Site = "", ""
		same(t, "in two orders", text(t, one), text(t, other))
	})
	t.Logf("%d times a merge on the way made a prospect that the last would not have made", promoted)
}

// copy stores the same contacts in the present site.
func (s *shelf) copy(t *rapid.T, leads map[string]*lead.Lead, touches map[string][]*lead.Touch) {
	t.Helper()
	s.unit(t, func(tx lead.Tx) error {
		for id, l := range leads {
			mine := *l
			mine.Rev, mine.Site, mine.Outbox = 0, s.site, nil
			for _, touch := range touches[id] {
				_, err1 := tx.InsertTouch(touch)
				if err := errors.Join(err1, tx.SetApplied(touch.ID, id)); err != nil {
					return err
				}
			}
			if err := tx.SaveLead(&mine); err != nil {
				return err
			}
		}
		return nil
	})
}

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
	events, err := s.store.Outbox(context.Background(), s.site, 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(events)
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

// undone is a record without what an undo scores anew, which is as of now.
func undone(t *rapid.T, l *lead.Lead) string {
	l = bare(l)
	l.Cell, l.ScoredAt, l.NextChange = lead.Cell{}, time.Time{}, time.Time{}
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
