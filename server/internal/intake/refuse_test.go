package intake_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// A refusal was once written as far as the unit had got: the part was out, and
// its whole still had it.
func TestAnUndoThatIsRefusedChangesNothing(t *testing.T) {
	h, ctx := open(t), context.Background()
	ann := h.ask("ann")
	h.now = h.now.Add(time.Minute)
	bob := h.ask("bob")
	h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob})
	err := h.store.Update(ctx, "demo", func(tx lead.Tx) error {
		for i := range 1001 { // more than a contact is rebuilt from
			touch := &lead.Touch{ID: fmt.Sprint("more", i), Site: "demo", At: h.now, Received: h.now, Verdict: lead.Unverified}
			if _, err := tx.InsertTouch(touch); err != nil {
				return err
			}
			if err := tx.SetApplied(touch.ID, ann); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.desk.Act(ctx, "demo", ann, lead.Doing{Do: "unmerge", By: "p1", Other: bob})
	if !errors.Is(err, lead.ErrMany) || v == nil || v.ID != ann {
		t.Errorf("%+v, %v", v, err)
	}
	if l, err := h.store.Lead(ctx, "demo", bob); err != nil || l.Merged == nil || l.Merged.Into != ann {
		t.Errorf("bob is part of %+v, %v", l.Merged, err)
	}
}

// A refused correction once kept the mail address that it came with.
func TestACorrectionThatIsRefusedTiesNoAddress(t *testing.T) {
	h, ctx := open(t), context.Background()
	ann, mail := h.ask("ann"), h.MailIdentity("demo", "zed@works.test")
	_, err := h.desk.Correct(ctx, "demo", ann, mail, lead.Doing{By: "p1", Text: strings.Repeat("x", lead.MaxText+1), Profile: map[string]string{"email": "zed@works.test"}})
	if !errors.Is(err, lead.ErrAct) {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Minute)
	if zed := h.ask("zed"); zed == ann {
		t.Error("zed is ann")
	}
}

// The whole keeps the request of an undo; a repeat that named the part did not
// find it there.
func TestAnUndoIsKnownAgainByEitherOfTheTwo(t *testing.T) {
	h, ctx := open(t), context.Background()
	ann := h.ask("ann")
	h.now = h.now.Add(time.Minute)
	bob := h.ask("bob")
	h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob})
	undo := func(id, other string) {
		t.Helper()
		if _, err := h.desk.Act(ctx, "demo", id, lead.Doing{Do: "unmerge", By: "p1", Other: other, Request: "r1"}); err != nil {
			t.Error(err)
		}
	}
	undo(bob, ann)
	revs := func() (list []int64) {
		for _, d := range h.leads() {
			list = append(list, d.Rev)
		}
		return list
	}
	once := revs()
	undo(bob, ann)
	undo(ann, bob)
	if again := revs(); fmt.Sprint(once) != fmt.Sprint(again) || len(once) != 2 {
		t.Errorf("revisions %v, after repeats %v", once, again)
	}
}
