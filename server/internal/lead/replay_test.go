package lead_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
)

// Whatever came in whatever order, and whatever people did in between, the lead
// is what its record replays to.
func TestALeadIsTheReplayOfItsRecord(t *testing.T) {
	r := rater(t)
	rapid.Check(t, func(t *rapid.T) {
		l := lead.New("demo", "l1", monday)
		touches := rapid.Permutation(drawTouches(t, "t", 8)).Draw(t, "order")
		now := today
		for _, touch := range touches {
			now = now.Add(time.Second)
			apply(t, l, touch, r, now)
			act(t, l, r, now)
			l.Rev++
		}
		rec := &lead.Record{Root: l, Touches: map[string][]*lead.Touch{"l1": touches}}
		again, err := lead.Replay(rec, r, l.ScoredAt)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "replayed", text(t, again), text(t, l))
	})
}

// Late, duplicated and out-of-order touches tell the same as those in order.
func TestNoOrderOfArrivalChangesFactsOrScore(t *testing.T) {
	r := rater(t)
	rapid.Check(t, func(t *rapid.T) {
		touches := drawTouches(t, "t", 6)
		for _, touch := range touches {
			touch.Received = today // at once, so that only the order differs
		}
		build := func(order []*lead.Touch) *lead.Lead {
			l := lead.New("demo", "l1", today)
			for _, touch := range order {
				apply(t, l, touch, r, today)
				if before := text(t, l); apply(t, l, touch, r, today.Add(time.Hour)) || text(t, l) != before {
					t.Fatalf("%s twice changed the lead", touch.ID)
				}
			}
			l.Standing, l.Transitions, l.Outbox, l.NextChange = lead.Standing{}, nil, nil, time.Time{}
			return l
		}
		one, other := build(touches), build(rapid.Permutation(touches).Draw(t, "order"))
		same(t, "in another order", text(t, other), text(t, one))
		for _, at := range []time.Time{monday.AddDate(0, 0, 3), today, today.AddDate(0, 0, 40)} {
			a, err1 := r.Rate(one, at)
			b, err2 := r.Rate(other, at)
			if err1 != nil || err2 != nil || *a != *b {
				t.Fatalf("at %s: %+v (%v), %+v (%v)", at, a, err1, b, err2)
			}
		}
	})
}
