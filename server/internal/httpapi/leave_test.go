package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"assay/server/internal/apptest"
)

// withLeave starts a server whose site wants to know which forms were left.
func withLeave(t *testing.T) (s *apptest.Server, admin *apptest.Client) {
	t.Helper()
	s = apptest.Start(t)
	admin = s.SignedIn("admin@demo.test")
	allow(t, admin, "leave")
	return s, admin
}

// allow switches settings of the site on.
func allow(t *testing.T, admin *apptest.Client, settings ...string) {
	t.Helper()
	var site map[string]any
	admin.Get("/v1/sites/demo").Want(http.StatusOK).Into(&site)
	for _, name := range settings {
		site[name] = true
	}
	admin.JSON("PUT", "/v1/sites/demo", site).Want(http.StatusOK)
}

// leave is a touch of a form that was left in a session that began just now.
func leave(t *testing.T, c *apptest.Client, id string) apptest.Touch {
	t.Helper()
	var boot struct{ Session string }
	c.Get("/v1/sites/demo/boot?visitor=v-" + id).Want(http.StatusOK).Into(&boot)
	return apptest.Touch{"id": id, "type": "leave", "site": "demo", "visitor": "v-" + id, "at": time.Now().UTC().Format(time.RFC3339Nano),
		"form": "book-a-demo", "form_kind": "demo", "page": "https://site.test/book?mail=ann@x.test#top",
		"left":   map[string]any{"field": "company", "answered": 2, "corrected": 1, "invalid": 1, "hesitated": 1, "seconds": 42},
		"visits": []any{map[string]any{"session": boot.Session, "signals": []any{[]any{1, 0}, []any{20, 0}, []any{27, 0}}}}}
}

type leaves struct {
	Items []map[string]any
	Next  string `json:"next_cursor"`
}

func left(t *testing.T, c *apptest.Client, query string) (got leaves) {
	t.Helper()
	c.Get("/v1/leaves" + query).Want(http.StatusOK).Into(&got)
	return got
}

func TestALeftFormIsKeptOnceAndMakesNoLead(t *testing.T) {
	s, admin := withLeave(t)
	c := s.Client()
	touch := leave(t, c, "l1")
	for range 2 {
		c.Send(touch)
	}
	got := left(t, admin, "")
	if len(got.Items) != 1 || got.Next != "" {
		t.Fatalf("got %+v, want one", got)
	}
	l := got.Items[0]
	if l["form"] != "book-a-demo" || l["page"] != "https://site.test/book" || l["left"].(map[string]any)["field"] != "company" || l["left"].(map[string]any)["seconds"] != 42.0 {
		t.Errorf("got %+v", l)
	}
	for _, whose := range []string{"by", "visitor", "session"} {
		if _, ok := l[whose]; ok {
			t.Errorf("it tells %s: %+v", whose, l)
		}
	}
	for _, stage := range []string{"", "?stage=anonymous", "?stage=junk"} {
		if leads := admin.Leads(stage); len(leads) != 0 {
			t.Errorf("it left %+v", leads)
		}
	}
	if items, _ := admin.Alerts(""); len(items) != 0 {
		t.Errorf("it told %+v", items)
	}
	metrics := string(c.Get("/metrics").Want(http.StatusOK).Body)
	for _, line := range []string{`leaves_total{outcome="kept"} 1`, `leaves_total{outcome="known"} 1`} {
		if !strings.Contains(metrics, line) {
			t.Errorf("the metrics lack %s", line)
		}
	}
}

func TestLeftFormsAreListedPageByPageToWhomTheyConcern(t *testing.T) {
	s, admin := withLeave(t)
	c := s.Client()
	for _, id := range []string{"l1", "l2", "l3"} {
		c.Send(leave(t, c, id))
	}
	var ids []string
	cursor := ""
	for range 3 {
		page := left(t, admin, "?limit=1"+cursor)
		ids, cursor = append(ids, page.Items[0]["id"].(string)), "&cursor="+page.Next
	}
	if strings.Join(ids, " ") != "l1 l2 l3" || cursor != "&cursor=" {
		t.Errorf("got %v, then %s", ids, cursor)
	}
	for _, cursor := range []string{"x", "1", "1.a/b", ".a"} {
		admin.Get("/v1/leaves?cursor="+cursor).Refused(http.StatusBadRequest, "invalid_query")
	}
	left(t, s.SignedIn("marketer@demo.test"), "")
	s.SignedIn("rep@demo.test").Get("/v1/leaves").Refused(http.StatusForbidden, "not_allowed")
	c.Get("/v1/leaves").Refused(http.StatusUnauthorized, "signed_out")
}

