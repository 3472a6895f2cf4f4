package lead

import (
	"slices"
	"time"
)

// Roles that events are addressed to, as people have them.
const (
	RoleAdmin    = "admin"
	RoleMarketer = "marketer"
)

// Routing says who hears of a new prospect or an ask that nobody takes, and
// when. The zero value tells nobody twice.
type Routing struct {
	Everybody time.Duration // in working hours, until one that was addressed to somebody goes to all; 0: never
	Admins    time.Duration // in working hours, until it goes to the admins; 0: never
	Hours     Hours
}

// Routing's defaults (site settings).
const (
	DefaultEverybody = 5 * time.Minute
	DefaultAdmins    = 15 * time.Minute
)

// Save writes a lead. What it tells of a new prospect or an ask goes to the one
// person who owns leads of the same company, if there is one; and from then on
// the lead waits for somebody to take it.
func Save(tx Tx, l *Lead, r *Rater) error {
	for i := range l.Outbox {
		if e := &l.Outbox[i]; e.fresh {
			e.fresh = false
			if err := l.route(tx, e, r); err != nil {
				return err
			}
		}
	}
	return tx.SaveLead(l)
}

func (l *Lead) route(tx Tx, e *Event, r *Rater) error {
	if l.Owner != "" || e.Alert.Kind != KindProspect && e.Alert.Kind != KindHandRaise {
		return nil
	}
	owners, err := tx.Owners(l.Domain, 2)
	if err != nil {
		return err
	}
	if len(owners) == 1 {
		e.For = owners
	}
	l.await(e, &r.Routing)
	return nil
}

// await sets the alarms of an ask. One that waits already is not put off by
// another.
func (l *Lead) await(e *Event, to *Routing) {
	a := Alarm{Cause: e.ID, Alert: e.Alert.Kind, Quiet: e.Alert.Quiet}
	for _, step := range []struct {
		kind  string
		after time.Duration
	}{{AlarmEverybody, to.Everybody}, {AlarmAdmins, to.Admins}} {
		a.Kind = step.kind
		waits := slices.ContainsFunc(l.Alarms, func(b Alarm) bool { return b.Kind == a.Kind })
		if step.after <= 0 || waits {
			continue
		}
		a.Except = ""
		if a.Kind == AlarmEverybody {
			if len(e.For) == 0 {
				continue
			}
			a.Except = e.For[0]
		}
		a.At = to.Hours.After(e.At, step.after).UTC()
		l.stand(func(st *Standing) { st.alarm(a) })
	}
	l.sooner(l.nextAlarm())
}
