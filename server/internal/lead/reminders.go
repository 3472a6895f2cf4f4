package lead

import (
	"slices"
	"time"
)

// shownReminders is how many reminders a lead is shown with.
const shownReminders = 50

// Reminder is one that a person set.
type Reminder struct {
	ID    string    `json:"id"`
	At    time.Time `json:"at"`
	By    string    `json:"by"` // a person's id
	Text  string    `json:"text"`
	Waits bool      `json:"waits"` // false once it was told of, put off or cancelled
	// Who put it off or cancelled it, and when; a person's id.
	CancelledBy string    `json:"cancelled_by,omitempty"`
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
}

// Reminders gives those that were set last, in the order in which they are due.
func (l *Lead) Reminders() []Reminder {
	list := []Reminder{}
	for i := len(l.Actions) - 1; i >= 0 && len(list) < shownReminders; i-- {
		a := &l.Actions[i]
		if !a.reminds() {
			continue
		}
		r := Reminder{ID: a.ID, At: instant(a.Args["at"]), By: a.By, Text: a.Args["text"], Waits: l.waitsFor(a.ID)}
		if off := l.calledOff(a.ID); off != nil {
			r.CancelledBy, r.CancelledAt = off.By, off.At
		}
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b Reminder) int { return a.At.Compare(b.At) })
	return list
}

// reminds reports whether an action set a reminder.
func (a *Action) reminds() bool { return a.Do == ActionRemind && a.Args["at"] != "" }

func (l *Lead) hasReminder(id string) bool {
	a := l.action(id)
	return a != nil && a.reminds()
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
