package httpapi

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"assay/server/internal/lead"
)

// has reports whether a member is there, without reading it.
func (m *members) has(name string) bool {
	return slices.ContainsFunc(m.list, func(x member) bool { return x.name == name && string(x.value) != "null" })
}

// oneOf reads a text that must be one of some.
func (m *members) oneOf(name string, names []string) string {
	s := m.required(name, maxID)
	if s != "" && !slices.Contains(names, s) {
		m.fault(name, "unknown_value", "want %s", strings.Join(names, ", "))
	}
	return s
}

// note reads a text that a person wrote; a missing one is empty.
func (m *members) note(name string) string {
	s := m.text(name, lead.MaxText*utf8.UTFMax)
	if utf8.RuneCountInString(s) > lead.MaxText {
		m.fault(name, "too_long", "want at most %d characters", lead.MaxText)
	}
	return s
}

// past reads an instant; a missing one is zero, for now.
func (m *members) past(name string) time.Time {
	s := m.text(name, maxID)
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || at.Year() < 1970 {
		m.fault(name, "invalid_time", "want a time as in 2026-11-22T10:00:00Z")
	}
	return at
}

// maxAhead is how far ahead a reminder or a snooze may be.
const maxAhead = 2 * 366 * 24 * time.Hour

// future reads an instant to come that must be there; an empty text is zero, and
// takes back what was set before.
func (m *members) future(name string, now time.Time) time.Time {
	s := m.text(name, maxID)
	if !m.has(name) {
		m.fault(name, "required", "want a time to come, or an empty text to take one back")
	}
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, s)
	switch {
	case err != nil:
		m.fault(name, "invalid_time", "want a time as in 2026-11-22T10:00:00Z")
	case !at.After(now):
		m.fault(name, "in_past", "want a time to come")
	case at.After(now.Add(maxAhead)):
		m.fault(name, "too_far", "want a time within two years")
	}
	return at
}

// whole reads a whole number of at least 0; ok is false when it is missing or at
// fault.
func (m *members) whole(name string, most int64) (n int64, ok bool) {
	b, ok := m.take(name)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil || n < 0 || n > most {
		m.fault(name, "out_of_range", "want a whole number from 0 to %d", most)
		return 0, false
	}
	return n, true
}
