package lead

import (
	"cmp"
	"slices"
	"time"
)

// Kinds of alarms.
const (
	AlarmReminder  = "reminder"  // a person wants to hear of the lead again
	AlarmSnooze    = "snooze"    // until then a person wants to hear nothing
	AlarmEverybody = "everybody" // whom an ask was addressed to did not take it
	AlarmAdmins    = "admins"    // nobody took an ask
	AlarmMissed    = "missed"    // all but whoever wanted quiet were told
)

// Alarm is something that a lead tells of at an instant, once. It is part of
// the standing: what was told stays told.
type Alarm struct {
	Kind   string    `json:"kind"`
	At     time.Time `json:"at"`
	Cause  string    `json:"cause"`            // the action that set it, or the alert that nobody took
	By     string    `json:"by,omitempty"`     // who set it, or missed it: a person's id
	Alert  string    `json:"alert,omitempty"`  // kind of that alert, or of what was missed
	Quiet  bool      `json:"quiet,omitempty"`  // as that alert
	Except string    `json:"except,omitempty"` // whom that alert was addressed to
}

// alarm adds an alarm to a standing, without touching what copies of it have.
func (s *Standing) alarm(a Alarm) {
	s.Alarms = joinAlarms(s.Alarms, []Alarm{a})
}

// joinAlarms gives the alarms of both, the soonest first, each once.
func joinAlarms(a, b []Alarm) []Alarm {
	if len(a)+len(b) == 0 {
		return nil
	}
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(a, b Alarm) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.By, b.By))
	})
	return slices.CompactFunc(all, sameAlarm)
}

func sameAlarm(a, b Alarm) bool {
	return a.Kind == b.Kind && a.Cause == b.Cause && (a.Kind != AlarmMissed || a.By == b.By)
}

// silence takes alarms out of a standing, without touching what copies of it have.
func (s *Standing) silence(which func(Alarm) bool) {
	if !slices.ContainsFunc(s.Alarms, which) {
		return
	}
	var left []Alarm
	for _, a := range s.Alarms {
		if !which(a) {
			left = append(left, a)
		}
	}
	s.Alarms = left
}

func (l *Lead) silence(which func(Alarm) bool) {
	l.stand(func(st *Standing) { st.silence(which) })
}

// escalates reports whether an alarm is for an ask that nobody took.
func (a Alarm) escalates() bool { return a.Kind == AlarmEverybody || a.Kind == AlarmAdmins }

// calm ends the wait for somebody to take the lead.
func (l *Lead) calm() { l.silence(Alarm.escalates) }

// apart ends, of a contact that was part of a whole, the waits for somebody that
// fell due meanwhile: the whole told of them, or somebody had it. Those to come
// stay, unless the contact itself has an owner. What people called off stays so.
func (l *Lead) apart(whole *Lead, r *Rater, now time.Time) error {
	l.silence(func(a Alarm) bool {
		waits := slices.ContainsFunc(whole.Alarms, func(b Alarm) bool { return sameAlarm(a, b) })
		return l.calledOff(a.Cause) != nil || a.escalates() && (l.Owner != "" || !a.At.After(now) && !waits)
	})
	return l.schedule(r)
}

// SnoozedUntil gives when the last snooze ends, or zero for none.
func (l *Lead) SnoozedUntil() (until time.Time) {
	for _, a := range l.Alarms {
		if a.Kind == AlarmSnooze && a.At.After(until) {
			until = a.At
		}
	}
	return until
}
