package lead_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
)

// Domain rule 16: merges and their undo, with whoever objected to being rated too,
// neither lose that nobody took an ask nor tell of it twice.
func TestThatNobodyTookAnAskIsToldOnceThroughMerges(t *testing.T) {
	s := newShelf(t)
	s.r.Routing = lead.Routing{Admins: 15 * time.Minute}
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		q := &quiet{shelf: s, t: t, now: monday}
		ids := rapid.Permutation([]string{"a", "b"}).Draw(t, "order") // who was seen first survives
		for _, id := range ids {
			q.asks(id, id+"@works.test")
			q.now = q.now.Add(time.Second)
		}
		objects := rapid.Bool().Draw(t, "one objects")
		if objects { // whoever records that has seen the ask
			q.change(t, "a", func(l *lead.Lead) error {
				return l.Act(&lead.Doing{Do: "stop_scoring", By: "p1"}, q.r, q.now)
			})
		}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			d := time.Duration(rapid.IntRange(1, 12).Draw(t, "minutes")) * time.Minute
			switch rapid.SampledFrom([]string{"merge", "merge", "undo", "snooze", "pass", "sleep"}).Draw(t, "step") {
			case "merge":
				q.unit(t, func(tx lead.Tx) error { return merge(tx, q.r, "a", "b", q.now) })
			case "undo":
				q.undo(ids[0], ids[1])
			case "snooze":
				q.whole("a", func(l *lead.Lead) error {
					return l.Act(&lead.Doing{Do: "snooze", By: "p1", At: q.now.Add(d)}, q.r, q.now)
				})
			case "pass":
				q.passAll(d)
			case "sleep":
				q.now = q.now.Add(d)
			}
			q.now = q.now.Add(time.Second)
		}
		q.passAll(time.Hour)
		all := told{t, q.alertsTold()}
		want := 2
		if objects {
			want = 1
		}
		all.want("that nobody took the asks", want, func(e *lead.Event) bool { return e.Alert.Escalation == lead.AlarmAdmins })
	})
}

// undo undoes a merge, if the two are one.
func (q *quiet) undo(root, part string) {
	q.unit(q.t, func(tx lead.Tx) error {
		whole, err := lead.Find(tx, root, q.r, q.now)
		if err != nil || !whole.Includes(part) {
			return err
		}
		rest, _, err := lead.Unmerge(tx, whole, part, "p1", q.r, q.now)
		if err != nil {
			return err
		}
		return lead.Save(tx, rest, q.r)
	})
}

// passAll lets time go by for both, minute by minute.
func (q *quiet) passAll(d time.Duration) { q.passEach(time.Minute, d) }

// passEach lets time go by for both, and the clock look every so often.
func (q *quiet) passEach(step, d time.Duration) {
	for range int((d + step - 1) / step) {
		q.now = q.now.Add(step)
		for _, id := range []string{"a", "b"} {
			q.whole(id, func(l *lead.Lead) error {
				if !l.Due(q.r, q.now) {
					return nil
				}
				return l.Age(q.r, q.now)
			})
		}
	}
}

// whole changes whatever a contact is part of by now.
func (q *quiet) whole(id string, change func(l *lead.Lead) error) {
	q.unit(q.t, func(tx lead.Tx) error {
		l, err := lead.Find(tx, id, q.r, q.now)
		if err != nil {
			return err
		}
		return errors.Join(change(l), lead.Save(tx, l, q.r))
	})
}
