package lead

import (
	"cmp"
	"slices"
	"time"

	"assay/shared/score"
)

// nextAlarm gives when the lead next tells of something by itself, or zero for
// never.
func (l *Lead) nextAlarm() (next time.Time) {
	for _, a := range l.Alarms {
		if at := l.rings(a); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// rings gives when an alarm is told of, zero while it must not be: a snooze puts
// off what its person is reminded of, and never that nobody took an ask, which has
// to reach somebody (domain rule 16).
func (l *Lead) rings(a Alarm) time.Time {
	switch until := l.sleeps(l.hears(a)); {
	case a.Kind == AlarmMissed && a.Alert == KindStalled && l.Objected:
		return time.Time{}
	case !a.escalates() && until.After(a.At):
		return until
	}
	return a.At
}

// ring tells of the alarms that are due. The alert at a snooze's end stands for
// what it held for the same person.
func (l *Lead) ring(s *score.Result, r *Rater, now time.Time) {
	var over []Alarm
	for _, a := range l.Alarms {
		at, covered := l.rings(a), l.covered(a, now)
		due := !at.IsZero() && !at.After(now)
		if due || covered {
			over = append(over, a)
		}
		switch {
		case covered, !due:
		case a.escalates():
			if l.Owner == "" { // a merge may bring the ask of one together with the owner of another
				l.escalate(a, s, r, now)
			}
		case a.Kind == AlarmSnooze:
			l.followUp(a, ReasonSnoozed, s, r, now)
		case a.Kind == AlarmMissed:
			l.catchUp(a, s, r, now)
		default:
			l.followUp(a, ReasonReminder, s, r, now)
		}
	}
	l.silence(func(a Alarm) bool {
		same := func(b Alarm) bool { return sameAlarm(a, b) }
		return slices.ContainsFunc(over, same) || a.escalates() && !a.At.After(now)
	})
}

// hears gives who hears of an alarm: what somebody wanted quiet from, or missed,
// is theirs; a reminder is the owner's, or whoever's who set it while there is none.
// Empty is everybody, where a program set it.
func (l *Lead) hears(a Alarm) string {
	switch a.Kind {
	case AlarmSnooze:
		return l.snoozer(a)
	case AlarmMissed:
		return a.By
	}
	return cmp.Or(l.Owner, a.By)
}

// Why somebody should look at a lead again: Alert.Reason of a follow-up.
const (
	ReasonReminder = "reminder" // a person wanted it
	ReasonSnoozed  = "snoozed"  // a snooze ended
	ReasonReview   = "review"   // a held or suspect contact waited too long
)

// followUp alerts to what a person set. The words of a reminder stay with the
// lead (Lead.Wrote), so that erasing it is enough.
func (l *Lead) followUp(a Alarm, why string, s *score.Result, r *Rater, now time.Time) {
	alert := l.alert(KindFollowUp, s, r)
	alert.Why, alert.Action = why, a.Cause
	e := Event{Alert: alert}
	if who := l.hears(a); who != "" {
		e.For = []string{who}
	} else {
		awake, _ := l.wakers(a.At, now)
		asleep := l.sleepers(now)
		e.Except = append(awake, asleep...)
		l.missed(asleep, Alarm{Cause: a.Cause, Alert: KindFollowUp}, now)
	}
	l.ringing(a, e, now)
}

// escalate tells more people of an ask that nobody took, but for those who want
// quiet; the admins hear of it in any case. Whoever objected to being rated asked
// all the same (domain rules 16 and 31): of them it tells quietly, and of no prospect.
func (l *Lead) escalate(a Alarm, s *score.Result, r *Rater, now time.Time) {
	alert := l.alert(a.Alert, s, r)
	alert.Quiet, alert.Escalation = a.Quiet, a.Kind
	if l.Objected {
		alert.Kind, alert.Quiet = KindHandRaise, true
	}
	e := Event{Alert: alert}
	if a.Kind == AlarmEverybody {
		e.Except = append([]string{a.Except}, l.sleepers(now)...)
	} else {
		e.Roles = []string{RoleAdmin}
	}
	l.ringing(a, e, now)
}

// ringing puts an alarm's event into the outbox, under an id made from its cause
// alone, so that a contact and the one that it is part of tell of it once.
func (l *Lead) ringing(a Alarm, e Event, now time.Time) {
	e.ID, e.Type, e.Lead, e.At = a.Cause+"."+a.Kind, TypeAlert, l.ID, now
	if a.Kind == AlarmMissed {
		e.ID += "." + a.By
	}
	l.Outbox = append(l.Outbox, e)
}
