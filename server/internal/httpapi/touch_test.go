package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"assay/server/internal/apptest"
)

func TestATouchIsTakenOnce(t *testing.T) {
	s := apptest.Start(t)
	c, rep := s.Client(), s.SignedIn("rep@demo.test")
	for range 2 {
		var got struct {
			ID       string
			Accepted bool
		}
		a := c.JSON("POST", "/v1/touches", apptest.Submit("t1")).Want(http.StatusAccepted).Into(&got)
		if got.ID != "t1" || !got.Accepted {
			t.Errorf("got %s", a.Body)
		}
	}
	body, _ := json.Marshal(apptest.Submit("t2"))
	c.Do("POST", "/v1/touches", body, "Content-Type", "text/plain;charset=UTF-8").Want(http.StatusAccepted)
	if leads := rep.Leads(""); len(leads) != 2 || leads[0].Stage != "prospect" {
		t.Errorf("got %+v, want two prospects", leads)
	}
	apptest.Eventually(t, "two alerts", func() bool { items, _ := rep.Alerts(""); return len(items) == 2 })
}

// A page that took no notice of the browser's privacy signal had its visitor
// followed: the server did not look at it either.
func TestAPrivacySignalKeepsABrowserUnknown(t *testing.T) {
	for header, want := range map[string]int{"Sec-GPC": 2, "DNT": 2, "X-Other": 1} {
		s := apptest.Start(t)
		c, rep := s.Client(), s.SignedIn("rep@demo.test")
		c.Send(apptest.Submit("t1"))
		again := apptest.Submit("t2").With("visitor", "v-t1").With("consent", true).With("profile", map[string]any{"message": "hello"})
		c.JSON("POST", "/v1/touches", again, header, "1").Want(http.StatusAccepted)
		if n := len(rep.Leads("")); n != want {
			t.Errorf("with %s the browser's two touches make %d contacts, want %d", header, n, want)
		}
	}
}

// Domain rule 31: what a visitor objects to in the browser.
func TestAnObjectionComesWithATouch(t *testing.T) {
	s := apptest.Start(t)
	c, rep := s.Client(), s.SignedIn("rep@demo.test")
	c.Send(apptest.Submit("t1").With("objected", true))
	c.JSON("POST", "/v1/touches", apptest.Submit("t2").With("objected", "yes")).Want(http.StatusUnprocessableEntity)
	leads := rep.Leads("")
	if len(leads) != 1 {
		t.Fatalf("%d leads, want one", len(leads))
	}
	var got struct {
		Objected bool
		Grade    string
	}
	if a := rep.JSON("GET", "/v1/leads/"+leads[0].ID, nil).Want(http.StatusOK).Into(&got); !got.Objected || got.Grade != "" {
		t.Errorf("got %s", a.Body)
	}
}

// set changes one member of an inner object.
func set(path string, v any) func(apptest.Touch) apptest.Touch {
	return func(touch apptest.Touch) apptest.Touch {
		object, name, inner := strings.Cut(path, "/")
		if !inner {
			return touch.With(path, v)
		}
		copied := map[string]any{}
		if old, ok := touch[object].(map[string]any); ok {
			for k, x := range old {
				copied[k] = x
			}
		}
		copied[name] = v
		return touch.With(object, copied)
	}
}

func many(n int, v any) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = v
	}
	return list
}

func answers(n, length int) map[string]any {
	out := map[string]any{}
	for i := range n {
		out[fmt.Sprintf("a%d", i)] = strings.Repeat("x", length)
	}
	return out
}

