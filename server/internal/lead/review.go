package lead

import (
	"time"

	"assay/shared/lifecycle"
	"assay/shared/score"
)

// judges gives what the lifecycle makes of an action; ok is false where it makes
// nothing of it. Who reopens a held contact that is not out of the funnel has
// reviewed it: the gates seen so far hold it no longer (domain rule 6).
func (l *Lead) judges(do string) (kind lifecycle.Kind, ok bool) {
	kind, ok = judged[do]
	if kind == lifecycle.OnReopen && l.Hold != nil && l.State.Stage <= lifecycle.Prospect {
		kind = lifecycle.OnRelease
	}
	return kind, ok
}

// reviewed ends the hold that an action has dealt with. Suspect evidence that a
// person took out of junk still counts for nothing, but nobody has to look again.
func (l *Lead) reviewed(kind lifecycle.Kind) {
	if kind == lifecycle.OnRelease || kind == lifecycle.OnReopen && l.Verdict == Suspect {
		l.stand(func(st *Standing) { st.Hold = nil })
	}
}

// review alerts those who review to a contact that waits for them, once and
// quietly: there may be many (domain rule 6). No rep's snooze holds that.
func (l *Lead) review(s *score.Result, r *Rater, now time.Time) {
	if !l.unreviewed() || l.Hold.Due.After(now) {
		return
	}
	since := l.Hold.Since
	l.toldOfHold()
	alert := l.alert(KindFollowUp, s, r)
	alert.Quiet, alert.Why = true, ReasonReview
	id := eventID(l.ID, KindFollowUp, ReasonReview, since.UTC().Format(time.RFC3339Nano))
	l.Outbox = append(l.Outbox, Event{ID: id, Type: TypeAlert, Lead: l.ID, At: now, Roles: []string{RoleAdmin, RoleMarketer}, Alert: alert})
}

// toldOfHold has nobody told, any more, that nobody looked.
func (l *Lead) toldOfHold() {
	l.stand(func(st *Standing) {
		if st.Hold != nil {
			told := *st.Hold
			told.Told = true
			st.Hold = &told
		}
	})
}

// unreviewed reports whether somebody is still to be told that nobody looked.
func (l *Lead) unreviewed() bool { return l.Hold != nil && !l.Hold.Told && !l.Sample }
