package lead

import (
	"time"

	"assay/shared/lifecycle"
	"assay/shared/score"
)

// stall tells of a stay that is longer than the model allows, once (domain rule
// 8). A stay that a snooze holds, or an objection, is noted as held, and is told
// of when nothing holds it any more: a snooze that somebody ends by hand, a merge
// that is undone. Where a snooze ends by itself, its own alert stands for the
// stay. A stay of which nobody is ever to hear counts as told of.
func (l *Lead) stall(s *score.Result, r *Rater, expected bool, now time.Time) {
	since := l.State.Since
	if l.StallTold == since || !r.Policy.Stalled(&l.State, now.Unix()) {
		return
	}
	expected = expected || l.StallHeld == since
	switch {
	case !expected, !waits(l.State.Stage), l.Sample, !r.Alerts.Sends(KindStalled), l.stalledAsleep(r, now):
	case l.Objected || l.snoozed(now):
		l.stand(func(st *Standing) { st.StallHeld = since })
		return
	default:
		l.send(l.alert(KindStalled, s, r), time.Unix(since, 0).UTC().Format(time.RFC3339), now)
	}
	l.stand(func(st *Standing) { st.StallTold = since })
}

// stalledAsleep reports whether the stay became too long during a snooze that
// ends at this look.
func (l *Lead) stalledAsleep(r *Rater, now time.Time) bool {
	until := l.SnoozedUntil()
	return !until.IsZero() && !until.After(now) && (l.StallHeld == l.State.Since || r.Policy.StallsAt(&l.State) <= until.Unix())
}

// nextStall gives when the clock is to look whether the stay is too long, and for
// one that is held, when it is told of; zero for never.
func (l *Lead) nextStall(r *Rater) time.Time {
	stalls := r.Policy.StallsAt(&l.State)
	if stalls == lifecycle.Never || l.StallTold == l.State.Since {
		return time.Time{}
	}
	at, until := time.Unix(stalls, 0).UTC(), l.SnoozedUntil()
	switch held := l.StallHeld == l.State.Since; {
	case held && l.Objected:
		return time.Time{}
	case held && until.After(at):
		return until
	}
	return at
}

// waits reports whether a stage waits for a person: leads are marketing's.
func waits(s lifecycle.Stage) bool {
	return s == lifecycle.SalesReady || s == lifecycle.Prospect || s == lifecycle.Opportunity
}
