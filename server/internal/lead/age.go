package lead

import (
	"time"

	"assay/shared/lifecycle"
)

// Age lets time pass: the score becomes that of now, the rules mark and recycle
// what they should, and whoever stays too long where a person should act is
// told of, once. Passing time raises no other alert (domain rule 11), and a
// stay that only a new model calls too long raises none (rule 17).
func (l *Lead) Age(r *Rater, now time.Time) error {
	if l.Merged != nil {
		l.NextChange = time.Time{}
		return nil
	}
	s, err := r.Rate(l, now)
	if err != nil {
		return err
	}
	if l.Verdict == Suspect { // nothing of it counts, but people are told what they asked for
		l.review(s, r, now)
		l.ring(s, r, now)
		return l.schedule(r)
	}
	before := l.Standing
	expected := l.Model == r.Version || !l.NextChange.IsZero() && !l.NextChange.After(now)
	l.scored(s, r, now)
	l.review(s, r, now)
	l.stall(s, r, expected, now)
	l.ring(s, r, now)
	plan, err := l.happen(lifecycle.Event{Kind: lifecycle.OnAge, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return err
	}
	if plan.N > 0 || l.Nurturing != before.Nurturing {
		l.tell(ChangeMoved, now)
	}
	return l.schedule(r)
}

// Due reports whether time alone has changed the lead by an instant, or another
// model than the rater's scored it.
func (l *Lead) Due(r *Rater, now time.Time) bool {
	return l.Model != r.Version || !l.NextChange.IsZero() && !l.NextChange.After(now)
}

// schedule notes when time alone next changes something: the engagement level
// that was scored last, the stay in a stage, a review or an alarm.
func (l *Lead) schedule(r *Rater) error {
	l.NextChange = l.nextAlarm()
	if l.unreviewed() {
		l.sooner(l.Hold.Due)
	}
	if l.Verdict == Suspect {
		return nil
	}
	l.sooner(l.nextStall(r))
	if cools := r.Policy.CoolsAt(&l.State); cools != lifecycle.Never && cools > l.ScoredAt.Unix() {
		l.sooner(time.Unix(cools, 0).UTC())
	}
	if l.Objected {
		return nil
	}
	at, ok, err := r.Leaves(l, l.ScoredAt, l.Cell.Level, l.NextChange) // what comes later waits for the next look
	if ok {
		l.sooner(at)
	}
	return err
}

// sooner has the clock look at an instant too; zero is none.
func (l *Lead) sooner(at time.Time) {
	if !at.IsZero() && (l.NextChange.IsZero() || at.Before(l.NextChange)) {
		l.NextChange = at
	}
}
