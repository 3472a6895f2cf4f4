package lead_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/alert"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// Domain rules 6, 8, 16 and 23: whatever people put off or are quiet about, and
// whenever the clock looks, what fell due is told once, to whom it is for.
func TestWhateverIsSnoozedIsToldOnce(t *testing.T) {
	s := newShelf(t)
	s.r.Routing = lead.Routing{Everybody: 5 * time.Minute, Admins: 15 * time.Minute}
	s.r.Policy.Stall[lifecycle.Prospect] = int64(time.Hour / time.Second)
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		q := &quiet{shelf: s, t: t, now: monday}
		q.asks("a", rapid.SampledFrom([]string{"ada@works.test", "ada@mailinator.com"}).Draw(t, "mail"))
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			q.step()
		}
		q.pass(40 * 24 * time.Hour)
		q.check()
	})
}

// quiet is a store with contacts that people snooze or merge, and its time.
type quiet struct {
	*shelf
	t     *rapid.T
	now   time.Time
	owned bool // at some time
}

// asks is somebody who asks for a demo, and is held for a mail address of no worth.
func (q *quiet) asks(id, mail string) {
	says := maps.Clone(fits)
	says["email"] = mail
	touch := &lead.Touch{ID: id, Site: q.site, At: q.now, Received: q.now, Form: "f", FormKind: "demo", Verdict: lead.Unverified, Profile: says}
	q.unit(q.t, func(tx lead.Tx) error {
		l := lead.New(q.site, id, q.now)
		_, err1 := l.Apply(touch, q.r, q.now)
		_, err2 := tx.InsertTouch(touch)
		return errors.Join(err1, err2, tx.SetApplied(id, id), lead.Save(tx, l, q.r))
	})
}

// step is something that people do, or time that passes.
func (q *quiet) step() {
	d := time.Duration(rapid.IntRange(1, 8*60).Draw(q.t, "minutes")) * time.Minute
	by := rapid.SampledFrom([]string{"p1", "p2", "crm"}).Draw(q.t, "person")
	switch do := rapid.SampledFrom([]string{"snooze", "snooze", "end", "remind", "call off", "own", "pass", "sleep"}).Draw(q.t, "step"); do {
	case "snooze":
		q.act(&lead.Doing{Do: "snooze", By: by, Program: by == "crm", At: q.now.Add(d)})
	case "end":
		q.act(&lead.Doing{Do: "snooze", By: by, Program: by == "crm"})
	case "remind":
		q.act(&lead.Doing{Do: "remind", By: by, Program: by == "crm", At: q.now.Add(d)})
	case "own":
		q.own(rapid.SampledFrom([]string{"", "p1", "p2", "p3"}).Draw(q.t, "owner"))
	case "call off":
		q.act(&lead.Doing{Do: "remind", By: by})
	case "pass":
		q.pass(d)
	case "sleep": // no server runs
		q.now = q.now.Add(d)
	}
}

func (q *quiet) act(d *lead.Doing) {
	q.change(q.t, "a", func(l *lead.Lead) error { return l.Act(d, q.r, q.now) })
}

// own gives the contact an owner, or takes it from the one that it has.
func (q *quiet) own(owner string) {
	q.owned = q.owned || owner != ""
	q.change(q.t, "a", func(l *lead.Lead) error {
		if owner == "" {
			l.Release("p1", q.now)
		} else {
			l.Assign(owner, "p1", q.now)
		}
		return nil
	})
}

// pass lets time go by, and the clock look whenever the contact changes.
func (q *quiet) pass(d time.Duration) {
	for end := q.now.Add(d); q.now.Before(end); {
		next := q.lead(q.t, "a").NextChange
		if next.IsZero() || next.After(end) {
			next = end
		}
		if next.After(q.now) {
			q.now = next
		}
		q.change(q.t, "a", func(l *lead.Lead) error { return l.Age(q.r, q.now) })
		if next = q.lead(q.t, "a").NextChange; !next.IsZero() && !next.After(q.now) {
			q.t.Fatalf("at %s the clock is to look again at %s", q.now, next)
		}
	}
}

// told is what was told of the contact.
type told struct {
	t    *rapid.T
	list []alert.Entry
}

