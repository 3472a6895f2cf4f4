package mongostore

import (
	"errors"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/server/internal/mongotest"
)

// merge makes one contact of two, as a person asks for it.
func (h *house) merge(a, b string) error {
	return h.store.Update(bg, h.site.Key, func(tx lead.Tx) error {
		var pair [2]*lead.Lead
		for i, id := range []string{a, b} {
			var err error
			if pair[i], err = lead.Find(tx, id, h.model.Rater, h.now); err != nil {
				return err
			}
		}
		whole, err := lead.Merge(tx, pair[0], pair[1], "p1", h.model.Rater, h.now)
		if err != nil {
			return err
		}
		return tx.SaveLead(whole)
	})
}

// A contact is rebuilt from the touches that are marked as its own. One whose
// lead was written, and its mark not yet, would be missing from it: the merge
// waits until another server has mended that.
func TestAMergeDoesNotLoseATouchThatIsNotMarkedYet(t *testing.T) {
	h := newHouse(t)
	h.begin("demo")
	h.accept(h.second, h.submit("known", "guide", map[string]string{"email": "eve@third.test"}, ""))
	h.proxy.Judge(func(command string) mongotest.Fate {
		if command == "update" { // the mark
			return mongotest.CutBefore
		}
		return mongotest.Pass
	})
	if err := h.first.Accept(bg, h.site, h.submit("t", "book", buyer, "")); err == nil {
		t.Fatal("nothing was cut")
	}
	h.proxy.Judge(nil)
	list := h.contacts()
	if len(list) != 2 {
		t.Fatalf("%d contacts, want 2", len(list))
	}
	if err := h.merge(list[0].ID, list[1].ID); !errors.Is(err, lead.ErrConflict) {
		t.Errorf("merging before the mark: %v", err)
	}
	h.now = h.now.Add(10 * time.Second)
	if _, err := h.second.Recover(bg, h.site); err != nil {
		t.Fatal(err)
	}
	if err := h.merge(list[0].ID, list[1].ID); err != nil {
		t.Fatal(err)
	}
	whole := h.contacts()
	if len(whole) != 1 || len(whole[0].Touches) != 2 || whole[0].Stage != "prospect" {
		t.Errorf("%d contacts, the first with %d touches: %s", len(whole), len(whole[0].Touches), whole[0].Stage)
	}
	if alerts := h.alerts(); len(alerts) != 1 {
		t.Errorf("alerts %v, want one", alerts)
	}
}
