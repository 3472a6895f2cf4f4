package httpapi_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/install"
)

// listener is somebody who listens to the pages of the demo's site.
type listener struct {
	*apptest.Client
	next string
}

// hear gives what was seen since the last call, or from the first one on.
func (l *listener) hear() []install.Seen {
	var list struct {
		Items []install.Seen
		Next  string `json:"next_cursor"`
	}
	query := ""
	if l.next != "" {
		query = "?after=" + l.next
	}
	l.Get("/v1/install/seen" + query).Want(http.StatusOK).Into(&list)
	l.next = list.Next
	return list.Items
}

func TestWhoeverListensHearsWhatPagesDoFromThenOn(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *apptest.Server) {
		page := s.Client()
		page.Send(apptest.Submit("before"))
		l := &listener{Client: s.SignedIn("marketer@demo.test")}
		if early := l.hear(); len(early) != 0 {
			t.Errorf("heard of what was before: %+v", early)
		}
		page.Origin = "http://localhost:7777"
		page.Get("/v1/sites/demo/boot").Want(http.StatusOK)
		page.Send(apptest.Submit("ann"))
		page.Send(apptest.Submit("nameless").With("profile", map[string]any{"name": "Ann"}))
		page.JSON("POST", "/v1/touches", apptest.Submit("bad").With("at", "noon")).Refused(http.StatusUnprocessableEntity, "invalid_touch")
		page.Origin = "https://elsewhere.test"
		page.Get("/v1/sites/demo/boot").Refused(http.StatusForbidden, "origin_not_allowed")
		l.JSON("POST", "/v1/install/test", map[string]string{}).Want(http.StatusOK) // which is no page's

		heard := l.hear()
		var codes []string
		for _, seen := range heard {
			codes = append(codes, seen.Code)
			if strings.Contains(seen.Sentence, "%!") || strings.Contains(seen.Sentence, "northbeck.test") {
				t.Errorf("%s: %q", seen.Code, seen.Sentence)
			}
		}
		if want := []string{"page_seen", "touch_unverified", "touch_nameless", "touch_failed", "page_turned_away"}; !slices.Equal(codes, want) {
			t.Fatalf("got %v, want %v", codes, want)
		}
		sent := heard[1]
		if sent.Form != "book-a-demo" || sent.Kind != "demo" || sent.Page != "http://localhost/demo/book-a-demo/" || sent.Verdict != "unverified" || sent.Grade == "" ||
			!slices.Equal(sent.Fields, []string{"company", "company_size", "country", "email", "industry", "name", "role"}) {
			t.Errorf("got %+v", sent)
		}
		if !strings.Contains(heard[3].Sentence, "/at") {
			t.Errorf("nobody says what is wrong: %q", heard[3].Sentence)
		}
		if again := l.hear(); len(again) != 0 {
			t.Errorf("heard twice: %+v", again)
		}
	})
}

func TestASubmitThatComesAgainIsHeardOnce(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *apptest.Server) {
		l := &listener{Client: s.SignedIn("marketer@demo.test")}
		l.hear()
		page := s.Client()
		for range 2 {
			page.Send(apptest.Submit("again"))
			page.Send(apptest.Submit("nameless").With("profile", map[string]any{"name": "Ann"}))
		}
		if heard := l.hear(); len(heard) != 2 {
			t.Errorf("heard of %d, want of two: %+v", len(heard), heard)
		}
		page.Send(apptest.Submit("again"))
		if later := l.hear(); len(later) != 0 {
			t.Errorf("heard once more, later: %+v", later)
		}
	})
}

func TestASessionOfAPageWithoutAnOriginIsToldInAWholeSentence(t *testing.T) {
	s := apptest.Start(t)
	l := &listener{Client: s.SignedIn("marketer@demo.test")}
	l.hear()
	s.Client().Get("/v1/sites/demo/boot").Want(http.StatusOK)
	if heard := l.hear(); len(heard) != 1 || heard[0].Sentence != "A page of this server, or a program, asked for a session and got it." {
		t.Errorf("got %+v", heard)
	}
}

func TestListeningIsForThoseWhoMayAndOfTheirOwnSiteAlone(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Get("/v1/install/seen").Refused(http.StatusUnauthorized, "signed_out")
	s.SignedIn("rep@demo.test").Get("/v1/install/seen").Refused(http.StatusForbidden, "not_allowed")
	s.SignedIn("admin@demo.test").Get("/v1/install/seen?after=-1").Refused(http.StatusBadRequest, "invalid_query")
}

// It was once shown as a form that was sent, without a mail address.
func TestWhoeverListensToPagesIsNotToldThatALeftFormWasSent(t *testing.T) {
	s, admin := withLeave(t)
	l := &listener{Client: admin}
	l.hear()
	page := s.Client()
	page.JSON("POST", "/v1/touches", leave(t, page, "gone")).Want(http.StatusAccepted)
	for _, seen := range l.hear() {
		if seen.Code != "page_seen" {
			t.Errorf("heard %s: %s", seen.Code, seen.Sentence)
		}
	}
}

// One that could not be read was once shown as a form that was sent and refused.
func TestWhoeverListensToPagesIsToldThatABrokenBeatOrLeaveIsNoForm(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *apptest.Server) {
		admin, page := s.SignedIn("admin@demo.test"), s.Client()
		allow(t, admin, "leave", "live")
		l := &listener{Client: admin}
		l.hear()
		whole := leave(t, page, "l1")
		session := whole["visits"].([]any)[0].(map[string]any)["session"]
		for _, broken := range []apptest.Touch{
			whole.With("left", nil),
			whole.With("visits", []any{map[string]any{"session": session, "evidence": "Ag"}}),
			whole.With("type", "live").With("left", nil).With("at", "noon"),
			whole.With("type", "beacon"),
			whole.With("type", nil),
		} {
			page.JSON("POST", "/v1/touches", broken).Refused(http.StatusUnprocessableEntity, "invalid_touch")
		}
		page.JSON("POST", "/v1/touches", apptest.Submit("bad").With("at", "noon")).Refused(http.StatusUnprocessableEntity, "invalid_touch")
		var told []string
		for _, seen := range l.hear() {
			if _, names, failed := strings.Cut(seen.Sentence, " /"); failed {
				told = append(told, seen.Code+" /"+names)
			}
		}
		for i, want := range []string{"touch_unread /left: ", "touch_unread /visits/0/evidence: ", "touch_unread /at: ", "touch_unread /type: ",
			"touch_unread /type: ", "touch_failed /at: "} {
			if i >= len(told) || !strings.HasPrefix(told[i], want) {
				t.Fatalf("told %q, want number %d to begin with %q", told, i, want)
			}
		}
	})
}
