package auth_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"assay/server/internal/auth"
)

// northbeck is a site with every setting.
func northbeck() *auth.Site {
	return &auth.Site{Key: "northbeck", Name: "Northbeck", Origins: []string{"https://www.northbeck.test", "http://localhost:*"},
		Consent: auth.ConsentRequired, Forms: map[string]auth.Form{"book/a~demo": {Kind: "demo"}, "news": {Kind: "subscription", Selector: "#news"}},
		Pages: []auth.PageRule{{Signal: "pricing_viewed", Path: "/pricing"}}, Answers: []string{"how_heard"},
		Panel: auth.Panel{On: true, BookingURL: "https://calendar.northbeck.test/call?with=us", Ask: auth.Askable()},
		Routing: auth.Routing{EverybodyAfter: -1, AdminsAfter: 60,
			Hours: auth.Hours{Zone: "Europe/Berlin", Days: []string{"mon", "fri"}, From: "09:00", To: "17:30"}}}
}

func TestSoundSettingsHaveNoFault(t *testing.T) {
	for name, change := range map[string]func(s *auth.Site){
		"all of them":         func(*auth.Site) {},
		"no hours":            func(s *auth.Site) { s.Routing.Hours = auth.Hours{} },
		"a night shift":       func(s *auth.Site) { s.Routing.Hours.From, s.Routing.Hours.To = "22:00", "06:00" },
		"around the clock":    func(s *auth.Site) { s.Routing.Hours.From, s.Routing.Hours.To = "00:00", "00:00" },
		"the longest wait":    func(s *auth.Site) { s.Routing.AdminsAfter = 7 * 24 * 60 },
		"a panel that is off": func(s *auth.Site) { s.Panel.On, s.Panel.BookingURL = false, "" },
		"a call on localhost": func(s *auth.Site) { s.Panel.BookingURL = "http://localhost:8080/call" },
		"nothing but basic": func(s *auth.Site) {
			s.Forms, s.Pages, s.Answers, s.Routing, s.Panel = nil, nil, nil, auth.Routing{}, auth.Panel{}
		},
	} {
		s := northbeck()
		change(s)
		for _, fault := range s.Check() {
			t.Errorf("%s: %v", name, fault)
		}
	}
}

