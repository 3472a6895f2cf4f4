package lead

import (
	"cmp"
	"slices"
	"time"

	"assay/shared/score"
)

// nextAlarm gives when the lead next tells of something by itself, or zero for
// never. While it is snoozed, that is when the snooze ends, or an ask is passed on.
func (l *Lead) nextAlarm() time.Time {
	until := l.SnoozedUntil()
	for _, a := range l.Alarms { // the soonest first
		if until.IsZero() || a.escalates() && a.At.Before(until) {
			return a.At
		}
	}
	return until
}

// ring tells of the alarms that are due. A snooze is one rep's wish for quiet
// about a lead, not the company's: it holds what people are reminded of, and never
// that nobody took an ask, which has to reach somebody (domain rule 16). At its
// end its alert stands for what it held for the same person.
func (l *Lead) ring(s *score.Result, r *Rater, now time.Time) {
	until := l.SnoozedUntil()
	due := func(a Alarm) bool { return !a.At.After(now) && (a.escalates() || !until.After(now)) }
	for _, a := range l.Alarms {
		switch {
		case !due(a):
		case a.escalates():
			if l.Owner == "" { // a merge may bring the ask of one together with the owner of another
				l.escalate(a, s, r, now)
			}
		case !a.At.After(until) && !a.wakes(until) && l.wakes(l.whom(a), until):
		case a.Kind == AlarmSnooze:
			l.followUp(a, ReasonSnoozed, s, r, now)
		default:
			l.followUp(a, ReasonReminder, s, r, now)
		}
	}
	l.silence(due)
}

// wakes reports whether an alarm is a snooze that ends at an instant.
func (a Alarm) wakes(at time.Time) bool { return a.Kind == AlarmSnooze && a.At.Equal(at) }

// wakes reports whether a snooze that ends at an instant is told to a person.
func (l *Lead) wakes(person string, at time.Time) bool {
	return slices.ContainsFunc(l.Alarms, func(a Alarm) bool {
		who := l.whom(a)
		return a.wakes(at) && (who == "" || who == person)
	})
}

// whom gives who hears of what a person set: the owner, or whoever set it while
// there is none; empty for everybody, where that was a program.
func (l *Lead) whom(a Alarm) string { return cmp.Or(l.Owner, a.By) }

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
	if who := l.whom(a); who != "" {
		e.For = []string{who}
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

// sleepers gives who snoozes the lead.
func (l *Lead) sleepers(now time.Time) (people []string) {
	for _, a := range l.Alarms {
		if a.Kind == AlarmSnooze && a.At.After(now) && a.By != "" {
			people = append(people, a.By)
		}
	}
	return people
}

// ringing puts an alarm's event into the outbox, under an id made from its cause
// alone, so that a contact and the one that it is part of tell of it once.
func (l *Lead) ringing(a Alarm, e Event, now time.Time) {
	e.ID, e.Type, e.Lead, e.At = a.Cause+"."+a.Kind, TypeAlert, l.ID, now
	l.Outbox = append(l.Outbox, e)
}