func TestWhatALeaveMustNotBringIsNamed(t *testing.T) {
	s, admin := withLeave(t)
	c := s.Client()
	for i, tc := range []struct {
		change        func(apptest.Touch) apptest.Touch
		pointer, code string
	}{
		{set("profile/name", "Ann"), "/profile", "unexpected"},
		{set("profile", "Ann"), "/profile", "invalid_type"},
		{set("answers/how_heard", "a friend"), "/answers", "unexpected"},
		{set("left", nil), "/left", "required"},
		{set("left", 3), "/left", "invalid_type"},
		{set("left/field", 3), "/left/field", "invalid_type"},
		{set("left/field", strings.Repeat("f", 101)), "/left/field", "too_long"},
		{set("left/answered", -1), "/left/answered", "out_of_range"},
		{set("left/corrected", 1001), "/left/corrected", "out_of_range"},
		{set("left/invalid", 1.5), "/left/invalid", "out_of_range"},
		{set("left/hesitated", "1"), "/left/hesitated", "out_of_range"},
		{set("left/seconds", 86401), "/left/seconds", "out_of_range"},
		{func(l apptest.Touch) apptest.Touch {
			session := l["visits"].([]any)[0].(map[string]any)["session"]
			return l.With("visits", []any{map[string]any{"session": session, "evidence": "Ag"}})
		}, "/visits/0/evidence", "invalid_evidence"},
	} {
		p := c.JSON("POST", "/v1/touches", tc.change(leave(t, c, "l1"))).Refused(http.StatusUnprocessableEntity, "invalid_touch")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != tc.pointer || p.Errors[0].Code != tc.code {
			t.Errorf("case %d: got %+v, want %s at %s", i, p.Errors, tc.code, tc.pointer)
		}
	}
	if got := left(t, admin, ""); len(got.Items) != 0 {
		t.Errorf("wrong ones are kept: %+v", got)
	}
	c.Send(leave(t, c, "l1").With("profile", map[string]any{}).With("answers", map[string]any{}))
}

func TestABrowsersPrivacySignalKeepsALeftFormOut(t *testing.T) {
	s, admin := withLeave(t)
	c := s.Client()
	for _, header := range []string{"Sec-GPC", "DNT"} {
		c.JSON("POST", "/v1/touches", leave(t, c, "l-"+header).With("consent", true), header, "1").Want(http.StatusAccepted)
	}
	if got := left(t, admin, ""); len(got.Items) != 0 {
		t.Errorf("kept: %+v", got)
	}
}

// Domain rule 31: what is held on somebody includes the forms that they left, and
// an erasure takes them.
func TestALeftFormIsHeldOnWhoeverSubmitsLaterAndErasedWithThem(t *testing.T) {
	s, admin := withLeave(t)
	c := s.Client()
	c.Send(leave(t, c, "t1"), leave(t, c, "stranger"), apptest.Submit("t1").With("visits", []any{}))
	id := admin.Leads("")[0].ID
	var rec struct{ Leaves []struct{ ID string } }
	admin.Get("/v1/leads/" + id + "/export").Want(http.StatusOK).Into(&rec)
	if len(rec.Leaves) != 1 || rec.Leaves[0].ID != "t1" {
		t.Errorf("held: %+v", rec.Leaves)
	}
	admin.Do("DELETE", "/v1/leads/"+id, nil).Want(http.StatusNoContent)
	if got := left(t, admin, ""); len(got.Items) != 1 || got.Items[0]["id"] != "stranger" {
		t.Errorf("left: %+v", got)
	}
}
