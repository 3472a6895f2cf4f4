package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"assay/server/internal/lead"
)

var units = []check{
	{name: "a touch is inserted once", run: touchOnce},
	{name: "touches keep all that they hold", run: touchWhole},
	{name: "unapplied touches come oldest first", run: unapplied},
	{name: "a unit reads a lead's newest touches", run: touchesOfLead},
	{name: "an identity belongs to who claims it first", run: identity},
	{name: "a lead is written only over the revision that was read", run: revisions},
	{name: "what is given is not kept, what is returned is the caller's", run: ownership},
	{name: "a unit sees its own writes", run: ownWrites},
	{name: "a failing unit gives its own error", run: ownError},
	{name: "a touch that a unit refused is not kept", run: refused},
	{name: "a failing unit leaves nothing behind", run: atomic, needs: Atomic},
	{name: "a cancelled unit is not begun", run: cancelled},
}

func identity(t *testing.T, s Store) {
	ties := func(what string, hashes []string, want map[string]string) {
		t.Helper()
		update(t, s, site, func(tx lead.Tx) error {
			tied, err := tx.Identities(hashes...)
			equal(t, what, tied, want)
			return err
		})
	}
	ties("of nothing", nil, map[string]string{})
	ties("before the claim", []string{"h1", "h2"}, map[string]string{})
	claim := func(by string, hashes []string, want map[string]string) {
		t.Helper()
		update(t, s, site, func(tx lead.Tx) error {
			owners, err := tx.ClaimIdentities(by, hashes...)
			equal(t, "owners after the claim by "+by, owners, want)
			return err
		})
	}
	claim("l1", nil, map[string]string{})
	claim("l1", []string{"h1"}, map[string]string{"h1": "l1"})
	claim("l2", []string{"h1", "h2"}, map[string]string{"h1": "l1", "h2": "l2"})
	claim("l1", []string{"h2", "h1", "h3", "h3"}, map[string]string{"h1": "l1", "h2": "l2", "h3": "l1"})
	ties("after the claims", []string{"h1", "h2", "h3", "h4", "h1"}, map[string]string{"h1": "l1", "h2": "l2", "h3": "l1"})
}

func revisions(t *testing.T, s Store) {
	l := newLead("l1")
	save(t, s, site, l)
	equal(t, "revision of the first write", l.Rev, int64(1))
	is(t, "a second first write", s.Update(bg, site, func(tx lead.Tx) error { return tx.SaveLead(newLead("l1")) }), lead.ErrConflict)

	stale, err := s.Lead(bg, site, "l1")
	ok(t, err)
	same(t, "as read", stale, l)
	l.Owner = "p1"
	save(t, s, site, l)
	equal(t, "revision of the second write", l.Rev, 2)
	is(t, "a write over what is gone", s.Update(bg, site, func(tx lead.Tx) error {
		mine := *stale
		return tx.SaveLead(&mine)
	}), lead.ErrConflict)
	now, err := s.Lead(bg, site, "l1")
	ok(t, err)
	same(t, "after the conflict", now, l)

	never := newLead("l2")
	never.Rev = 3
	is(t, "a later write of a lead that is not there", s.Update(bg, site, func(tx lead.Tx) error {
		mine := *never
		return tx.SaveLead(&mine)
	}), lead.ErrConflict)
	_, err = s.Lead(bg, site, "l2")
	is(t, "reading that", err, lead.ErrNotFound)
}

func ownership(t *testing.T, s Store) {
	l, touch := newLead("l1"), newTouch("t1")
	save(t, s, site, l)
	insert(t, s, site, touch)
	l.Profile["email"], touch.Visits[0].Log[0] = "changed", 9
	first, err := s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "address", first.Profile["email"], "l1@example.test")
	first.Profile["email"] = "changed"
	second, err := s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "address read again", second.Profile["email"], "l1@example.test")
	list, err := s.Unapplied(bg, site, noon.Add(time.Second), 1)
	ok(t, err)
	equal(t, "log", list[0].Visits[0].Log[0], 1)
}

func ownWrites(t *testing.T, s Store) {
	update(t, s, site, func(tx lead.Tx) error {
		_, err := tx.Lead("l1")
		is(t, "a lead that is not there", err, lead.ErrNotFound)
		if err := tx.SaveLead(newLead("l1")); err != nil {
			return err
		}
		l, err := tx.Lead("l1")
		if err != nil {
			return err
		}
		equal(t, "revision", l.Rev, 1)
		l.Stage = "prospect"
		return tx.SaveLead(l)
	})
	l, err := s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "stage", l.Stage, "prospect")
	equal(t, "revision", l.Rev, 2)
}

func ownError(t *testing.T, s Store) {
	mine := errors.New("mine")
	is(t, "update", s.Update(bg, site, func(lead.Tx) error { return mine }), mine)
}

func refused(t *testing.T, s Store) {
	mine := errors.New("mine")
	is(t, "update", s.Update(bg, site, func(tx lead.Tx) error {
		_, err := tx.InsertTouch(newTouch("t1"))
		return errors.Join(err, mine)
	}), mine)
	list, err := s.Unapplied(bg, site, noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "touches", touchIDs(list), []string{})
	insert(t, s, site, newTouch("t1")) // as if for the first time
}

func atomic(t *testing.T, s Store) {
	mine := errors.New("mine")
	is(t, "update", s.Update(bg, site, func(tx lead.Tx) error {
		_, err1 := tx.InsertTouch(newTouch("t1"))
		_, err2 := tx.ClaimIdentities("l1", "h1")
		if err := errors.Join(err1, err2, tx.SaveLead(newLead("l1"))); err != nil {
			return err
		}
		return mine
	}), mine)
	_, err := s.Lead(bg, site, "l1")
	is(t, "the lead", err, lead.ErrNotFound)
	list, err := s.Unapplied(bg, site, noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "touches", len(list), 0)
	update(t, s, site, func(tx lead.Tx) error {
		tied, err := tx.Identities("h1")
		equal(t, "identity", len(tied), 0)
		return err
	})
}

func cancelled(t *testing.T, s Store) {
	ctx, cancel := context.WithCancel(bg)
	cancel()
	is(t, "update", s.Update(ctx, site, func(lead.Tx) error {
		t.Error("the unit ran")
		return nil
	}), context.Canceled)
}
