package lead_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// Domain rule 8: merges and their undo, with snoozes too, neither lose that somebody
// waits for too long nor tell anybody twice of it.
func TestAStayIsToldOnceToEachThroughMergesAndSnoozes(t *testing.T) {
	s := newShelf(t)
	s.r.Policy.Stall[lifecycle.Prospect] = int64(time.Hour / time.Second)
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		q := &quiet{shelf: s, t: t, now: monday}
		ids := rapid.Permutation([]string{"a", "b"}).Draw(t, "order") // who was seen first survives
		for _, id := range ids {
			q.asks(id, id+"@works.test")
			q.now = q.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "apart")) * time.Minute)
		}
		merged := false
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			d := time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute
			of := rapid.SampledFrom(ids).Draw(t, "of")
			do := func(d *lead.Doing) {
				q.whole(of, func(l *lead.Lead) error { return l.Act(d, q.r, q.now) })
			}
			switch rapid.SampledFrom([]string{"merge", "undo", "snooze", "end", "claim", "release", "pass", "sleep"}).Draw(t, "step") {
			case "merge":
				merged = true
				q.unit(t, func(tx lead.Tx) error { return merge(tx, q.r, "a", "b", q.now) })
			case "undo":
				q.undo(ids[0], ids[1])
			case "snooze":
				do(&lead.Doing{Do: "snooze", By: "p1", At: q.now.Add(d)})
			case "end":
				do(&lead.Doing{Do: "snooze", By: "p1"})
			case "claim":
				q.whole(of, func(l *lead.Lead) error { l.Claim("p1", q.now); return nil })
			case "release":
				q.whole(of, func(l *lead.Lead) error { l.Release("p1", q.now); return nil })
			case "pass":
				q.passEach(20*time.Minute, d)
			case "sleep": // no server runs
				q.now = q.now.Add(d)
			}
			q.now = q.now.Add(time.Second)
		}
		q.passEach(20*time.Minute, 4*time.Hour)
		all := told{t, q.alertsTold()}
		for _, person := range []string{"p1", "p2"} {
			sum := 0
			for _, id := range ids {
				n := all.count(func(e *lead.Event) bool {
					return e.Lead == id && e.Alert.Kind == lead.KindStalled && reaches(e, person)
				})
				if sum += n; n > 1 {
					t.Fatalf("%s is told of the stay of %s %d times", person, id, n)
				}
			}
			if person == "p2" && (sum == 0 || sum != len(ids) && !merged) {
				t.Fatalf("%s, who never wants quiet, is told of %d stays", person, sum)
			}
		}
	})
}
