package lead_test

import (
	"testing"

	"assay/server/internal/lead"
)

func TestReopeningASuspectEndsItsHoldAndScoresNothingOfIt(t *testing.T) {
	r := rater(t)
	l := lead.New("demo", "l1", today)
	suspect := &lead.Touch{ID: "t1", At: today, Received: today, FormKind: "demo", Verdict: lead.Suspect,
		Profile: map[string]string{"email": "ann@northbeck.test"}, Findings: []lead.Finding{{Code: "honeypot", Weight: lead.SuspectWeight}}}
	if _, err := l.Apply(suspect, r, today); err != nil || l.Hold == nil || l.Stage != "junk" {
		t.Fatalf("%s, held %+v, %v", l.Stage, l.Hold, err)
	}
	if err := l.Act(&lead.Doing{Do: "reopen", By: "p1"}, r, today); err != nil {
		t.Fatal(err)
	}
	if l.Hold != nil || l.Stage != "lead" || l.Verdict != lead.Suspect || l.DecidedBy != "p1" {
		t.Errorf("%s by %q, %s, held %+v", l.Stage, l.DecidedBy, l.Verdict, l.Hold)
	}
}
