package httpapi

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// query reads parameters by name and collects every fault. An empty parameter
// counts as missing.
type query struct {
	values url.Values
	known  []string
	faults faults
}

func (q *query) text(name string, max int) string {
	q.known = append(q.known, name)
	s := q.values.Get(name)
	if len(s) > max {
		q.fault(name, "too_long", "want at most %d bytes", max)
		return ""
	}
	return s
}

// one reads a parameter that must be one of some words.
func (q *query) one(name string, words ...string) string {
	s := q.text(name, maxID)
	if s != "" && !slices.Contains(words, s) {
		q.fault(name, "unknown_value", "want %s", strings.Join(words, ", "))
		return ""
	}
	return s
}

// number reads a whole number within bounds; without one it is the fallback.
func (q *query) number(name string, min, max, fallback int64) int64 {
	s := q.text(name, maxID)
	if s == "" {
		return fallback
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < min || n > max {
		q.fault(name, "out_of_range", "want a whole number from %d to %d", min, max)
		return fallback
	}
	return n
}

func (q *query) fault(name, code, format string, args ...any) {
	q.faults.add("/"+name, code, format, args...)
}

// sound fails when parameters are wrong, and counts those that mean nothing.
func (a *API) soundQuery(q *query) error {
	for name := range q.values {
		if !slices.Contains(q.known, name) {
			a.Counters.UnknownMembers.Add(1)
		}
	}
	if len(q.faults.list) == 0 {
		return nil
	}
	return invalidQuery(q.faults.list...)
}
