package lead

import (
	"cmp"
	"slices"
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
	held := Hold{Since: now, Due: workingDays(now, 2)}
	if l.Hold != nil {
		held.Since, held.Due, held.Told = l.Hold.Since, l.Hold.Due, l.Hold.Told
	}
	for _, g := range gateNames {
		if gates&g.bit != 0 {
			held.Reasons = append(held.Reasons, g.name)
		}
	}
	l.Hold = &held
}

// gated gives what of a hold gates say, but for those that a reviewer found
// harmless: nil for none.
func (h *Hold) gated(cleared model.GateBit) *Hold {
	if h == nil {
		return nil
	}
	left := *h
	left.Reasons = nil
	for _, g := range gateNames {
		if cleared&g.bit == 0 && slices.Contains(h.Reasons, g.name) {
			left.Reasons = append(left.Reasons, g.name)
		}
	}
	if left.Reasons == nil {
		return nil
	}
	return &left
}

// longest gives of two holds the one that lasts longer. It is the same whichever
// comes first.
func longest(a, b *Hold) *Hold {
	if a == nil || b != nil && cmp.Or(b.Since.Compare(a.Since), slices.Compare(b.Reasons, a.Reasons), -cmp.Compare(number(b.Told), number(a.Told))) < 0 {
		return b
	}
	return a
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
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
