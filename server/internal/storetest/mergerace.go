package storetest

import (
	"errors"
	"fmt"
	"testing"

	"assay/server/internal/lead"
)

// A touch joins a lead while that one becomes part of another: wherever it went,
// the survivor ends up with it.
func mergeAgainstTouch(t *testing.T, s Store) {
	for round := range rounds / 2 {
		a, b, touch := fmt.Sprint("a", round), fmt.Sprint("b", round), fmt.Sprint("t", round)
		save(t, s, site, newLead(a), newLead(b))
		insert(t, s, site, newTouch(touch))
		units := []func(tx lead.Tx) error{merging(a, b), joining(b, touch)}
		together(len(units), func(i int) {
			if err := try(s, site, units[i]); err != nil {
				t.Errorf("unit %d: %v", i, err)
			}
		})
		whole, err := s.Lead(bg, site, a)
		ok(t, err)
		equal(t, "touches of the survivor", len(whole.Touches), 1)
		equal(t, "members of the survivor", whole.Members, []string{b})
		list, err := s.Touches(bg, site, b, 10)
		ok(t, err)
		equal(t, "touches of the part", touchIDs(list), []string{touch})
	}
}

// merging makes b a part of a: b is marked first, as lead.Merge does.
func merging(a, b string) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		root, err1 := tx.Lead(a)
		part, err2 := tx.Lead(b)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		part.Merged = &lead.Merged{Into: a, At: noon}
		if err := tx.SaveLead(part); err != nil {
			return err
		}
		root.Members = []string{b}
		root.Touches = append(part.Touches, root.Touches...)
		return tx.SaveLead(root)
	}
}

// joining makes a touch a part of whatever lead another is by now.
func joining(id, touch string) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		l, err := tx.Lead(id)
		if err == nil && l.Merged != nil {
			l, err = tx.Lead(l.Merged.Into)
		}
		if err != nil {
			return err
		}
		l.Touches = append(l.Touches, lead.TouchRef{ID: touch, At: noon, Received: noon})
		return errors.Join(tx.SaveLead(l), tx.SetApplied(touch, id))
	}
}