func TestAWrongSettingIsNamed(t *testing.T) {
	hours := func(change func(h *auth.Hours)) func(s *auth.Site) {
		return func(s *auth.Site) { change(&s.Routing.Hours) }
	}
	for _, c := range []struct {
		pointer, want string
		change        func(s *auth.Site)
	}{
		{"/key", "want a key", func(s *auth.Site) { s.Key = "North Beck" }},
		{"/name", "want a name", func(s *auth.Site) { s.Name = " " }},
		{"/consent", "want consent", func(s *auth.Site) { s.Consent = "perhaps" }},
		{"/origins", "want origins", func(s *auth.Site) { s.Origins = nil }},
		{"/origins/1", "want origins", func(s *auth.Site) { s.Origins[1] = "ftp://www.northbeck.test" }},
		{"/origins/0", "want origins", func(s *auth.Site) { s.Origins[0] = "https://www.northbeck.test/pricing" }},
		{"/forms", "want forms with names", func(s *auth.Site) { s.Forms[""] = auth.Form{Kind: "demo"} }},
		{"/forms", "want forms with names", func(s *auth.Site) { s.Forms["a\x00b"] = auth.Form{Kind: "demo"} }},
		{"/forms/book~1a~0demo/kind", "want demo", func(s *auth.Site) { s.Forms["book/a~demo"] = auth.Form{Kind: "visit"} }},
		{"/forms/news/kind", "want demo", func(s *auth.Site) { s.Forms["news"] = auth.Form{Selector: "#news"} }},
		{"/pages/0/signal", "want a signal", func(s *auth.Site) { s.Pages[0].Signal = "bought" }},
		{"/pages/0/path", "want a part of a path", func(s *auth.Site) { s.Pages[0].Path = "" }},
		{"/answers", "want at most 60", func(s *auth.Site) { s.Answers = slices.Repeat(s.Answers, 61) }},
		{"/answers/0", "want a name", func(s *auth.Site) { s.Answers[0] = strings.Repeat("x", 101) }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.BookingURL = "" }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.BookingURL = "http://calendar.northbeck.test/call" }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.BookingURL = "javascript:alert(1)//https://a" }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.BookingURL = "//calendar.northbeck.test" }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.BookingURL = "https://us:secret@calendar.test/" }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.BookingURL += strings.Repeat("x", 2000) }},
		{"/panel/booking_url", "want an address", func(s *auth.Site) { s.Panel.On, s.Panel.BookingURL = false, "/call" }},
		{"/panel/ask/1", "want company_size", func(s *auth.Site) { s.Panel.Ask[1] = "message" }},
		{"/panel/ask/6", "want company_size", func(s *auth.Site) { s.Panel.Ask[6] = s.Panel.Ask[0] }},
		{"/routing/everybody_after", "want minutes", func(s *auth.Site) { s.Routing.EverybodyAfter = 7*24*60 + 1 }},
		{"/routing/admins_after", "want minutes", func(s *auth.Site) { s.Routing.AdminsAfter = 1 << 40 }},
		{"/routing/hours/zone", "want a time zone", hours(func(h *auth.Hours) { h.Zone = "Mars/Olympus" })},
		{"/routing/hours/zone", "want a time zone", hours(func(h *auth.Hours) { h.Zone = "" })},
		{"/routing/hours/zone", "want a time zone", hours(func(h *auth.Hours) { h.Zone = "Local" })},
		{"/routing/hours/zone", "want a time zone", hours(func(h *auth.Hours) { h.Zone = "../../etc/passwd" })},
		{"/routing/hours/days", "want days", hours(func(h *auth.Hours) { h.Days = nil })},
		{"/routing/hours/days", "want days", hours(func(h *auth.Hours) { h.Days = []string{"mon", "Friday"} })},
		{"/routing/hours/days", "want days", hours(func(h *auth.Hours) { h.Days = slices.Repeat([]string{"mon"}, 8) })},
		{"/routing/hours/from", "want times", hours(func(h *auth.Hours) { h.From = "" })},
		{"/routing/hours/to", "want times", hours(func(h *auth.Hours) { h.To = "24:30" })},
		{"/routing/hours/zone", "want a time zone", func(s *auth.Site) { s.Routing.Hours = auth.Hours{From: "09:00", To: "17:00"} }},
	} {
		s := northbeck()
		c.change(s)
		faults := s.Check()
		if len(faults) != 1 || faults[0].Pointer != c.pointer || !strings.HasPrefix(faults[0].Error(), c.pointer+": "+c.want) {
			t.Errorf("got %v, want %q at %s alone", faults, c.want, c.pointer)
		}
	}
}

func TestAllThatIsWrongWithASiteIsToldAtOnce(t *testing.T) {
	s := &auth.Site{Routing: auth.Routing{AdminsAfter: 1 << 40, Hours: auth.Hours{Zone: "Nowhere"}}}
	var got []string
	for _, fault := range s.Check() {
		got = append(got, fault.Pointer)
	}
	if want := []string{"/key", "/name", "/consent", "/origins", "/routing/admins_after", "/routing/hours/zone"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestASiteWithAWrongSettingIsNotAdded(t *testing.T) {
	s, store, _ := open(t, false)
	site := northbeck()
	site.Routing.Hours.Zone = "Nowhere"
	var fault *auth.SettingError
	if err := s.AddSite(bg, site); !errors.As(err, &fault) || fault.Pointer != "/routing/hours/zone" {
		t.Errorf("got %v", err)
	}
	if _, err := store.Site(bg, site.Key); !errors.Is(err, auth.ErrNotFound) {
		t.Errorf("it is there: %v", err)
	}
	site = northbeck()
	if err := s.AddSite(bg, site); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSite(bg, northbeck()); !errors.Is(err, auth.ErrTaken) {
		t.Errorf("twice: %v", err)
	}
}
