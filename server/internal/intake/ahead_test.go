package intake_test

import (
	"testing"
	"time"

	"assay/server/internal/lead"
)

// An ask whose session began after the server's clock, which was set back, was
// once suspect, and nobody heard of it.
func TestAnAskWhoseSessionIsAheadOfTheClockIsAlertedWithoutItsEvidence(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(-time.Hour)
	h.accept(h.submit("ask", "v1", buyer, h.visit(token, reading...)))
	d := h.only()
	touch := d.Touches[0]
	if touch.Verdict != lead.Unverified || len(touch.Findings) != 1 || touch.Findings[0].Code != "session_ahead" || touch.Findings[0].Weight != 0 {
		t.Errorf("%s, found %+v", touch.Verdict, touch.Findings)
	}
	if d.Stage != "prospect" || d.Engagement >= 50 {
		t.Errorf("a %s with engagement %d", d.Stage, d.Engagement)
	}
	h.wants("at once", "prospect")
}

// Two servers' clocks are never quite the same.
func TestASessionThatIsAheadByAMomentCounts(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(-2 * time.Second)
	h.accept(h.submit("ask", "v1", buyer, h.visit(token, [2]int{2, 0})))
	if touch := h.only().Touches[0]; touch.Verdict != lead.Verified || len(touch.Findings) != 0 {
		t.Errorf("%s, found %+v", touch.Verdict, touch.Findings)
	}
}
