package httpapi

import (
	"strconv"
	"time"

	"assay/server/internal/lead"
)

const (
	maxAmount    = 1e15 // of the currency's smallest unit
	maxDealStage = 100  // bytes
)

// deal reads what is said of an opportunity: each member is kept as it is until
// another says something else, and an empty text takes it away. An amount comes
// with its currency.
func deal(m *members, do *lead.Doing, _ time.Time) {
	do.Deal = map[string]string{}
	if amount, ok := m.whole("amount", maxAmount); ok {
		do.Deal["amount"], do.Deal["currency"] = strconv.FormatInt(amount, 10), m.currency("currency")
	} else if m.has("currency") {
		m.text("currency", maxID)
		m.fault("currency", "without_amount", "want the amount with its currency")
	}
	if m.has("terms") {
		do.Deal["terms"] = m.note("terms")
	}
	if m.has("stage") {
		do.Deal["stage"] = m.text("stage", maxDealStage)
	}
	if m.has("expected_close") {
		do.Deal["expected_close"] = m.day("expected_close")
	}
}

// dealChange is a deal of which at least one thing is said.
func dealChange(m *members, do *lead.Doing, now time.Time) {
	before := len(m.faults.list)
	deal(m, do, now)
	if len(do.Deal) == 0 && len(m.faults.list) == before {
		m.fault("amount", "required", "want amount and currency, terms, stage or expected_close")
	}
}

// currency reads a code of ISO 4217 that must be there.
func (m *members) currency(name string) string {
	s := m.required(name, maxID)
	sound := len(s) == 3
	for _, c := range []byte(s) {
		sound = sound && c >= 'A' && c <= 'Z'
	}
	if s != "" && !sound {
		m.fault(name, "unknown_value", "want a code of three capitals, such as EUR")
	}
	return s
}

// day reads a day; an empty text is none.
func (m *members) day(name string) string {
	s := m.text(name, maxID)
	if at, err := time.Parse(time.DateOnly, s); s != "" && (err != nil || at.Year() < 1970) {
		m.fault(name, "invalid_day", "want a day as in 2026-11-30")
	}
	return s
}
