package httpapi

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"assay/server/internal/auth"
)

// FuzzSettings feeds the reader of settings what anybody may send: it never panics,
// names what is wrong, and what it takes is within its bounds and stays what it is
// when it is shown and sent back, or stored and read again.
func FuzzSettings(f *testing.F) {
	for _, seed := range settingSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > MaxBody {
			t.Skip("the adapter refuses longer bodies before they are read")
		}
		s, unknown, err := ReadSettings("demo", body)
		if unknown < 0 {
			t.Fatalf("%d unknown members", unknown)
		}
		if err != nil {
			if _, invalid := parseObject(body); invalid != nil {
				refused(t, err, "invalid_json")
				return
			}
			refused(t, err, "invalid_settings")
			faulty(t, err.(*Problem).Errors)
			return
		}
		settingsWithin(t, s)
		staysTheSame(t, s)
	})
}

func faulty(t *testing.T, faults []Fault) {
	t.Helper()
	if len(faults) == 0 {
		t.Fatal("nothing is named")
	}
	for _, fault := range faults {
		if !strings.HasPrefix(fault.Pointer, "/") || fault.Code == "" || fault.Detail == "" {
			t.Fatalf("a fault that tells nothing: %+v", fault)
		}
	}
}

// settingsWithin looks at the bounds that are the reader's own; the others are auth's.
func settingsWithin(t *testing.T, s *auth.Site) {
	t.Helper()
	texts := func(bound int, list ...string) {
		t.Helper()
		for _, x := range list {
			if len(x) > bound || !utf8.ValidString(x) || strings.IndexByte(x, 0) >= 0 {
				t.Fatalf("a text of %d bytes, want at most %d of UTF-8 without NUL: %q", len(x), bound, x)
			}
		}
	}
	if faults := s.Check(); s.Key != "demo" || s.Rev < 0 || s.Model != "" || s.Models != nil || len(faults) > 0 {
		t.Fatalf("it took %+v, with faults %v", s, faults)
	}
	texts(maxSetting, s.Name, s.Panel.BookingURL)
	for _, list := range [][]string{s.Origins, s.Answers, s.Panel.Ask} {
		texts(maxSetting, list...)
	}
	for name, form := range s.Forms {
		texts(maxForm, name)
		texts(maxSetting, form.Selector)
	}
	for _, p := range s.Pages {
		texts(maxSetting, p.Path)
	}
	texts(maxID, s.Routing.Hours.Zone, s.Routing.Hours.From, s.Routing.Hours.To)
	texts(maxID, s.Routing.Hours.Days...)
}

// staysTheSame fails where settings are others once they were shown and sent back, or stored.
func staysTheSame(t *testing.T, s *auth.Site) {
	t.Helper()
	shown, err := json.Marshal(ViewSite(s))
	if err != nil {
		t.Fatal(err)
	}
	again, unknown, err := ReadSettings("demo", shown)
	if err != nil || unknown != 0 || !reflect.DeepEqual(ViewSite(again), ViewSite(s)) {
		t.Fatalf("%s\nsent back is %+v with %d unknown members, %v", shown, again, unknown, err)
	}
	doc, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var stored auth.Site
	if err := json.Unmarshal(doc, &stored); err != nil || !reflect.DeepEqual(ViewSite(&stored), ViewSite(s)) {
		t.Fatalf("%s\nstored is %+v, %v", doc, stored, err)
	}
}

const allSettings = `{"key":"demo","rev":9223372036854775807,"name":"Northbeck \u00e9\ud800","origins":["https://www.northbeck.test","http://localhost:*"],
	"consent":"required","allow_automation":true,"live":false,"forms":{"a/b~c":{"kind":"quote","selector":"main > form"},"news":{"kind":"subscription"}},
	"pages":[{"signal":"docs_viewed","path":"/docs"}],"answers":["plan","how_heard"],
	"panel":{"on":true,"booking_url":"https://calendar.northbeck.test/call?with=us","ask":["timing","role"]},
	"routing":{"everybody_after":-1,"admins_after":10080,"hours":{"zone":"Europe/Berlin","days":["mon","fri"],"from":"22:00","to":"6:00"}},"model":"9adb1997cca2"}`

var settingSeeds = []string{
	allSettings, "", "{", "null", "[]", "{}",
	`{"rev":0,"name":"N","origins":["https://n.test"],"consent":"not-required"}`,
	`{"rev":0,"name":"N","origins":["https://n.test"],"consent":"required","unknown":1,"forms":{"f":null,"f":{"kind":"demo","more":[]}},"pages":[],"panel":{"what":0},"routing":{"hours":null}}`,
	`{"key":"other","rev":-1,"name":"\u0000","origins":[null,1,"ftp://n.test"],"consent":true,"allow_automation":"yes","forms":[],"pages":{},"answers":[""],"panel":{"on":1,"ask":["role","role"]}}`,
	`{"rev":1e3,"name":" ","origins":[],"consent":"","forms":{"":{"kind":"visit"}},"pages":[null,{"signal":"x"}],"routing":{"everybody_after":1e9,"admins_after":10081,"hours":{}}}`,
	`{"rev":0,"name":"N","origins":["https://n.test"],"consent":"required","routing":{"hours":{"zone":"Local","days":["mon","mon"],"from":"24:00","to":"09:00"}}}`,
	`{"rev":0,"name":"N","origins":["https://n.test"],"consent":"required","forms":{"a\u0000b":{"kind":"demo"}}}`,
}

// The first seed must reach what is past the refusals.
func TestTheSeedWithAllSettingsIsTaken(t *testing.T) {
	s, unknown, err := ReadSettings("demo", []byte(allSettings))
	if err != nil || unknown != 0 {
		t.Fatalf("%d unknown members, %v", unknown, err)
	}
	if len(s.Forms) != 2 || len(s.Pages) != 1 || len(s.Answers) != 2 || len(s.Panel.Ask) != 2 || len(s.Routing.Hours.Days) != 2 || s.Routing.AdminsAfter != 10080 {
		t.Errorf("read as %+v", s)
	}
}