func TestEachWrongMemberIsNamedAndNothingIsStored(t *testing.T) {
	s := apptest.Start(t)
	c, rep := s.Client(), s.SignedIn("rep@demo.test")
	visit := func(members map[string]any) []any {
		v := map[string]any{"session": "s"}
		for k, x := range members {
			v[k] = x
		}
		return []any{v}
	}
	ago := func(d time.Duration) string { return time.Now().Add(-d).UTC().Format(time.RFC3339) }
	long := base64.RawURLEncoding.EncodeToString(make([]byte, 4097))
	cases := []struct {
		change        func(apptest.Touch) apptest.Touch
		pointer, code string
	}{
		{set("id", nil), "/id", "required"},
		{set("id", ""), "/id", "required"},
		{set("id", 7), "/id", "invalid_type"},
		{set("id", "a b"), "/id", "invalid_id"},
		{set("id", "é"), "/id", "invalid_id"},
		{set("id", strings.Repeat("a", 65)), "/id", "too_long"},
		{set("site", nil), "/site", "required"},
		{set("site", []any{}), "/site", "invalid_type"},
		{set("type", nil), "/type", "required"},
		{set("type", "buy"), "/type", "unknown_type"},
		{set("visitor", "a/b"), "/visitor", "invalid_id"},
		{set("at", nil), "/at", "required"},
		{set("at", "yesterday"), "/at", "invalid_time"},
		{set("at", 1763800000), "/at", "invalid_type"},
		{set("at", ago(7*24*time.Hour+time.Minute)), "/at", "too_old"},
		{set("form", nil), "/form", "required"},
		{set("form", strings.Repeat("f", 201)), "/form", "too_long"},
		{set("form_kind", "marriage"), "/form_kind", "unknown_kind"},
		{set("page", strings.Repeat("p", 2001)), "/page", "too_long"},
		{set("referrer", true), "/referrer", "invalid_type"},
		{set("utm", "source"), "/utm", "invalid_type"},
		{set("utm/source", 1), "/utm/source", "invalid_type"},
		{set("profile", []any{}), "/profile", "invalid_type"},
		{set("profile/email", "ann at northbeck"), "/profile/email", "invalid_email"},
		{set("profile/email", "ann@"), "/profile/email", "invalid_email"},
		{set("profile/role", 1), "/profile/role", "invalid_type"},
		{set("profile/message", strings.Repeat("é", 1001)), "/profile/message", "too_long"},
		{set("profile/name", "a\x00b"), "/profile/name", "invalid_text"},
		{set("answers", answers(61, 1)), "/answers", "too_many"},
		{set("answers", answers(1, 2001)), "/answers/a0", "too_long"},
		{set("answers", map[string]any{strings.Repeat("n", 101): "x"}), "/answers", "invalid_name"},
		{set("visits", "none"), "/visits", "invalid_type"},
		{set("visits", many(9, map[string]any{"session": "s", "evidence": "AQ"})), "/visits", "too_many"},
		{set("visits", []any{1}), "/visits/0", "invalid_type"},
		{set("visits", visit(nil)), "/visits/0/evidence", "required"},
		{set("visits", []any{map[string]any{"evidence": "AQ"}}), "/visits/0/session", "required"},
		{set("visits", visit(map[string]any{"evidence": "A Q"})), "/visits/0/evidence", "invalid_evidence"},
		{set("visits", visit(map[string]any{"evidence": "Ag"})), "/visits/0/evidence", "invalid_evidence"},
		{set("visits", visit(map[string]any{"evidence": long})), "/visits/0/evidence", "invalid_evidence"},
		{set("visits", visit(map[string]any{"evidence": "AQ", "signals": []any{}})), "/visits/0/signals", "conflict"},
		{set("visits", visit(map[string]any{"signals": many(513, []any{1, 0})})), "/visits/0/signals", "too_many"},
		{set("visits", visit(map[string]any{"signals": []any{[]any{0, 0}}})), "/visits/0/signals/0", "invalid_signal"},
		{set("visits", visit(map[string]any{"signals": []any{[]any{64, 0}}})), "/visits/0/signals/0", "invalid_signal"},
		{set("visits", visit(map[string]any{"signals": []any{[]any{"typed", 0}}})), "/visits/0/signals/0", "invalid_signal"},
		{set("visits", visit(map[string]any{"signals": []any{[]any{1, -1}}})), "/visits/0/signals/0", "invalid_signal"},
		{set("visits", visit(map[string]any{"signals": []any{[]any{1, 86400001}}})), "/visits/0/signals/0", "invalid_signal"},
		{set("visits", visit(map[string]any{"signals": []any{[]any{1, 0}, []any{1}}})), "/visits/0/signals/1", "invalid_signal"},
		{set("model", strings.Repeat("m", 65)), "/model", "too_long"},
		{set("claim", map[string]any{"engagement": 101, "fit": 0, "band": "hot"}), "/claim/engagement", "out_of_range"},
		{set("claim", map[string]any{"engagement": 1, "band": "hot"}), "/claim/fit", "required"},
		{set("claim", map[string]any{"engagement": 1, "fit": 1.5, "band": "hot"}), "/claim/fit", "invalid_type"},
		{set("claim", map[string]any{"engagement": 1, "fit": 1, "band": "boiling"}), "/claim/band", "unknown_band"},
		{set("consent", "yes"), "/consent", "invalid_type"},
	}
	for i, tc := range cases {
		p := c.JSON("POST", "/v1/touches", tc.change(apptest.Submit("t1"))).Refused(http.StatusUnprocessableEntity, "invalid_touch")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != tc.pointer || p.Errors[0].Code != tc.code || p.Errors[0].Detail == "" {
			t.Errorf("case %d: got %+v, want %s at %s", i, p.Errors, tc.code, tc.pointer)
		}
	}
	for _, stage := range []string{"", "?stage=anonymous", "?stage=junk"} {
		if leads := rep.Leads(stage); len(leads) != 0 {
			t.Errorf("wrong touches left %+v", leads)
		}
	}
	c.Send(apptest.Submit("t1")) // its id was not used up
	if leads := rep.Leads(""); len(leads) != 1 {
		t.Errorf("got %d leads, want the one of the corrected touch", len(leads))
	}
}

