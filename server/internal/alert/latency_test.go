package alert_test

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// A kick is delivered at once: far sooner than the poll that looks for what a
// crash left.
func TestAKickDoesNotWaitForThePoll(t *testing.T) {
	w := open(t)
	sub := w.subscribe(nil)
	if _, err := sub.Next(context.Background()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	const rounds = 50
	for i := range rounds {
		w.alerts(fmt.Sprintf("l%d", i))
		take(t, sub, 1)
	}
	each := time.Since(start) / rounds
	t.Logf("%v from write to subscriber", each)
	if each > 200*time.Millisecond {
		t.Errorf("%v from write to subscriber, want far less than the poll's second", each)
	}
}
