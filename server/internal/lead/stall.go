package lead

import (
	"time"

	"assay/shared/lifecycle"
	"assay/shared/score"
)

// stall tells of a stay that is longer than the model allows, once (domain rule
// 8). One that a snooze of the owner's holds, or an objection, is noted as held,
// and is told of when nothing holds it any more: a snooze that ends, another
// owner, a merge that is undone. Whose snooze ends by itself at that moment hears
// of its end alone; who still wants quiet has missed it. A stay of which nobody is
// ever to hear counts as told of.
func (l *Lead) stall(s *score.Result, r *Rater, expected bool, now time.Time) {
	since := l.State.Since
	if l.StallTold == since || !r.Policy.Stalled(&l.State, now.Unix()) {
		return
	}
	expected = expected || l.StallHeld == since
	switch {
	case !expected, l.Sample, !l.tooLong(r, now):
	case l.Objected || l.hushed(now):
		l.stand(func(st *Standing) { st.StallHeld = since })
		return
	default:
		l.tellStay(s, r, now)
	}
	l.stand(func(st *Standing) { st.StallTold = since })
}

// tellStay tells all of a stay but those to whom a snooze's end stands for it. Where
// that is everybody's, who still wants quiet misses that end alone.
func (l *Lead) tellStay(s *score.Result, r *Rater, now time.Time) {
	cause := time.Unix(l.State.Since, 0).UTC().Format(time.RFC3339)
	asleep := l.sleepers(now)
	if awake, all := l.wakers(time.Unix(r.Policy.StallsAt(&l.State), 0), now); !all {
		l.send(l.alert(KindStalled, s, r), cause, now, append(awake, asleep...)...)
		l.missed(asleep, Alarm{Cause: eventID(l.ID, KindStalled, cause), Alert: KindStalled}, now)
	}
}

// tooLong reports whether people are told of stays as long as the lead's is.
func (l *Lead) tooLong(r *Rater, now time.Time) bool {
	return waits(l.State.Stage) && r.Alerts.Sends(KindStalled) && r.Policy.Stalled(&l.State, now.Unix())
}

// nextStall gives when the clock is to look whether the stay is too long, and for
// one that is held, when it is told of; zero for never.
func (l *Lead) nextStall(r *Rater) time.Time {
	stalls := r.Policy.StallsAt(&l.State)
	if stalls == lifecycle.Never || l.StallTold == l.State.Since {
		return time.Time{}
	}
	at, until := time.Unix(stalls, 0).UTC(), l.sleeps(l.Owner)
	switch held := l.StallHeld == l.State.Since; {
	case held && l.Objected:
		return time.Time{}
	case held && until.After(at):
		return until
	}
	return at
}

// toldApart gives the stays of which people were told before a part was one with
// those on its way to a root: they say nothing of the part, and its own nothing
// of them.
func toldApart(part *Lead, path []*Lead) []int64 {
	stays := []int64{part.StallTold}
	for _, p := range path {
		stays = append(stays, p.Merged.Was.StallTold)
	}
	return stays
}

// knownToStay has nobody told of a stay that became too long while the contact
// was part of a whole of whose stay people were told. One to come is told of.
func (l *Lead) knownToStay(r *Rater, now time.Time) {
	l.stand(func(st *Standing) {
		if r.Policy.Stalled(&st.State, now.Unix()) {
			st.StallTold = st.State.Since
		}
	})
}

// waits reports whether a stage waits for a person: leads are marketing's.
func waits(s lifecycle.Stage) bool {
	return s == lifecycle.SalesReady || s == lifecycle.Prospect || s == lifecycle.Opportunity
}
