package lead

import (
	"errors"
	"strings"
	"time"
)

// Hours are the working hours of a site. The zero value is all hours of all
// days.
type Hours struct {
	Days [7]bool // on which a shift begins, by time.Weekday
	From int     // minute of the day at which it begins
	To   int     // minute at which it ends: of the next day if it is not after From
	Zone *time.Location
}

const dayMinutes = 24 * 60

// ErrHours: working hours are days (mon, tue …), two times (09:00) and the name
// of a time zone (Europe/Berlin), or nothing at all.
var ErrHours = errors.New("lead: want working hours as days like mon, times like 09:00 and a zone like Europe/Berlin")

var dayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseHours reads working hours as settings write them. No day means all hours
// of all days. It fails with ErrHours.
func ParseHours(days []string, from, to, zone string) (Hours, error) {
	var h Hours
	if len(days) == 0 {
		return h, nil
	}
	for _, name := range days {
		known := false
		for d, day := range dayNames {
			if strings.EqualFold(day, name) {
				h.Days[d], known = true, true
			}
		}
		if !known {
			return Hours{}, ErrHours
		}
	}
	start, err1 := time.Parse("15:04", from)
	end, err2 := time.Parse("15:04", to)
	loc, err3 := time.LoadLocation(zone)
	if errors.Join(err1, err2, err3) != nil {
		return Hours{}, ErrHours
	}
	h.From, h.To, h.Zone = start.Hour()*60+start.Minute(), end.Hour()*60+end.Minute(), loc
	return h, nil
}

// maxShifts bounds how far ahead After looks: ten years of days.
const maxShifts = 3660

// After gives the instant at which so much working time has passed since
// another. Outside of working hours the clock stands still.
func (h Hours) After(t time.Time, d time.Duration) time.Time {
	if h.Days == [7]bool{} {
		return t.Add(d)
	}
	local := t.In(h.zone())
	for i := -1; i < maxShifts; i++ { // the shift of the day before may not have ended
		begin, end, ok := h.shift(local, i)
		if !ok || !end.After(t) {
			continue
		}
		if t.Before(begin) {
			t = begin
		}
		if left := end.Sub(t); d > left {
			d -= left
			t = end
			continue
		}
		return t.Add(d)
	}
	return t.Add(d)
}

// shift gives the one that begins some days after a day; ok is false when none
// does. It lasts an hour more or less where clocks are changed in it.
func (h Hours) shift(day time.Time, ahead int) (begin, end time.Time, ok bool) {
	y, m, d := day.Date()
	begin = time.Date(y, m, d+ahead, 0, h.From, 0, 0, h.zone())
	to := h.To
	if to <= h.From {
		to += dayMinutes
	}
	end = time.Date(y, m, d+ahead, 0, to, 0, 0, h.zone())
	weekday := time.Date(y, m, d+ahead, 12, 0, 0, 0, time.UTC).Weekday()
	return begin, end, h.Days[weekday]
}

func (h Hours) zone() *time.Location {
	if h.Zone == nil {
		return time.UTC
	}
	return h.Zone
}
