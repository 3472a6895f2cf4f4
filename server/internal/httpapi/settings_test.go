package httpapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/apptest"
)

const demoSite = "/v1/sites/demo"

// settings reads what is set of the demo site, as an object to change.
func settings(c *apptest.Client) (s object) {
	c.Get(demoSite).Want(http.StatusOK).Into(&s)
	return s
}

// but gives an object with a member set; nil removes it.
func but(o object, name string, v any) object {
	out := maps.Clone(o)
	if out[name] = v; v == nil {
		delete(out, name)
	}
	return out
}

func TestSettingsAreReplacedAsAWholeAndHoldAtOnce(t *testing.T) {
	s := apptest.Start(t)
	admin, page := s.SignedIn("admin@demo.test"), s.Client()
	page.Origin = "https://www.northbeck.test"
	page.Get(demoSite+"/boot").Refused(http.StatusForbidden, "origin_not_allowed")
	var now object
	want := object{
		"rev": settings(admin)["rev"], "name": "Northbeck", "origins": []any{"https://www.northbeck.test"}, "consent": "required", "live": true, "leave": true,
		"forms": object{"a/b": object{"kind": "quote", "selector": "main > form"}}, "pages": []any{object{"signal": "docs_viewed", "path": "/docs"}},
		"answers": []any{"plan"}, "panel": object{"on": true, "booking_url": "https://calendar.northbeck.test/call", "ask": []any{"timing", "role"}}, "routing": object{"everybody_after": -1, "admins_after": 60,
			"hours": object{"zone": "Europe/Berlin", "days": []any{"mon", "fri"}, "from": "09:00", "to": "17:30"}},
	}
	admin.JSON("PUT", demoSite, want).Want(http.StatusOK).Into(&now)
	same := func(what string, got object) {
		t.Helper()
		full := but(but(but(but(want, "rev", now["rev"]), "allow_automation", false), "key", "demo"), "model", now["model"])
		a, _ := json.Marshal(full)
		if b, _ := json.Marshal(got); string(a) != string(b) {
			t.Errorf("%s are %s, want %s", what, b, a)
		}
	}
	same("the settings in the answer", now)
	same("the settings as they are read", settings(s.SignedIn("marketer@demo.test")))

	var boot struct {
		Settings struct {
			Consent         string
			Live            bool
			AllowAutomation bool `json:"allow_automation"`
			Forms           map[string]struct{ Kind, Selector string }
			Pages           [][2]string
			Answers         []string
			Panel           object
			More            bool
		}
	}
	page.Get(demoSite + "/boot").Want(http.StatusOK).Into(&boot)
	b := boot.Settings
	if b.Consent != "required" || !b.Live || b.AllowAutomation || b.Forms["a/b"].Selector != "main > form" || len(b.Pages) != 1 || fmt.Sprint(b.Answers) != "[plan]" {
		t.Errorf("pages are told %+v", b)
	}
	if got := fmt.Sprint(b.Panel, b.More); got != "map[ask:[timing role] booking_url:https://calendar.northbeck.test/call] true" {
		t.Errorf("pages are told to offer %s", got)
	}
	same("settings that are sent back as they were read", func() (again object) {
		admin.JSON("PUT", demoSite, now).Want(http.StatusOK).Into(&again)
		return again
	}())
	s.Restart()
	admin.Base = s.URL
	if got := settings(admin); got["name"] != "Northbeck" || got["live"] != true {
		t.Errorf("after a restart they are %v", got)
	}
}

func TestPagesAreToldToOfferWhatIsSwitchedOnAlone(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	const call = "https://calendar.northbeck.test/call"
	for _, c := range []struct {
		live  bool
		leave bool
		panel any
		want  string // leave, panel and more in the boot answer
	}{
		{false, false, nil, "false map[] false"},
		{false, false, object{"on": false, "booking_url": call}, "false map[] false"},
		{true, false, nil, "false map[] true"},
		{false, true, nil, "true map[] true"},
		{false, false, object{"on": true, "booking_url": call}, "false map[booking_url:" + call + "] true"},
		{false, false, object{"booking_url": call, "ask": []string{"need"}}, "false map[ask:[need]] true"},
	} {
		admin.JSON("PUT", demoSite, but(but(but(settings(admin), "live", c.live), "leave", c.leave), "panel", c.panel)).Want(http.StatusOK)
		var boot struct {
			Settings struct {
				Leave bool
				Panel object
				More  bool
			}
		}
		s.Client().Get(demoSite + "/boot").Want(http.StatusOK).Into(&boot)
		if got := fmt.Sprint(boot.Settings.Leave, boot.Settings.Panel, boot.Settings.More); got != c.want {
			t.Errorf("live %v, leave %v and %v: pages are told %s, want %s", c.live, c.leave, c.panel, got, c.want)
		}
	}
}

