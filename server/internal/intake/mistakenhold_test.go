package intake_test

import (
	"context"
	"slices"
	"testing"

	"assay/server/internal/lead"
)

// Before the server looked up whether a mail domain is the listed one, some were held
// whose domain only passes for it.
func TestAHoldThatWasAMistakeEndsBeforeItsReviewIsTold(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "v1", buyer))
	id := h.only().ID
	err := h.store.Update(context.Background(), "demo", func(tx lead.Tx) error {
		l, err := tx.Lead(id)
		if err != nil {
			return err
		}
		due := h.now.Add(2 * day)
		l.Hold = &lead.Hold{Reasons: []string{"competitor"}, Since: h.now, Due: due}
		if own := l.Own; own != nil {
			own.Hold = l.Hold
		}
		l.NextChange = due
		return tx.SaveLead(l)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(h.only().Held) == 0 {
		t.Fatal("it is not held")
	}
	before := len(h.alerts())
	h.pass(3 * day)
	if d := h.only(); len(d.Held) > 0 {
		t.Errorf("held for %v", d.Held)
	}
	if told := h.alerts()[before:]; slices.ContainsFunc(told, func(e lead.Event) bool { return e.Alert != nil && e.Alert.Why == lead.ReasonReview }) {
		t.Errorf("people are asked for a review: %+v", told)
	}
}
