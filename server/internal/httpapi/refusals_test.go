package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

func TestWhatCannotBeDoneIsNeverAFaultOfTheServer(t *testing.T) {
	refusals := desk.Refusals[:]
	for r := range math.MaxUint8 + 1 { // those to come as well
		refusals = append(refusals, lifecycle.Refusal(r))
	}
	described := describedRefusals(t)
	for _, err := range refusals {
		p := refusal(fmt.Errorf("desk: %w", err))
		if p == nil {
			t.Errorf("%v has no answer", err)
			continue
		}
		text, ok := described[fmt.Sprint(p.Status)]
		if !ok || p.Status < 400 || p.Status > 499 || !strings.Contains(text, p.Code) {
			t.Errorf("%v: %d %s is not described: %s", err, p.Status, p.Code, text)
		}
		if p.Status == http.StatusUnprocessableEntity && len(p.Errors) == 0 {
			t.Errorf("%v: 422 without the member at fault", err)
		}
	}
	if p := refusal(errors.New("disk full")); p != nil {
		t.Errorf("a fault became %+v", p)
	}
}

func TestAMissingConversationIsNamed(t *testing.T) {
	if p := refusal(lifecycle.ErrTalk); p.Status != http.StatusConflict || p.Code != "no_conversation" {
		t.Errorf("got %+v", p)
	}
}

// A time that passes while the server works is named as the client named it.
func TestATimeThatHasPassedMeanwhileIsNamedAsItWasSent(t *testing.T) {
	for err, pointer := range map[error]string{lead.ErrPast: "/at", lead.ErrPastSnooze: "/until"} {
		if p := refusal(err); p == nil || len(p.Errors) != 1 || p.Errors[0].Pointer != pointer || p.Errors[0].Code != "in_past" {
			t.Errorf("%v: %+v, want in_past at %s", err, p, pointer)
		}
	}
}

// describedRefusals gives what the description says of an action's answers, by
// status.
func describedRefusals(t *testing.T) map[string]string {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct{ Description string }
		}
	}
	if err := json.Unmarshal(openapiJSON, &doc); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for status, answer := range doc.Paths["/v1/leads/{id}/actions"]["post"].Responses {
		texts[status] = answer.Description
	}
	return texts
}
