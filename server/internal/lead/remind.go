package lead

import (
	"slices"
	"time"
)

// remind sets a reminder, which alerts the lead's owner, or whoever set it while
// there is none. With the id of one it puts that one off, and without an instant
// it calls off: that one, or all of the person's own that wait.
func (l *Lead) remind(d *Doing, r *Rater, now time.Time) error {
	if d.Reminder != "" && !l.hasReminder(d.Reminder) {
		return ErrReminder
	}
	if d.At.IsZero() {
		return l.callOff(func(a Alarm) bool {
			return a.Kind == AlarmReminder && (a.Cause == d.Reminder || d.Reminder == "" && l.actor(a.Cause) == d.By)
		}, d, r, now)
	}
	if d.Reminder != "" && l.calledOff(d.Reminder) != nil {
		return ErrCalledOff
	}
	earlier := d.Reminder != "" && l.waitsFor(d.Reminder)
	switch {
	case !d.At.After(now):
		return ErrPast
	case !earlier && l.waiting() >= MaxReminders:
		return ErrWaiting
	}
	args := d.args(now)
	if args["text"] == "" && d.Reminder != "" {
		args["text"] = l.Wrote(d.Reminder)
	}
	if earlier {
		args[argEnds] = d.Reminder
	}
	l.record(d.Do, d.By, now, args)
	l.silence(func(a Alarm) bool { return earlier && a.Cause == d.Reminder })
	l.setAlarm(AlarmReminder, d)
	return l.schedule(r)
}

// snooze holds what the clock, or engagement, would tell a person of the lead,
// never an ask. A later one takes the place of the same person's earlier one, and
// one without an instant ends it, or all others' where the person has none: what
// fell due meanwhile is then told.
func (l *Lead) snooze(d *Doing, r *Rater, now time.Time) error {
	snoozes := func(a Alarm) bool { return a.Kind == AlarmSnooze }
	own := func(a Alarm) bool { return snoozes(a) && a.By == d.hears() }
	switch {
	case d.At.IsZero() && slices.ContainsFunc(l.Alarms, own):
		return l.callOff(own, d, r, now)
	case d.At.IsZero():
		return l.callOff(snoozes, d, r, now)
	case !d.At.After(now):
		return ErrPastSnooze
	}
	l.record(d.Do, d.By, now, d.args(now))
	l.silence(own)
	l.setAlarm(AlarmSnooze, d)
	return l.schedule(r) // the clock need not look when an earlier one would have ended
}

// setAlarm sets the alarm of the newest action.
func (l *Lead) setAlarm(kind string, d *Doing) {
	a := Alarm{Kind: kind, At: d.At.UTC(), Cause: l.Actions[len(l.Actions)-1].ID, By: d.hears()}
	l.stand(func(st *Standing) { st.alarm(a) })
}

// hears gives who acts, empty for a program: that hears nothing.
func (d *Doing) hears() string {
	if d.Program {
		return ""
	}
	return d.By
}
