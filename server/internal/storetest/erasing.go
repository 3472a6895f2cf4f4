package storetest

import (
	"errors"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

var erasing = []check{
	{name: "what is erased is gone, and nothing else", run: erase},
	{name: "an erased touch is not taken in again", run: eraseForGood},
	{name: "erasing again does no harm", run: eraseAgain},
	{name: "the id that is left of a touch can be forgotten, and of no other touch", run: eraseWithId},
	{name: "what was written since it was read is not erased", run: eraseAsRead},
}

// person writes a lead with a touch of its own, under an identity.
func person(t *testing.T, s Store, site, id string) {
	t.Helper()
	touch := newTouch("t-" + id)
	insert(t, s, site, touch)
	l := newLead(id)
	l.Touches = []lead.TouchRef{{ID: touch.ID, At: noon, Received: noon}}
	save(t, s, site, l)
	update(t, s, site, func(tx lead.Tx) error {
		_, err := tx.ClaimIdentities(id, "h-"+id)
		return errors.Join(err, tx.SetApplied(touch.ID, id))
	})
}

// read gives some leads as they are now.
func read(t *testing.T, s Store, ids ...string) (leads []intake.Revision) {
	t.Helper()
	for _, id := range ids {
		l, err := s.Lead(bg, site, id)
		ok(t, err)
		leads = append(leads, intake.Revision{ID: l.ID, Rev: l.Rev})
	}
	return leads
}

func eraseAsRead(t *testing.T, s Store) {
	person(t, s, site, "l1")
	person(t, s, site, "l2")
	before := read(t, s, "l1", "l2")
	change(t, s, site, "l2", func(l *lead.Lead) { l.Owner = "p1" })
	is(t, "erasing what was written since", s.Erase(bg, site, before, []string{"h-l1"}, []string{"h-l2"}), lead.ErrConflict)
	for _, id := range []string{"l1", "l2"} {
		_, err := s.Lead(bg, site, id)
		ok(t, err)
		touches, err := s.Touches(bg, site, id, 10)
		ok(t, err)
		equal(t, "touches of "+id, touchIDs(touches), []string{"t-" + id})
	}
	update(t, s, site, func(tx lead.Tx) error {
		tied, err := tx.Identities("h-l1", "h-l2")
		equal(t, "identities", tied, map[string]string{"h-l1": "l1", "h-l2": "l2"})
		return err
	})
	ok(t, s.Erase(bg, site, read(t, s, "l1", "l2"), nil, nil))
	equal(t, "leads listed", len(all(t, s, desk.Query{Limit: 10})), 0)
}

func erase(t *testing.T, s Store) {
	for _, id := range []string{"l1", "l2", "l3"} {
		person(t, s, site, id)
	}
	person(t, s, "site-b", "l1")
	change(t, s, site, "l1", func(l *lead.Lead) { l.Members = []string{"l2"} })
	change(t, s, site, "l2", func(l *lead.Lead) { l.Merged = &lead.Merged{Into: "l1", At: noon} })
	ok(t, s.Erase(bg, site, read(t, s, "l2", "l1"), []string{"h-l1"}, []string{"h-l2"}))

	for _, id := range []string{"l1", "l2"} {
		_, err := s.Lead(bg, site, id)
		is(t, "the erased lead "+id, err, lead.ErrNotFound)
		touches, err := s.Touches(bg, site, id, 10)
		ok(t, err)
		equal(t, "its touches", len(touches), 0)
	}
	touches, err := s.Unapplied(bg, site, noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "touches without a lead", len(touches), 0)
	equal(t, "leads listed", ids(all(t, s, desk.Query{Limit: 10})), []string{"l3"})
	equal(t, "leads found", len(all(t, s, desk.Query{Prefix: "l1@", Limit: 10})), 0)
	update(t, s, site, func(tx lead.Tx) error {
		tied, err := tx.Identities("h-l1", "h-l2", "h-l3")
		equal(t, "identities", tied, map[string]string{"h-l3": "l3"})
		return err
	})
	for _, kept := range []struct{ site, id string }{{site, "l3"}, {"site-b", "l1"}} {
		_, err := s.Lead(bg, kept.site, kept.id)
		ok(t, err)
		touches, err := s.Touches(bg, kept.site, kept.id, 10)
		ok(t, err)
		equal(t, "touches of who stays", touchIDs(touches), []string{"t-" + kept.id})
	}
}

func eraseForGood(t *testing.T, s Store) {
	person(t, s, site, "l1")
	ok(t, s.Erase(bg, site, read(t, s, "l1"), nil, []string{"h-l1"}))
	var inserted bool
	update(t, s, site, func(tx lead.Tx) (err error) {
		inserted, err = tx.InsertTouch(newTouch("t-l1"))
		return err
	})
	equal(t, "inserted again", inserted, false)
	touches, err := s.Unapplied(bg, site, noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "touches that wait for a lead", touchIDs(touches), []string{})
}

func eraseWithId(t *testing.T, s Store) {
	for _, in := range []string{site, "site-b"} {
		person(t, s, in, "l1")
	}
	person(t, s, site, "l2")
	insert(t, s, site, newTouch("waits"))
	ok(t, s.Erase(bg, site, read(t, s, "l1"), nil, []string{"h-l1"}))
	for _, touch := range []string{"t-l1", "t-l1", "t-l2", "waits", "none"} {
		ok(t, s.Forget(bg, site, touch))
	}
	for in, want := range map[string]map[string]bool{site: {"t-l1": true, "t-l2": false, "waits": false}, "site-b": {"t-l1": false}} {
		for id, want := range want {
			var inserted bool
			update(t, s, in, func(tx lead.Tx) (err error) {
				inserted, err = tx.InsertTouch(newTouch(id))
				return err
			})
			equal(t, id+" of "+in+" inserted again", inserted, want)
		}
	}
	touches, err := s.Unapplied(bg, site, noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "touches that wait for a lead", touchIDs(touches), []string{"t-l1", "waits"})
}

func eraseAgain(t *testing.T, s Store) {
	person(t, s, site, "l1")
	person(t, s, site, "l2")
	theirs := append(read(t, s, "l1"), intake.Revision{ID: "none", Rev: 1})
	for range 2 {
		ok(t, s.Erase(bg, site, theirs, []string{"h-l1", "none"}, []string{"none"}))
	}
	ok(t, s.Erase(bg, site, nil, nil, nil))
	l, err := s.Lead(bg, site, "l2")
	ok(t, err)
	is(t, "saving a lead that was erased", s.Update(bg, site, func(tx lead.Tx) error {
		gone := *l
		gone.ID = "l1"
		return tx.SaveLead(&gone)
	}), lead.ErrConflict)
}
