package intake_test

import (
	"context"
	"errors"
	"testing"

	"assay/server/internal/lead"
)

// Whoever takes a lead and lets go of it, or hands it on, fills its history; that
// must not keep others from taking it.
func TestALeadThatWasHandedOnTooOftenIsStillTakenAndGiven(t *testing.T) {
	h, ctx := open(t), context.Background()
	id := h.ask("ann")
	err := h.store.Update(ctx, "demo", func(tx lead.Tx) error {
		l, err := tx.Lead(id)
		if err != nil {
			return err
		}
		for range lead.MaxTurns / 2 {
			l.Claim("p1", h.now)
			l.Assign("p2", "p1", h.now)
			l.Release("p2", h.now)
		}
		l.Outbox = nil // nobody listens
		return tx.SaveLead(l)
	})
	if err != nil {
		t.Fatal(err)
	}
	h.act(id, lead.Doing{Do: "release", By: "p1"}) // nobody has it
	h.act(id, lead.Doing{Do: "claim", By: "p1"})
	h.act(id, lead.Doing{Do: "assign", By: "p1", Owner: "p1"}) // as it is
	for _, d := range []lead.Doing{{Do: "release"}, {Do: "release", Admin: true}, {Do: "assign", Owner: "p2"}} {
		d.By = "p1"
		if _, err := h.desk.Act(ctx, "demo", id, d); !errors.Is(err, lead.ErrOften) {
			t.Errorf("%s: %v", d.Do, err)
		}
	}
	h.act(id, lead.Doing{Do: "assign", By: "boss", Owner: "p2", Assigns: true})
	if d := h.only(); d.Owner != "p2" {
		t.Errorf("%q has it", d.Owner)
	}
}
