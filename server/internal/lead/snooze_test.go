package lead_test

import (
	"testing"
	"time"

	"assay/server/internal/lead"
)

// The clock still looked at a lead when a snooze would have ended that a later
// one had replaced.
func TestALaterSnoozePutsTheClockOff(t *testing.T) {
	r := rater(t)
	l := lead.New("demo", "l1", monday)
	touch := &lead.Touch{ID: "t1", At: monday, Received: monday, Form: "blog", FormKind: "subscription", Verdict: lead.Unverified,
		Profile: map[string]string{"email": "ada@works.test"}}
	if _, err := l.Apply(touch, r, monday); err != nil {
		t.Fatal(err)
	}
	for _, hours := range []time.Duration{1, 2} {
		if err := l.Act(&lead.Doing{Do: "snooze", By: "p1", At: monday.Add(hours * time.Hour)}, r, monday); err != nil {
			t.Fatal(err)
		}
	}
	if want := monday.Add(2 * time.Hour); !l.NextChange.Equal(want) {
		t.Errorf("the clock looks at %s, want %s", l.NextChange, want)
	}
}
