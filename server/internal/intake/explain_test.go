package intake_test

import (
	"maps"
	"testing"
	"time"
)

// A lead says what earned each row, what was done to its points, and which
// answer would do most for its grade.
func TestALeadExplainsItsScoreToTheLastPoint(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	known := maps.Clone(buyer)
	delete(known, "need")
	delete(known, "industry")
	h.accept(h.submit("t1", "v1", known, h.visit(token, [2]int{2, 1}, [2]int{2, 5}, [2]int{2, 9})))
	d := h.only()
	details := map[string]string{}
	for _, row := range d.Ledger {
		details[row.Label] = row.Detail
	}
	for label, want := range map[string]string{"Viewed pricing": "3 times, capped by the day, less with age", "Decision maker": known["role"]} {
		if got := details[label]; got != want {
			t.Errorf("%s: %q, want %q of %v", label, got, want, details)
		}
	}
	if d.Raise == nil || d.Raise.Field != "industry" || d.Raise.Fit != 20 {
		t.Errorf("what would raise it: %+v", d.Raise)
	}
	h.accept(h.submit("t2", "v1", map[string]string{"industry": buyer["industry"], "need": buyer["need"]}))
	if d = h.only(); d.Raise != nil {
		t.Errorf("all is known, and yet %+v", d.Raise)
	}
}
