package auth

import (
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // machines without zone files serve people and sites of all zones
)

// Hours are some of the week, by the clocks of a place: those in which a person
// wants to hear something, or in which a site works. When To is not after From
// they end on the day after.
type Hours struct {
	Zone string   `json:"zone"` // IANA name, such as Europe/Berlin
	Days []string `json:"days"` // on which they begin: mon, tue, wed, thu, fri, sat, sun
	From string   `json:"from"` // such as 09:00
	To   string   `json:"to"`   // such as 17:30; not part of them
}

var dayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} // as time.Weekday counts

// IsZero reports whether nothing is said of the hours.
func (h *Hours) IsZero() bool { return h.Zone == "" && len(h.Days) == 0 && h.From == "" && h.To == "" }

// fault gives the first member that is wrong and what is wanted of it; nothing
// for hours that can be used.
func (h *Hours) fault() (member, want string) {
	if h.Zone == "" || h.Zone == "Local" || zoneOf(h.Zone) == nil { // Local is another on every machine
		return "zone", "want a time zone such as Europe/Berlin"
	}
	unknown := func(day string) bool { return !slices.Contains(dayNames, day) }
	if len(h.Days) == 0 || len(h.Days) > len(dayNames) || slices.ContainsFunc(h.Days, unknown) {
		return "days", "want days of mon, tue, wed, thu, fri, sat, sun"
	}
	if _, ok := minutes(h.From); !ok {
		return "from", "want times such as 09:00"
	}
	if _, ok := minutes(h.To); !ok {
		return "to", "want times such as 09:00"
	}
	return "", ""
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
