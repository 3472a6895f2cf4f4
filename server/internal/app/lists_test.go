package app_test

import (
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/maildomain"
	"assay/web"
)

// A domain that only the long lists know holds a contact for review. It earns
// and costs no points: the visitor's browser has never heard of it.
func TestALongListHoldsADisposableAddressWithoutPoints(t *testing.T) {
	if _, err := maildomain.Load(web.Dist()); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the long lists come with the web build, which has not run yet: make build")
	}
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	type lead struct {
		Stage     string
		Held      []string
		Fit       int
		MailClass string `json:"mail_class"`
	}
	ask := func(id, address string) (l lead) {
		touch := apptest.Submit(id)
		profile := touch["profile"].(map[string]any)
		profile["email"] = address
		s.Client().Send(touch)
		for _, item := range rep.Leads("") {
			if item.Email == address {
				rep.Get("/v1/leads/" + item.ID).Want(http.StatusOK).Into(&l)
			}
		}
		return l
	}
	works, throwaway, free := ask("w1", "ada@works.test"), ask("d1", "ada@x.guerrillamail.com"), ask("f1", "ada@posteo.de")
	if works.MailClass != "business" || works.Stage != "prospect" || len(works.Held) > 0 {
		t.Errorf("a business's own domain: %+v", works)
	}
	if throwaway.MailClass != "disposable" || throwaway.Stage != "lead" || !slices.Equal(throwaway.Held, []string{"disposable_mail"}) || throwaway.Fit != works.Fit {
		t.Errorf("a disposable domain: %+v", throwaway)
	}
	if free.MailClass != "free" || free.Stage != "prospect" || len(free.Held) > 0 || free.Fit != works.Fit {
		t.Errorf("a free domain: %+v", free)
	}
}