func TestWhoReadSettingsBeforeAChangeIsToldOfIt(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	read := settings(admin)
	admin.JSON("PUT", demoSite, but(read, "name", "First")).Want(http.StatusOK)
	late := admin.JSON("PUT", demoSite, but(read, "name", "Second"))
	late.Refused(http.StatusConflict, "settings_changed")
	var told struct{ Site object }
	late.Into(&told)
	if told.Site["name"] != "First" || told.Site["rev"].(float64) != read["rev"].(float64)+1 {
		t.Errorf("the loser is told %v", told.Site)
	}
	admin.JSON("PUT", demoSite, but(told.Site, "name", "Second")).Want(http.StatusOK)
}

func TestSettingsAreOfOnesOwnSiteForWhoMayHaveThem(t *testing.T) {
	s := apptest.Start(t)
	admin, marketer, rep := s.SignedIn("admin@demo.test"), s.SignedIn("marketer@demo.test"), s.SignedIn("rep@demo.test")
	read := settings(admin)
	for _, other := range []string{"/v1/sites/other", "/v1/sites/DEMO"} {
		admin.Get(other).Refused(http.StatusNotFound, "unknown_site")
		admin.JSON("PUT", other, read).Refused(http.StatusNotFound, "unknown_site")
		rep.Get(other).Refused(http.StatusNotFound, "unknown_site")
	}
	marketer.JSON("PUT", demoSite, read).Refused(http.StatusForbidden, "not_allowed")
	rep.Get(demoSite).Refused(http.StatusForbidden, "not_allowed")
	rep.JSON("PUT", demoSite, read).Refused(http.StatusForbidden, "not_allowed")
	s.Client().Get(demoSite).Refused(http.StatusUnauthorized, "signed_out")
	admin.JSON("PUT", demoSite, read, "Origin", "https://elsewhere.test").Refused(http.StatusForbidden, "origin_not_allowed")
	if allow := admin.Do("POST", demoSite, nil).Want(http.StatusMethodNotAllowed).Header.Get("Allow"); allow != "GET, HEAD, PUT" {
		t.Errorf("Allow: %s", allow)
	}
}

