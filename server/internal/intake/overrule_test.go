package intake_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

func TestAMergeThatOverrulesAnotherPersonIsForAdminsAlone(t *testing.T) {
	h, ctx := open(t), context.Background()
	h.accept(h.submit("t1", "", map[string]string{"email": "ada@works.test"}))
	h.now = h.now.Add(time.Hour)
	h.accept(h.submit("t2", "", map[string]string{"email": "bo@works.test"}))
	known, other := h.leads()[0].ID, h.leads()[1].ID
	_, err1 := h.desk.Act(ctx, "demo", known, lead.Doing{Do: "disqualify", By: "p2", Reason: lifecycle.NoNeed})
	h.now = h.now.Add(time.Hour)
	_, err2 := h.desk.Act(ctx, "demo", other, lead.Doing{Do: "accept", By: "p1"})
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if v, err := h.desk.Act(ctx, "demo", known, lead.Doing{Do: "merge", By: "p1", Other: other}); !errors.Is(err, lifecycle.ErrTheirs) || v.Stage != "disqualified" {
		t.Errorf("a rep overruled another person: %v", err)
	}
	if len(h.leads()) != 2 {
		t.Error("a refused merge merged")
	}
	if v, err := h.desk.Act(ctx, "demo", known, lead.Doing{Do: "merge", By: "p1", Other: other, Admin: true}); err != nil || v.Stage != "prospect" {
		t.Errorf("an admin could not: %v", err)
	}
}
