package mongostore

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// What all but one were told, and that one once they end their snooze, is told
// once, though two servers look.
func TestAStayIsToldOnceToEachThoughOneSnoozesAndTwoServersLook(t *testing.T) {
	h := newHouse(t)
	h.begin("demo")
	h.model.Rater.Policy.Stall[lifecycle.Prospect] = int64(2 * time.Hour / time.Second)
	h.accept(h.first, h.submit("t", "book", buyer, ""))
	snooze := func(until time.Time) {
		t.Helper()
		err := h.store.Update(bg, "demo", func(tx lead.Tx) error {
			l, err := tx.Lead(h.contacts()[0].ID)
			if err != nil {
				return err
			}
			return errors.Join(l.Act(&lead.Doing{Do: lead.ActionSnooze, By: "p1", At: until}, h.model.Rater, h.now), lead.Save(tx, l, h.model.Rater))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	look := func(want ...string) {
		t.Helper()
		for _, s := range []*intake.Service{h.first, h.second, h.first} {
			if _, err := s.Age(bg, h.site); err != nil {
				t.Fatal(err)
			}
		}
		h.alerts() // collects them
		entries, err := h.store.Feed(bg, "demo", 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			if e.Alert != nil && e.Alert.Kind == lead.KindStalled {
				got = append(got, "for "+strings.Join(e.For, "+")+" not "+strings.Join(e.Except, "+"))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	snooze(h.now.Add(5 * time.Hour))
	h.now = h.now.Add(3 * time.Hour)
	look("for  not p1")
	snooze(time.Time{})
	look("for  not p1", "for p1 not ")
	h.now = h.now.Add(5 * time.Hour)
	look("for  not p1", "for p1 not ")
}