func (q *quiet) check() {
	q.t.Helper()
	l, all := q.lead(q.t, "a"), told{q.t, q.alertsTold()}
	held := 0
	if l.Hold != nil {
		held = 1
	}
	all.want("the review", held, func(e *lead.Event) bool { return e.Alert.Why == lead.ReasonReview })
	nobody := func(e *lead.Event) bool { return e.Alert.Escalation == lead.AlarmAdmins }
	if q.owned { // and perhaps in time
		all.want("that nobody took the ask", min(all.count(nobody), 1), nobody)
	} else {
		all.want("that nobody took the ask", 1, nobody)
	}
	for _, person := range []string{"p1", "p2", "p3"} {
		all.stayed(l, person, time.Unix(q.r.Policy.StallsAt(&l.State), 0))
	}
	for _, r := range l.Reminders() {
		all.reminded(&r)
	}
}

// stayed sees that a person was told once that the contact stays too long, by
// an alert of its own, or by the one at the end of a snooze that held it.
func (all *told) stayed(l *lead.Lead, person string, stalls time.Time) {
	all.t.Helper()
	var told []*lead.Event
	for i := range all.list {
		if e := &all.list[i].Event; e.Alert.Kind == lead.KindStalled && reaches(e, person) {
			told = append(told, e)
		}
	}
	held := func(e alert.Entry) bool { // a snooze that ended by itself once the stay was too long
		return e.Alert.Why == lead.ReasonSnoozed && reaches(&e.Event, person) && !all.until(l, e.Alert.Action).Before(stalls)
	}
	switch {
	case len(told) > 1, l.Stage != "prospect" && len(told) > 0:
		all.t.Fatalf("%s is told of the stay by %+v", person, told)
	case len(told) == 1 && slices.ContainsFunc(all.list, func(e alert.Entry) bool { return held(e) && e.At.Equal(told[0].At) }):
		all.t.Fatalf("%s is told of the stay and of the end of a snooze that held it: %+v", person, told[0])
	case len(told) == 0 && l.Stage == "prospect" && !slices.ContainsFunc(all.list, held):
		all.t.Fatalf("%s is not told of the stay", person)
	}
}

// until gives the end of a snooze.
func (all *told) until(l *lead.Lead, action string) time.Time {
	all.t.Helper()
	for _, a := range l.Actions {
		if a.ID == action {
			at, err := time.Parse(time.RFC3339Nano, a.Args["until"])
			if err != nil {
				all.t.Fatal(err)
			}
			return at
		}
	}
	all.t.Fatalf("no action %s", action)
	return time.Time{}
}

// reaches reports whether an event is for a rep.
func reaches(e *lead.Event, person string) bool {
	if slices.Contains(e.Except, person) {
		return false
	}
	return slices.Contains(e.For, person) || len(e.For)+len(e.Roles) == 0
}

// reminded sees that a reminder was told, once to each, or a snooze that held it.
func (all *told) reminded(r *lead.Reminder) {
	all.t.Helper()
	tells := func(e *lead.Event) bool { return e.Alert.Why == lead.ReasonReminder && e.Alert.Action == r.ID }
	woke := slices.ContainsFunc(all.list, func(e alert.Entry) bool { return e.Alert.Why == lead.ReasonSnoozed && !e.At.Before(r.At) })
	switch n := all.count(tells); {
	case r.Waits:
		all.t.Fatalf("it waits still: %+v", r)
	case r.CancelledBy != "":
		all.want("a reminder that was called off", 0, tells)
	case n == 0 && !woke:
		all.want("a reminder", 1, tells)
	}
	for _, person := range []string{"p1", "p2", "p3"} {
		mine := func(e *lead.Event) bool { return tells(e) && reaches(e, person) }
		all.want("a reminder", min(all.count(mine), 1), mine)
	}
}

func (all *told) want(what string, want int, of func(e *lead.Event) bool) {
	all.t.Helper()
	if n := all.count(of); n != want {
		all.t.Fatalf("%s: told %d times, want %d", what, n, want)
	}
}

func (all *told) count(of func(e *lead.Event) bool) (n int) {
	for i := range all.list {
		if of(&all.list[i].Event) {
			n++
		}
	}
	return n
}

func (q *quiet) alertsTold() []alert.Entry {
	q.t.Helper()
	entries, err := q.store.Feed(q.t.Context(), q.site, 0, 1000)
	if err != nil {
		q.t.Fatal(err)
	}
	return slices.DeleteFunc(entries, func(e alert.Entry) bool { return e.Type != lead.TypeAlert })
}
