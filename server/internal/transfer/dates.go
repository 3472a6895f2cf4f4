package transfer

import (
	"strconv"
	"strings"
	"time"
)

// order says what comes first in a date such as 3/4/2025.
type order uint8

const (
	monthFirst order = iota
	dayFirst
)

var orderNames = [...]string{monthFirst: "month_first", dayFirst: "day_first"}

// layouts are dates that are plain whatever the order; a time of day follows.
var layouts = []string{"2006-01-02", "2006/01/02", "Jan 2, 2006", "2 Jan 2006", "January 2, 2006", "2 January 2006", "20060102"}

// clocks are times of day behind a date. Without a zone they are UTC.
var clocks = []string{"", " 15:04:05", " 15:04", " 3:04 PM", " 3:04:05 PM", "T15:04:05", "T15:04:05Z07:00", "T15:04:05Z0700",
	" 15:04:05Z07:00", " 15:04:05 Z0700", " 15:04:05 MST", " 3:04 PM MST", ", 15:04", ", 3:04 PM"}

// date reads an instant, also as seconds or milliseconds since 1970.
func date(s string, o order) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 9 {
		if len(s) >= 12 {
			return sane(time.UnixMilli(n))
		}
		return sane(time.Unix(n, 0))
	}
	if a, b, year, rest, ok := parts(s); ok {
		month, day := a, b
		if o == dayFirst {
			month, day = b, a
		}
		s = year + "-" + two(month) + "-" + two(day) + rest
	}
	for _, day := range layouts {
		for _, clock := range clocks {
			if t, err := time.Parse(day+clock, s); err == nil {
				return sane(t)
			}
		}
	}
	return time.Time{}, false
}

// sane refuses what no contact's record can be of.
func sane(t time.Time) (time.Time, bool) {
	return t.UTC(), t.Year() >= 1970 && t.Year() < 2200
}

// parts takes apart a date of three numbers of which the year is the last.
func parts(s string) (a, b int, year, rest string, ok bool) {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || strings.IndexByte("/.-", s[end]) >= 0) {
		end++
	}
	list := strings.FieldsFunc(s[:end], func(c rune) bool { return c < '0' })
	if len(list) != 3 || len(list[0]) > 2 || len(list[1]) > 2 || len(list[2]) != 4 && len(list[2]) != 2 {
		return 0, 0, "", "", false
	}
	a, _ = strconv.Atoi(list[0]) // digits alone
	b, _ = strconv.Atoi(list[1])
	if year = list[2]; len(year) == 2 {
		year = "20" + year
	}
	return a, b, year, s[end:], true
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// orderOf guesses the order of a column's dates. It is sure where a number above
// 12 tells, or a dot between them: dots go with the day first.
func orderOf(samples []string) (o order, sure bool) {
	day, month, dots, any := 0, 0, 0, 0
	for _, s := range samples {
		a, b, _, _, ok := parts(strings.TrimSpace(s))
		if !ok {
			continue
		}
		any++
		switch {
		case a > 12:
			day++
		case b > 12:
			month++
		}
		if strings.IndexByte(s, '.') > 0 {
			dots++
		}
	}
	switch {
	case day > 0 || month > 0:
		return order(min(day, 1)), day == 0 || month == 0
	case dots > 0:
		return dayFirst, true
	}
	return monthFirst, any == 0
}
