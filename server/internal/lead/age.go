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
	if l.Verdict == Suspect || l.Merged != nil {
		l.NextChange = time.Time{}
		return nil
	}
	s, err := r.Rate(l, now)
	if err != nil {
		return err
	}
	before := l.Standing
	expected := l.Model == r.Version || !l.NextChange.IsZero() && !l.NextChange.After(now)
	l.scored(s, r, now)
	stalled := r.Policy.Stalled(&l.State, now.Unix()) && l.StallTold != l.State.Since
	if stalled {
		since := l.State.Since
		l.stand(func(st *Standing) { st.StallTold = since })
		if expected && waits(l.State.Stage) && !l.Sample && r.Alerts.Sends(KindStalled) {
			l.send(l.alert(KindStalled, s, r), time.Unix(since, 0).UTC().Format(time.RFC3339), now)
		}
	}
	plan, err := l.happen(lifecycle.Event{Kind: lifecycle.OnAge, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return err
	}
	if plan.N > 0 || l.Nurturing != before.Nurturing {
		l.tell(ChangeMoved, now)
	}
	return l.schedule(r)
}

// waits reports whether a stage waits for a person: leads are marketing's.
func waits(s lifecycle.Stage) bool {
	return s == lifecycle.SalesReady || s == lifecycle.Prospect || s == lifecycle.Opportunity
}

// schedule notes when time alone next changes something: the engagement level
// that was scored last, or the stay in a stage.
func (l *Lead) schedule(r *Rater) error {
	l.NextChange = time.Time{}
	if l.Verdict == Suspect {
		return nil
	}
	at, ok, err := r.Leaves(l, l.ScoredAt, l.Cell.Level)
	if err != nil {
		return err
	}
	if ok {
		l.NextChange = at
	}
	if stalls := r.Policy.StallsAt(&l.State); stalls != lifecycle.Never && l.StallTold != l.State.Since {
		l.sooner(stalls)
	}
	if cools := r.Policy.CoolsAt(&l.State); cools != lifecycle.Never && cools > l.ScoredAt.Unix() {
		l.sooner(cools)
	}
	return nil
}

func (l *Lead) sooner(at int64) {
	if t := time.Unix(at, 0).UTC(); l.NextChange.IsZero() || t.Before(l.NextChange) {
		l.NextChange = t
	}
}
