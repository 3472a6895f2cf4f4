package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"assay/server/internal/lead"
	"assay/server/internal/modeling"
)

// A touch joins a contact while a part of it is taken out again: it ends up with
// what remains, by its mark and in its record.
func unmergeAgainstTouch(t *testing.T, s Store) {
	r := rater(t)
	for round := range rounds / 2 {
		a, b, late := fmt.Sprint("a", round), fmt.Sprint("b", round), fmt.Sprint("late", round)
		whole(t, s, a, b, r)
		units := []func(tx lead.Tx) error{parting(a, b, r), submitting(a, late, r)}
		together(len(units), func(i int) {
			if err := try(s, site, units[i]); err != nil {
				t.Errorf("unit %d: %v", i, err)
			}
		})
		has(t, s, a, "first of "+a, late)
		has(t, s, b, "first of "+b)
	}
}

// Where a store has no transactions, a contact may name a touch that is not marked
// yet. What is taken apart is rebuilt from marked ones: it waits.
func unmergeBeforeMark(t *testing.T, s Store) {
	r := rater(t)
	whole(t, s, "a", "b", r)
	update(t, s, site, joined("a", "late", r))
	is(t, "taking apart before the mark", s.Update(bg, site, parting("a", "b", r)), lead.ErrConflict)
	l, err := s.Lead(bg, site, "a")
	ok(t, err)
	equal(t, "members of the whole", l.Members, []string{"b"})
	update(t, s, site, func(tx lead.Tx) error { return tx.SetApplied("late", "a") })
	ok(t, try(s, site, parting("a", "b", r)))
	has(t, s, "a", "first of a", "late")
	has(t, s, "b", "first of b")
}

// has checks which touches a contact names, and which are marked as its own.
func has(t *testing.T, s Store, id string, want ...string) {
	t.Helper()
	l, err := s.Lead(bg, site, id)
	ok(t, err)
	marked, err := s.Touches(bg, site, id, 10)
	ok(t, err)
	equal(t, "touches marked as of "+id, ascending(touchIDs(marked)), want)
	named := []string{}
	for _, ref := range l.Touches {
		named = append(named, ref.ID)
	}
	equal(t, "touches that "+id+" names", ascending(named), want)
}

func rater(t *testing.T) *lead.Rater {
	t.Helper()
	m, err := modeling.Compile(modeling.StarterSource)
	ok(t, err)
	return m.Rater
}

// whole stores two contacts with a touch each, and makes them one.
func whole(t *testing.T, s Store, a, b string, r *lead.Rater) {
	t.Helper()
	for _, id := range []string{a, b} {
		ok(t, try(s, site, submitting(id, "first of "+id, r)))
	}
	ok(t, try(s, site, uniting(a, b, r)))
}

func ascending(ids []string) []string {
	slices.Sort(ids)
	return ids
}

// submitting stores a touch, makes it part of a contact and marks it so, in the
// order in which intake does.
func submitting(id, touch string, r *lead.Rater) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		if err := joined(id, touch, r)(tx); err != nil {
			return err
		}
		return tx.SetApplied(touch, id)
	}
}

// joined stores a touch and makes it part of a contact, a new one if need be.
// What an earlier try did stays so.
func joined(id, touch string, r *lead.Rater) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		l, err := lead.Find(tx, id, r, noon)
		if errors.Is(err, lead.ErrNotFound) {
			l, err = lead.New(site, id, noon), nil
		}
		if err != nil {
			return err
		}
		sent := newTouch(touch)
		sent.Verdict, sent.Visits = lead.Unverified, nil
		if _, err := tx.InsertTouch(sent); err != nil {
			return err
		}
		if _, err := l.Apply(sent, r, noon); err != nil {
			return err
		}
		return lead.Save(tx, l, r)
	}
}

// uniting makes one contact of two.
func uniting(a, b string, r *lead.Rater) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		root, err1 := tx.Lead(a)
		part, err2 := tx.Lead(b)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		whole, err := lead.Merge(tx, root, part, "p1", r, noon)
		if err != nil {
			return err
		}
		return lead.Save(tx, whole, r)
	}
}

// parting takes b out of a.
func parting(a, b string, r *lead.Rater) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		whole, err := tx.Lead(a)
		if err != nil {
			return err
		}
		rest, _, err := lead.Unmerge(tx, whole, b, "p1", r, noon)
		if err != nil {
			return err
		}
		return lead.Save(tx, rest, r)
	}
}
