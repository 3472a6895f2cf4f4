package storetest

import (
	"errors"
	"testing"

	"assay/server/internal/lead"
)

var applied = []check{{name: "a touch is known by the lead that it is part of", run: knowsApplied}}

func knowsApplied(t *testing.T, s Store) {
	for _, of := range []string{site, "site-b"} {
		insert(t, s, of, newTouch("t-l1"), newTouch("t-l2"), newTouch("waits"))
		save(t, s, of, newLead("l1"), newLead("l2"))
		update(t, s, of, func(tx lead.Tx) error {
			return errors.Join(tx.SetApplied("t-l1", "l1"), tx.SetApplied("t-l2", "l2"))
		})
	}
	ok(t, s.Erase(bg, site, read(t, s, "l2"), nil, nil))
	for _, c := range []struct {
		site, touch, lead string
		known             bool
	}{
		{site, "t-l1", "l1", true}, {site, "t-l2", "", true}, {"site-b", "t-l2", "l2", true}, {"site-c", "t-l2", "", false},
		{site, "waits", "", false}, {site, "none", "", false}, {site, "", "", false},
	} {
		l, known, err := s.Applied(bg, c.site, c.touch)
		ok(t, err)
		equal(t, "lead of "+c.touch, l, c.lead)
		equal(t, c.touch+" known", known, c.known)
	}
	update(t, s, site, func(tx lead.Tx) error { return tx.SetApplied("waits", "l1") })
	l, known, err := s.Applied(bg, site, "waits")
	ok(t, err)
	equal(t, "lead of waits", l, "l1")
	equal(t, "waits known", known, true)
}