func TestSeveralFaultsAreNamedTogether(t *testing.T) {
	s := apptest.Start(t)
	touch := apptest.Submit("t1").With("form", nil).With("at", "x").With("claim", "high")
	p := s.Client().JSON("POST", "/v1/touches", touch).Refused(http.StatusUnprocessableEntity, "invalid_touch")
	if len(p.Errors) != 3 {
		t.Errorf("got %+v, want three faults", p.Errors)
	}
}

func TestBodiesThatAreNoTouchAreRefused(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	post := func(body, contentType string, headers ...string) *apptest.Answer {
		return c.Do("POST", "/v1/touches", []byte(body), append([]string{"Content-Type", contentType}, headers...)...)
	}
	for _, body := range []string{"", "{", "[]", "null", `"x"`, "{} {}", "site=demo"} {
		post(body, "application/json").Refused(http.StatusBadRequest, "invalid_json")
	}
	for _, kind := range []string{"", "application/x-www-form-urlencoded", "multipart/form-data", "text/html", "application/jsonx"} {
		post("{}", kind).Refused(http.StatusUnsupportedMediaType, "unsupported_media_type")
	}
	post("{}", "application/json", "Content-Encoding", "gzip").Refused(http.StatusUnsupportedMediaType, "unsupported_media_type")
	post(`{"x":"`+strings.Repeat("x", 64<<10)+`"}`, "application/json").Refused(http.StatusRequestEntityTooLarge, "body_too_large")
	c.JSON("POST", "/v1/touches", apptest.Submit("t1").With("site", "nobody")).Refused(http.StatusNotFound, "unknown_site")
}

func TestABodyOfUnknownLengthIsCappedToo(t *testing.T) {
	s := apptest.Start(t)
	r, err := http.NewRequest("POST", s.URL+"/v1/touches", struct{ *strings.Reader }{strings.NewReader(strings.Repeat(" ", 1<<20))})
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain")
	answer, err := s.Client().HTTP.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", answer.StatusCode)
	}
}

func TestUnknownMembersAndNullsAreNoFault(t *testing.T) {
	s := apptest.Start(t)
	touch := apptest.Submit("t1").With("colour", "red")
	touch = set("profile/shoe_size", 43)(touch)
	touch = set("utm/gclid", "x")(touch)
	touch["visits"], touch["claim"], touch["consent"], touch["referrer"] = nil, nil, nil, nil
	s.Client().Send(touch)
}

func TestTheLargestTouchIsTaken(t *testing.T) {
	s := apptest.Start(t)
	touch := apptest.Submit("t1").With("id", strings.Repeat("i", 64)).With("visitor", strings.Repeat("v", 64)).With("at", time.Now().Add(-7*24*time.Hour+time.Minute).UTC().Format(time.RFC3339))
	touch = set("profile/email", "ann@northbeck.test")(touch)
	touch = set("profile/message", strings.Repeat("é", 1000))(touch)
	touch["answers"] = answers(60, 500)
	touch["visits"] = many(8, map[string]any{"session": "s", "signals": many(40, []any{63, 86400000})})
	s.Client().Send(touch)
}
