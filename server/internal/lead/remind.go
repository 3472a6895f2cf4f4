package lead

import (
	"slices"
	"time"
)

// remind sets a reminder, which alerts the lead's owner, or whoever set it while
// there is none.
func (l *Lead) remind(d *Doing, _ *Rater, now time.Time) error {
	if !d.At.After(now) {
		return ErrPast
	}
	if l.waiting() >= MaxReminders {
		return ErrFull
	}
	l.record(d.Do, d.By, now, d.args(now))
	l.setAlarm(AlarmReminder, d)
	return nil
}

// snooze holds what the clock would tell of the lead, and what its engagement
// would; never an ask. A later snooze takes the place of an earlier one.
func (l *Lead) snooze(d *Doing, r *Rater, now time.Time) error {
	if !d.At.After(now) {
		return ErrPast
	}
	l.record(d.Do, d.By, now, d.args(now))
	l.silence(func(a Alarm) bool { return a.Kind == AlarmSnooze })
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
	l.sooner(l.nextAlarm())
}

// shownReminders is how many reminders a lead is shown with.
const shownReminders = 50

// Reminder is one that a person set.
type Reminder struct {
	ID    string    `json:"id"`
	At    time.Time `json:"at"`
	By    string    `json:"by"` // a person's id
	Text  string    `json:"text"`
	Waits bool      `json:"waits"` // false once it was told of
}

// Reminders gives those that were set last, in the order in which they are due.
func (l *Lead) Reminders() []Reminder {
	list := []Reminder{}
	for i := len(l.Actions) - 1; i >= 0 && len(list) < shownReminders; i-- {
		if a := &l.Actions[i]; a.Do == ActionRemind {
			list = append(list, Reminder{ID: a.ID, At: instant(a.Args["at"]), By: a.By, Text: a.Args["text"], Waits: l.waitsFor(a.ID)})
		}
	}
	slices.SortStableFunc(list, func(a, b Reminder) int { return a.At.Compare(b.At) })
	return list
}

func (l *Lead) waitsFor(cause string) bool {
	return slices.ContainsFunc(l.Alarms, func(a Alarm) bool { return a.Cause == cause })
}

// waiting gives how many reminders wait.
func (l *Lead) waiting() (n int) {
	for _, a := range l.Alarms {
		if a.Kind == AlarmReminder {
			n++
		}
	}
	return n
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