func TestAWrongSettingIsNamedAndNothingIsChanged(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	read := settings(admin)
	hours := object{"zone": "Europe/Berlin", "days": []string{"mon"}, "from": "09:00", "to": "17:30"}
	for _, c := range []struct {
		member string
		value  any
		fault  string // pointer and code
	}{
		{"rev", nil, "/rev required"},
		{"rev", "1", "/rev out_of_range"},
		{"key", "other", "/key other_site"},
		{"name", nil, "/name invalid_setting"},
		{"name", 5, "/name invalid_type"},
		{"name", strings.Repeat("x", 201), "/name invalid_setting"},
		{"consent", nil, "/consent invalid_setting"},
		{"consent", "perhaps", "/consent invalid_setting"},
		{"origins", nil, "/origins invalid_setting"},
		{"origins", "https://a.test", "/origins invalid_type"},
		{"origins", []any{"https://a.test", "https://b.test/"}, "/origins/1 invalid_setting"},
		{"origins", []any{"https://a.test", 5}, "/origins/1 invalid_type"},
		{"live", "yes", "/live invalid_type"},
		{"leave", 1, "/leave invalid_type"},
		{"allow_automation", 1, "/allow_automation invalid_type"},
		{"forms", []any{}, "/forms invalid_type"},
		{"forms", object{"": object{"kind": "demo"}}, "/forms invalid_setting"},
		{"forms", object{"a/b": object{"kind": "party"}}, "/forms/a~1b/kind invalid_setting"},
		{"forms", object{"a": object{"selector": "#a"}}, "/forms/a/kind invalid_setting"},
		{"forms", object{"a": object{"kind": "demo", "selector": strings.Repeat("x", 2001)}}, "/forms/a/selector too_long"},
		{"forms", object{"a": "demo"}, "/forms/a invalid_type"},
		{"pages", []any{5}, "/pages/0 invalid_type"},
		{"pages", []any{object{"signal": "bought", "path": "/"}}, "/pages/0/signal invalid_setting"},
		{"pages", []any{object{"signal": "docs_viewed"}}, "/pages/0/path invalid_setting"},
		{"answers", []any{""}, "/answers/0 invalid_setting"},
		{"answers", []any{"nul\x00"}, "/answers/0 invalid_text"},
		{"answers", make([]string, 61), "/answers invalid_setting"},
		{"panel", 5, "/panel invalid_type"},
		{"panel", object{"on": "yes"}, "/panel/on invalid_type"},
		{"panel", object{"on": true}, "/panel/booking_url invalid_setting"},
		{"panel", object{"booking_url": "http://calendar.northbeck.test"}, "/panel/booking_url invalid_setting"},
		{"panel", object{"ask": "timing"}, "/panel/ask invalid_type"},
		{"panel", object{"ask": []any{"timing", "email"}}, "/panel/ask/1 invalid_setting"},
		{"routing", 5, "/routing invalid_type"},
		{"routing", object{"admins_after": 1.5}, "/routing/admins_after invalid_type"},
		{"routing", object{"everybody_after": 10_081}, "/routing/everybody_after invalid_setting"},
		{"routing", object{"hours": object{}}, "/routing/hours invalid_setting"},
		{"routing", object{"hours": but(hours, "zone", "Mars/Olympus")}, "/routing/hours/zone invalid_setting"},
		{"routing", object{"hours": but(hours, "days", []int{1})}, "/routing/hours/days/0 invalid_type"},
		{"routing", object{"hours": but(hours, "to", nil)}, "/routing/hours/to invalid_setting"},
	} {
		p := admin.JSON("PUT", demoSite, but(read, c.member, c.value)).Refused(http.StatusUnprocessableEntity, "invalid_settings")
		if got := p.Errors[0].Pointer + " " + p.Errors[0].Code; got != c.fault || p.Errors[0].Detail == "" {
			t.Errorf("%s %v: %+v, want %s", c.member, c.value, p.Errors, c.fault)
		}
	}
	p := admin.JSON("PUT", demoSite, object{"rev": 1, "forms": object{"a": object{}}}).Refused(http.StatusUnprocessableEntity, "invalid_settings")
	var all []string
	for _, f := range p.Errors {
		all = append(all, f.Pointer)
	}
	if fmt.Sprint(all) != "[/name /consent /origins /forms/a/kind]" {
		t.Errorf("of all that is wrong %v is told", all)
	}
	admin.Do("PUT", demoSite, []byte("["), "Content-Type", "application/json").Refused(http.StatusBadRequest, "invalid_json")
	admin.Do("PUT", demoSite, []byte("{}"), "Content-Type", "text/plain").Refused(http.StatusUnsupportedMediaType, "unsupported_media_type")
	admin.JSON("PUT", demoSite, but(read, "name", strings.Repeat("x", 64<<10))).Refused(http.StatusRequestEntityTooLarge, "body_too_large")
	if now := settings(admin); now["rev"] != read["rev"] {
		t.Errorf("something changed: %v", now)
	}
}

func TestMembersOfSettingsThatMeanNothingAreCounted(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	form := object{"kind": "demo", "colour": "red"}
	read := but(but(settings(admin), "forms", object{"f": form}), "routing", object{"x": 1})
	admin.JSON("PUT", demoSite, but(read, "colour", "red")).Want(http.StatusOK)
	if text := string(admin.Get("/metrics").Want(http.StatusOK).Body); !strings.Contains(text, "assay_unknown_members_total 3\n") {
		t.Errorf("counted is %s", text)
	}
}
