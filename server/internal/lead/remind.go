package lead

import (
	"time"
)

// remind sets a reminder, which alerts the lead's owner, or whoever set it while
// there is none.
func (l *Lead) remind(d *Doing, _ *Rater, now time.Time) error {
	if !d.At.After(now) {
		return ErrPast
	}
	if len(l.Reminders()) >= MaxReminders {
		return ErrFull
	}
	l.record(d.Do, d.By, now, d.args(now))
	l.setAlarm(AlarmReminder, d)
	return nil
}

// snooze holds what the clock would tell of the lead, and what its engagement
// would; never an ask. A later snooze takes the place of an earlier one.
func (l *Lead) snooze(d *Doing, _ *Rater, now time.Time) error {
	if !d.At.After(now) {
		return ErrPast
	}
	l.record(d.Do, d.By, now, d.args(now))
	l.silence(func(a Alarm) bool { return a.Kind == AlarmSnooze })
	l.setAlarm(AlarmSnooze, d)
	return nil
}

// setAlarm sets the alarm of the newest action.
func (l *Lead) setAlarm(kind string, d *Doing) {
	a := Alarm{Kind: kind, At: d.At.UTC(), Cause: l.Actions[len(l.Actions)-1].ID, By: d.By}
	if d.Program {
		a.By = ""
	}
	l.stand(func(st *Standing) { st.alarm(a) })
	l.sooner(l.nextAlarm())
}

// Reminder is one that waits.
type Reminder struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	By   string    `json:"by"` // a person's id
	Text string    `json:"text"`
}

// Reminders gives those that wait, the soonest first.
func (l *Lead) Reminders() []Reminder {
	list := []Reminder{}
	for _, a := range l.Alarms {
		if a.Kind == AlarmReminder {
			list = append(list, Reminder{ID: a.Cause, At: a.At, By: a.By, Text: l.Wrote(a.Cause)})
		}
	}
	return list
}

// Wrote gives the words of an action, or "" for an unknown one.
func (l *Lead) Wrote(action string) string {
	for i := range l.Actions {
		if l.Actions[i].ID == action {
			return l.Actions[i].Args["text"]
		}
	}
	return ""
}
