package auth_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"assay/server/internal/auth"
)

func TestAFilterThatMeansNothingIsRefused(t *testing.T) {
	office := auth.Hours{Zone: "Europe/Berlin", Days: []string{"mon"}, From: "09:00", To: "17:00"}
	with := func(change func(*auth.Hours)) auth.Filter {
		h := office
		change(&h)
		return auth.Filter{Hours: &h}
	}
	for name, f := range map[string]auth.Filter{
		"grade":        {Grades: []string{"E1"}},
		"level":        {Grades: []string{"A5"}},
		"empty text":   {Forms: []string{" "}},
		"long text":    {Countries: []string{strings.Repeat("x", 201)}},
		"long list":    {Kinds: make([]string, 51)},
		"zone":         with(func(h *auth.Hours) { h.Zone = "Mars/Olympus" }),
		"machine zone": with(func(h *auth.Hours) { h.Zone = "Local" }),
		"no days":      with(func(h *auth.Hours) { h.Days = nil }),
		"day":          with(func(h *auth.Hours) { h.Days = []string{"Monday"} }),
		"from":         with(func(h *auth.Hours) { h.From = "25:00" }),
		"to":           with(func(h *auth.Hours) { h.To = "" }),
	} {
		if err := f.Check(); !errors.Is(err, auth.ErrFilter) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	sound := auth.Filter{Grades: []string{"A", "?1", "B2"}, Countries: []string{"Österreich"}, Forms: []string{"book-a-demo"},
		Kinds: []string{"prospect"}, Mine: true, Hours: &office}
	if err := sound.Check(); err != nil {
		t.Errorf("a sound one: %v", err)
	}
}

func TestHoursFollowTheClocksOfTheirPlace(t *testing.T) {
	at := func(text string) time.Time {
		instant, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return instant
	}
	office := &auth.Hours{Zone: "Europe/Berlin", Days: []string{"mon", "tue", "wed", "thu", "fri"}, From: "09:00", To: "17:30"}
	night := &auth.Hours{Zone: "America/New_York", Days: []string{"fri"}, From: "22:00", To: "06:00"}
	always := &auth.Hours{Zone: "UTC", Days: []string{"sun"}, From: "00:00", To: "00:00"}
	for _, c := range []struct {
		hours *auth.Hours
		at    string
		want  bool
	}{
		{office, "2026-11-23T08:00:00Z", true}, // 09:00 in winter, a Monday
		{office, "2026-11-23T07:59:59Z", false},
		{office, "2026-11-23T16:29:59Z", true},
		{office, "2026-11-23T16:30:00Z", false},
		{office, "2026-07-06T07:00:00Z", true}, // 09:00 in summer
		{office, "2026-11-22T10:00:00Z", false},
		{night, "2026-11-28T03:00:00Z", true}, // Friday, 22:00
		{night, "2026-11-28T10:59:00Z", true}, // Saturday, 05:59: still Friday's
		{night, "2026-11-28T11:00:00Z", false},
		{night, "2026-11-27T10:00:00Z", false}, // Friday, 05:00: Thursday's
		{always, "2026-11-22T23:59:59Z", true},
		{always, "2026-11-23T00:00:00Z", false},
	} {
		if got := c.hours.Include(at(c.at)); got != c.want {
			t.Errorf("%s to %s in %s at %s: %v", c.hours.From, c.hours.To, c.hours.Zone, c.at, got)
		}
	}
}
