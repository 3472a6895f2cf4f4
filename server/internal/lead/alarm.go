package lead

import (
	"cmp"
	"slices"
	"time"

	"assay/shared/score"
)

// Kinds of alarms.
const (
	AlarmReminder  = "reminder"  // a person wants to hear of the lead again
	AlarmSnooze    = "snooze"    // until then a person wants to hear nothing
	AlarmEverybody = "everybody" // whom an ask was addressed to did not take it
	AlarmAdmins    = "admins"    // nobody took an ask
)

// Alarm is something that a lead tells of at an instant, once. It is part of
// the standing: what was told stays told.
type Alarm struct {
	Kind   string    `json:"kind"`
	At     time.Time `json:"at"`
	Cause  string    `json:"cause"`            // the action that set it, or the alert that nobody took
	By     string    `json:"by,omitempty"`     // who set it: a person's id
	Alert  string    `json:"alert,omitempty"`  // kind of that alert
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
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.CompactFunc(all, sameAlarm)
}

func sameAlarm(a, b Alarm) bool { return a.Kind == b.Kind && a.Cause == b.Cause }

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

func (l *Lead) snoozed(now time.Time) bool { return l.SnoozedUntil().After(now) }

// nextAlarm gives when the lead next tells of something by itself, or zero for
// never. While it is snoozed, that is when the snooze ends.
func (l *Lead) nextAlarm() time.Time {
	if until := l.SnoozedUntil(); !until.IsZero() || len(l.Alarms) == 0 {
		return until
	}
	return l.Alarms[0].At
}

// ring tells of the alarms that are due. At the end of a snooze one alert stands
// for all that it held.
func (l *Lead) ring(s *score.Result, r *Rater, now time.Time) {
	if l.snoozed(now) {
		return
	}
	held := l.SnoozedUntil()
	due := func(a Alarm) bool { return !a.At.After(now) }
	for _, a := range l.Alarms {
		switch {
		case !due(a) || a.At.Before(held):
		case a.Kind == AlarmSnooze:
			l.followUp(a, ReasonSnoozed, s, r, now)
		case a.At.Equal(held):
		case a.escalates():
			if l.Owner == "" && !l.Objected { // a merge may bring the ask of one together with the owner, or the objection, of another
				l.escalate(a, s, r, now)
			}
		default:
			l.followUp(a, ReasonReminder, s, r, now)
		}
	}
	l.silence(due)
}

// Why somebody should look at a lead again: Alert.Reason of a follow-up.
const (
	ReasonReminder = "reminder" // a person wanted it
	ReasonSnoozed  = "snoozed"  // a snooze ended
	ReasonReview   = "review"   // a held or suspect contact waited too long
)

// followUp alerts the owner, or whoever asked for it while there is none, or
// everybody where that was a program. The
// words of a reminder stay with the lead (Lead.Wrote), so that erasing it is enough.
func (l *Lead) followUp(a Alarm, why string, s *score.Result, r *Rater, now time.Time) {
	alert := l.alert(KindFollowUp, s, r)
	alert.Why, alert.Action = why, a.Cause
	e := Event{Alert: alert}
	if who := cmp.Or(l.Owner, a.By); who != "" {
		e.For = []string{who}
	}
	l.ringing(a, e, now)
}

// escalate tells more people of an ask that nobody took.
func (l *Lead) escalate(a Alarm, s *score.Result, r *Rater, now time.Time) {
	alert := l.alert(a.Alert, s, r)
	alert.Quiet, alert.Escalation = a.Quiet, a.Kind
	e := Event{Alert: alert}
	if a.Kind == AlarmEverybody {
		e.Except = []string{a.Except}
	} else {
		e.Roles = []string{RoleAdmin}
	}
	l.ringing(a, e, now)
}

// ringing puts an alarm's event into the outbox, under an id made from its cause
// alone, so that a contact and the one that it is part of tell of it once.
func (l *Lead) ringing(a Alarm, e Event, now time.Time) {
	e.ID, e.Type, e.Lead, e.At = a.Cause+"."+a.Kind, TypeAlert, l.ID, now
	l.Outbox = append(l.Outbox, e)
}

// review alerts those who review to a contact that waits for them, once and
// quietly: there may be many (domain rule 6).
func (l *Lead) review(s *score.Result, r *Rater, now time.Time) {
	if !l.unreviewed() || l.Hold.Due.After(now) {
		return
	}
	since := l.Hold.Since
	l.toldOfHold()
	if l.snoozed(now) {
		return
	}
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
