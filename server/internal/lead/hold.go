package lead

import (
	"time"

	"assay/shared/model"
)

var gateNames = []struct {
	bit  model.GateBit
	name string
}{{model.GateHoneypot, "honeypot"}, {model.GateCompetitor, "competitor"},
	{model.GateDisposable, "disposable_mail"}, {model.GateCountry, "blocked_country"}}

// hold keeps a contact for review while a gate says so.
func (l *Lead) hold(gates model.GateBit, now time.Time) {
	if gates == 0 {
		l.Hold = nil
		return
	}
	if l.Hold == nil {
		l.Hold = &Hold{Since: now, Due: workingDays(now, 2)}
	}
	l.Hold.Reasons = nil
	for _, g := range gateNames {
		if gates&g.bit != 0 {
			l.Hold.Reasons = append(l.Hold.Reasons, g.name)
		}
	}
}

// workingDays gives the instant some working days (Monday to Friday) later.
func workingDays(t time.Time, days int) time.Time {
	for days > 0 {
		t = t.AddDate(0, 0, 1)
		if d := t.Weekday(); d != time.Saturday && d != time.Sunday {
			days--
		}
	}
	return t
}
