package auth

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// ErrFilter: a filter says something that means nothing. Its text names it.
var ErrFilter = errors.New("auth: unsound filter")

// Bounds of a filter.
const (
	maxFilterList = 50  // members of one list
	maxFilterText = 200 // bytes of one member
)

// Filter says what a person wants to hear of. An empty list lets everything
// pass, and so does a filter that is zero.
type Filter struct {
	Grades    []string `json:"grades,omitempty"`    // cells such as A1 and ?2, or letters such as A
	Countries []string `json:"countries,omitempty"` // the territory, as forms say it; case and accents do not matter
	Forms     []string `json:"forms,omitempty"`     // names
	Kinds     []string `json:"kinds,omitempty"`     // of alerts
	Mine      bool     `json:"mine,omitempty"`      // only what is the person's own, or nobody's
	Hours     *Hours   `json:"hours,omitempty"`     // outside of them the person hears nothing; nil: at any time
}

// Hours are a person's, on some days of the week by the clocks of a place. When
// To is not after From they end on the day after.
type Hours struct {
	Zone string   `json:"zone"` // IANA name, such as Europe/Berlin
	Days []string `json:"days"` // mon, tue, wed, thu, fri, sat, sun
	From string   `json:"from"` // such as 09:00
	To   string   `json:"to"`   // such as 17:30; not part of them
}

var (
	gradeName = regexp.MustCompile(`^[A-D?][1-4]?$`)
	dayNames  = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} // as time.Weekday counts
)

// IsZero reports whether a filter lets everything pass.
func (f *Filter) IsZero() bool {
	return len(f.Grades)+len(f.Countries)+len(f.Forms)+len(f.Kinds) == 0 && !f.Mine && f.Hours == nil
}

// Check gives nil for a filter that can be used, and else an ErrFilter.
func (f *Filter) Check() error {
	for _, list := range [][]string{f.Grades, f.Countries, f.Forms, f.Kinds} {
		if len(list) > maxFilterList {
			return fmt.Errorf("%w: want at most %d of each", ErrFilter, maxFilterList)
		}
		for _, text := range list {
			if strings.TrimSpace(text) == "" || len(text) > maxFilterText {
				return fmt.Errorf("%w: want texts of 1 to %d bytes", ErrFilter, maxFilterText)
			}
		}
	}
	for _, g := range f.Grades {
		if !gradeName.MatchString(g) {
			return fmt.Errorf("%w: grades: want A1 to D4, ?1 to ?4, or a letter", ErrFilter)
		}
	}
	if f.Hours != nil {
		return f.Hours.check()
	}
	return nil
}

func (h *Hours) check() error {
	if h.Zone == "" || h.Zone == "Local" || zoneOf(h.Zone) == nil {
		return fmt.Errorf("%w: hours: want a time zone such as Europe/Berlin", ErrFilter)
	}
	if len(h.Days) == 0 || len(h.Days) > len(dayNames) {
		return fmt.Errorf("%w: hours: want days", ErrFilter)
	}
	for _, d := range h.Days {
		if !slices.Contains(dayNames, d) {
			return fmt.Errorf("%w: hours: want days of mon, tue, wed, thu, fri, sat, sun", ErrFilter)
		}
	}
	_, from := minutes(h.From)
	_, to := minutes(h.To)
	if !from || !to {
		return fmt.Errorf("%w: hours: want times such as 09:00", ErrFilter)
	}
	return nil
}

// minutes gives a time of day in minutes.
func minutes(clock string) (n int, ok bool) {
	t, err := time.Parse("15:04", clock)
	return t.Hour()*60 + t.Minute(), err == nil
}

// Include reports whether an instant is among the hours. Those of a place that
// this machine does not know include every instant.
func (h *Hours) Include(at time.Time) bool {
	zone := zoneOf(h.Zone)
	if zone == nil {
		return true
	}
	at = at.In(zone)
	from, _ := minutes(h.From)
	to, _ := minutes(h.To)
	now, today := at.Hour()*60+at.Minute(), int(at.Weekday())
	works := func(day int) bool { return slices.Contains(h.Days, dayNames[(day+7)%7]) }
	if from < to {
		return works(today) && from <= now && now < to
	}
	return works(today) && from <= now || works(today-1) && now < to
}

// zones are the time zones known so far, by name: reading one is slow.
var zones sync.Map

// zoneOf gives a time zone, nil for an unknown one.
func zoneOf(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	zones.Store(name, z)
	return z
}
