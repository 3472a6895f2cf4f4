package lead

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"
)

func hours(t *testing.T, from, to, zone string, days ...string) Hours {
	t.Helper()
	h, err := ParseHours(days, from, to, zone)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestTheClockStandsStillOutsideOfWorkingHours(t *testing.T) {
	week := []string{"mon", "tue", "wed", "thu", "fri"}
	office := hours(t, "09:00", "17:00", "Europe/Berlin", week...)
	night := hours(t, "22:00", "06:00", "Europe/Berlin", "fri", "sat")
	whole := hours(t, "00:00", "00:00", "Europe/Berlin", "sat", "sun")
	for _, c := range []struct {
		what       string
		h          Hours
		from, want string
		d          time.Duration
	}{
		{"without hours it never stands still", Hours{}, "2026-11-21T23:58:00Z", "2026-11-22T00:03:00Z", 5 * time.Minute},
		{"within a shift", office, "2026-11-20T10:00:00+01:00", "2026-11-20T10:15:00+01:00", 15 * time.Minute},
		{"before a shift", office, "2026-11-20T07:00:00+01:00", "2026-11-20T09:15:00+01:00", 15 * time.Minute},
		{"to the very end of a shift", office, "2026-11-20T16:45:00+01:00", "2026-11-20T17:00:00+01:00", 15 * time.Minute},
		{"over a night", office, "2026-11-19T16:50:00+01:00", "2026-11-20T09:05:00+01:00", 15 * time.Minute},
		{"over a week end", office, "2026-11-20T16:50:00+01:00", "2026-11-23T09:05:00+01:00", 15 * time.Minute},
		{"on a Sunday", office, "2026-11-22T12:00:00+01:00", "2026-11-23T09:15:00+01:00", 15 * time.Minute},
		{"over several days", office, "2026-11-18T12:00:00+01:00", "2026-11-20T12:00:00+01:00", 16 * time.Hour},
		{"told in another zone", office, "2026-11-20T15:50:00Z", "2026-11-23T08:05:00Z", 15 * time.Minute},
		{"in a shift that began yesterday", night, "2026-11-22T05:50:00+01:00", "2026-11-22T06:00:00+01:00", 10 * time.Minute},
		{"after the last shift of the week", night, "2026-11-22T05:50:00+01:00", "2026-11-27T22:05:00+01:00", 15 * time.Minute},
		{"from one night into the next", night, "2026-11-21T05:50:00+01:00", "2026-11-21T22:05:00+01:00", 15 * time.Minute},
		{"whole days run into each other", whole, "2026-11-21T23:50:00+01:00", "2026-11-22T00:05:00+01:00", 15 * time.Minute},
		{"and end with the last", whole, "2026-11-22T23:50:00+01:00", "2026-11-28T00:05:00+01:00", 15 * time.Minute},
		{"nine in the morning is an hour sooner after the clocks went forward", office, "2026-03-27T16:50:00+01:00", "2026-03-30T09:05:00+02:00", 15 * time.Minute},
		{"and an hour later after they went back", office, "2026-10-23T16:50:00+02:00", "2026-10-26T09:05:00+01:00", 15 * time.Minute},
		{"a night in which they go forward has seven hours", night, "2026-03-28T22:00:00+01:00", "2026-04-03T22:01:00+02:00", 7*time.Hour + time.Minute},
		{"and one in which they go back nine", night, "2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00", 9 * time.Hour},
	} {
		from, err1 := time.Parse(time.RFC3339, c.from)
		want, err2 := time.Parse(time.RFC3339, c.want)
		if got := c.h.After(from, c.d); errors.Join(err1, err2) != nil || !got.Equal(want) {
			t.Errorf("%s: %s after %s is %s, want %s", c.what, c.d, c.from, got.In(want.Location()).Format(time.RFC3339), c.want)
		}
	}
}

// However long, the clock ends somewhere, and no waiting ends before it could.
func TestWorkingTimeNeverRunsFasterThanTime(t *testing.T) {
	thin := hours(t, "12:00", "12:01", "Asia/Kathmandu", "wed")
	start := time.Date(2026, 2, 28, 3, 4, 5, 6, time.UTC)
	last := start
	for d := time.Minute; d < 1000*time.Hour; d *= 3 {
		at := thin.After(start, d)
		if at.Before(last) || at.Sub(start) < d {
			t.Errorf("%s end at %s", d, at)
		}
		last = at
	}
}

func TestHoursThatCannotBeReadAreRefused(t *testing.T) {
	for _, c := range [][]string{{"09:00", "17:00", "Europe/Berlin", "someday"}, {"nine", "17:00", "Europe/Berlin", "mon"},
		{"09:00", "24:30", "Europe/Berlin", "mon"}, {"09:00", "17:00", "Middle/Earth", "mon"}} {
		if h, err := ParseHours(c[3:], c[0], c[1], c[2]); !errors.Is(err, ErrHours) || h != (Hours{}) {
			t.Errorf("%v gives %+v, %v", c, h, err)
		}
	}
	if h, err := ParseHours(nil, "nine", "", ""); err != nil || h != (Hours{}) {
		t.Errorf("no day at all gives %+v, %v", h, err)
	}
}
