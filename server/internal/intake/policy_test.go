package intake_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/score"
)

func (h *house) do(person string, do lead.Doing) error {
	h.t.Helper()
	do.By = person
	_, err := h.desk.Act(context.Background(), "demo", h.only().ID, do)
	return err
}

func (h *house) must(person string, do lead.Doing) {
	h.t.Helper()
	if err := h.do(person, do); err != nil {
		h.t.Fatalf("%s by %s: %v", do.Do, person, err)
	}
}

// Domain rule 4: the thresholds make a sales-ready lead, a conversation and an
// accept make the prospect.
func TestTheConfirmedPolicyWaitsForAConversationAndAnAccept(t *testing.T) {
	h := open(t)
	h.site.Model.Rater.Policy.Promotion = lifecycle.Confirmed
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", buyer, h.visit(token, reading...)))
	if d := h.only(); d.Stage != "sales_ready" || !slices.Equal(h.kinds(), []string{lead.KindHandRaise}) {
		t.Fatalf("%s, alerts %v", d.Stage, h.kinds())
	}
	h.must("p1", lead.Doing{Do: "accept"})
	h.must("p1", lead.Doing{Do: "converse", Channel: "call", Outcome: lifecycle.LeftMessage})
	if d := h.only(); d.Stage != "sales_ready" {
		t.Errorf("a voicemail made a %s", d.Stage)
	}
	h.must("p1", lead.Doing{Do: "converse", Channel: "call", Outcome: lifecycle.Connected})
	d := h.only()
	last := d.Transitions[len(d.Transitions)-1]
	if d.Stage != "prospect" || last.Cause != lead.CauseRep || last.By != "p1" || last.Model == "" || len(d.Conversations) != 2 {
		t.Errorf("%s by %+v, %d conversations", d.Stage, last, len(d.Conversations))
	}
}

// Domain rule 7: a decision stands until its person or an admin changes it, or
// new evidence arrives where the site's policy lets that reopen.
func TestOnlyNewEvidenceOfTheKindThatThePolicyNamesReopens(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "", buyer))
	h.must("p1", lead.Doing{Do: "reject", Reason: lifecycle.BadTiming})
	if err := h.do("p2", lead.Doing{Do: "accept"}); !errors.Is(err, lifecycle.ErrTheirs) {
		t.Errorf("another rep overruled it: %v", err)
	}
	ask := func(id string) {
		h.t.Helper()
		h.accept(h.submit(id, "", buyer))
	}
	h.now = h.now.Add(10 * day)
	ask("soon")
	if d := h.only(); d.Stage != "lead" || !d.Disagrees || d.Decision.Proposed != "prospect" {
		t.Errorf("ten days later: %s, disagrees %v, %+v", d.Stage, d.Disagrees, d.Decision)
	}
	h.now = h.now.Add(40 * day)
	h.visitAgain("look", reading...)
	if d := h.only(); d.Stage != "lead" {
		t.Errorf("reading alone reopened it: %s", d.Stage)
	}
	before := len(h.alerts())
	ask("later")
	d := h.only()
	if d.Stage != "prospect" || d.Decision != nil || len(h.alerts()) != before+1 {
		t.Errorf("asking after 50 days: %s, %+v, %d alerts", d.Stage, d.Decision, len(h.alerts())-before)
	}
}

// A rep's answers count in the score and may make the prospect, of which reps
// hear like of any other.
func TestWhatARepIsToldCanMakeAProspect(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	sub := h.submit("t1", "v1", map[string]string{"email": "ada@works.test", "role": "CEO", "industry": "manufacturing", "company_size": "51-200", "country": "DE"},
		h.visit(token, reading[:4]...))
	sub.Form, sub.FormKind = "guide", "download"
	h.accept(sub)
	if d := h.only(); d.Stage != "sales_ready" {
		t.Fatalf("%s at %s", d.Stage, d.Grade)
	}
	for _, c := range []model.CriterionName{model.Timing, model.Budget} {
		h.must("p1", lead.Doing{Do: lead.ActionAnswer, Criterion: c, State: score.Met, Text: "said on the phone"})
	}
	d := h.only()
	if d.Stage != "prospect" || d.Criteria["budget"].Source != "rep" || !slices.Equal(h.kinds(), []string{lead.KindProspect}) {
		t.Errorf("%s, budget %+v, alerts %v", d.Stage, d.Criteria["budget"], h.kinds())
	}
	if last := d.Transitions[len(d.Transitions)-1]; last.Cause != lead.CauseRule || last.Reason != "qualified" {
		t.Errorf("made by %+v", last)
	}
}
