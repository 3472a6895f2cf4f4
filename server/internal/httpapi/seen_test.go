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

func TestListeningIsForThoseWhoMayAndOfTheirOwnSiteAlone(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Get("/v1/install/seen").Refused(http.StatusUnauthorized, "signed_out")
	s.SignedIn("rep@demo.test").Get("/v1/install/seen").Refused(http.StatusForbidden, "not_allowed")
	s.SignedIn("admin@demo.test").Get("/v1/install/seen?after=-1").Refused(http.StatusBadRequest, "invalid_query")
}
