package lead

import (
	"cmp"
	"slices"
	"time"

	"assay/shared/score"
)

// A snooze is one rep's wish for quiet about a lead, not the company's. It holds
// what that rep would be told; what all would be told, all others are. Only where
// the rep has the lead are heat, live visits and stays held for everybody: it is
// that rep's to work. A program's is the owner's, or everybody's while there is none.

// snoozer gives whose quiet a snooze is; empty for everybody's.
func (l *Lead) snoozer(a Alarm) string { return cmp.Or(a.By, l.Owner) }

// sleeps gives when the last snooze ends that holds what a person is told, or
// zero for none. Of nobody, only everybody's count.
func (l *Lead) sleeps(person string) (until time.Time) {
	for _, a := range l.Alarms {
		if a.Kind == AlarmSnooze && a.At.After(until) {
			if who := l.snoozer(a); who == "" || who == person {
				until = a.At
			}
		}
	}
	return until
}

func (l *Lead) asleep(person string, now time.Time) bool { return l.sleeps(person).After(now) }

// hushed reports whether nobody is to hear of what the lead does by itself.
func (l *Lead) hushed(now time.Time) bool { return l.asleep(l.Owner, now) }

// sleepers gives who wants quiet about the lead.
func (l *Lead) sleepers(now time.Time) (people []string) {
	for _, a := range l.Alarms {
		if who := l.snoozer(a); a.Kind == AlarmSnooze && a.At.After(now) && who != "" && !slices.Contains(people, who) {
			people = append(people, who)
		}
	}
	return people
}

// wakers gives whose snooze ends by itself at this look, if that was not before
// an instant: its alert stands for what fell due then. All is everybody's.
func (l *Lead) wakers(fell, now time.Time) (people []string, all bool) {
	for _, a := range l.Alarms {
		who := l.snoozer(a)
		switch {
		case a.Kind != AlarmSnooze, a.At.Before(fell), l.asleep(who, now), slices.Contains(people, who):
		case who == "":
			all = true
		default:
			people = append(people, who)
		}
	}
	return people, all
}

// covered reports whether the alert at the end of a snooze stands for an alarm.
func (l *Lead) covered(a Alarm, now time.Time) bool {
	hears := l.hears(a)
	return !a.escalates() && !l.asleep(hears, now) && slices.ContainsFunc(l.Alarms, func(b Alarm) bool {
		who := l.snoozer(b)
		if b.Kind != AlarmSnooze || who != "" && who != hears || l.asleep(who, now) || a.At.After(b.At) {
			return false
		}
		return a.Kind != AlarmSnooze || a.At.Before(b.At) || who == hears && a.Cause < b.Cause
	})
}

// missed notes for each of some people what all others were told while they
// wanted quiet: who ends that by hand is told then.
func (l *Lead) missed(people []string, of Alarm, now time.Time) {
	of.Kind, of.At = AlarmMissed, now.UTC()
	for _, of.By = range people {
		l.stand(func(st *Standing) { st.alarm(of) })
	}
}

// catchUp tells a person what all others were told, unless the stay is over.
func (l *Lead) catchUp(a Alarm, s *score.Result, r *Rater, now time.Time) {
	if a.Alert != KindStalled {
		why := ReasonReminder
		if set := l.action(a.Cause); set != nil && set.Do == ActionSnooze { // a program's, which ended
			why = ReasonSnoozed
		}
		l.followUp(a, why, s, r, now)
		return
	}
	if a.At.Unix() >= l.State.Since && l.tooLong(r, now) {
		l.ringing(a, Event{For: []string{a.By}, Alert: l.alert(KindStalled, s, r)}, now)
	}
}

// roused has the clock look when another owner is told what the last one's
// snooze held.
func (l *Lead) roused(now time.Time) {
	l.sooner(l.nextAlarm())
	if l.StallHeld == l.State.Since && l.StallTold != l.State.Since && !l.Objected && !l.hushed(now) {
		l.sooner(now)
	}
}
