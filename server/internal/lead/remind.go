package lead

import "time"

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

// snooze holds what the clock would tell of the lead, and what its engagement
// would; never an ask. A later snooze takes the place of an earlier one, and one
// without an instant ends it: what fell due meanwhile is then told.
func (l *Lead) snooze(d *Doing, r *Rater, now time.Time) error {
	snoozes := func(a Alarm) bool { return a.Kind == AlarmSnooze }
	if d.At.IsZero() {
		return l.callOff(snoozes, d, r, now)
	}
	if !d.At.After(now) {
		return ErrPastSnooze
	}
	l.record(d.Do, d.By, now, d.args(now))
	l.silence(snoozes)
	l.setAlarm(AlarmSnooze, d)
	return l.schedule(r) // the clock need not look when an earlier one would have ended
}

// setAlarm sets the alarm of the newest action.
func (l *Lead) setAlarm(kind string, d *Doing) {
	a := Alarm{Kind: kind, At: d.At.UTC(), Cause: l.Actions[len(l.Actions)-1].ID, By: d.By}
	if d.Program {
		a.By = ""
	}
	l.stand(func(st *Standing) { st.alarm(a) })
}
