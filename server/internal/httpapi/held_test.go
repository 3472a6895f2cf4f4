package httpapi_test

import (
	"net/http"
	"testing"
	"time"

	"assay/server/internal/apptest"
)

func TestAHeldLeadSaysWhyAndUntilWhenSomebodyShouldLook(t *testing.T) {
	s := apptest.Start(t)
	asked := time.Now()
	s.Client().Send(apptest.Submit("t1"),
		set("profile/email", "ann@mailinator.com")(apptest.Submit("t2")))
	rep := s.SignedIn("rep@demo.test")
	leads := rep.Leads("")
	if len(leads) != 2 {
		t.Fatalf("%d leads, want 2", len(leads))
	}
	for _, l := range leads {
		var d struct {
			Email string
			Held  []string
			Due   *time.Time `json:"review_due"`
		}
		rep.Get("/v1/leads/" + l.ID).Want(http.StatusOK).Into(&d)
		if d.Email == "t1@northbeck.test" {
			if d.Held != nil || d.Due != nil {
				t.Errorf("nothing holds it: %+v", d)
			}
			continue
		}
		if len(d.Held) != 1 || d.Held[0] != "disposable_mail" || d.Due == nil {
			t.Fatalf("got %+v", d)
		}
		day := d.Due.Weekday()
		if in := d.Due.Sub(asked); in < 48*time.Hour || in > 97*time.Hour || day == time.Saturday || day == time.Sunday {
			t.Errorf("due %s, and it was held %s", d.Due, asked)
		}
	}
}

// Domain rule 6: who reopens a held lead has reviewed it.
func TestReopeningAHeldLeadReleasesIt(t *testing.T) {
	s := apptest.Start(t)
	held := set("profile/email", "ann@mailinator.com")
	s.Client().Send(held(apptest.Submit("t1")))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	holds := func() (reasons []string) {
		var d struct{ Held []string }
		rep.Get("/v1/leads/" + id).Want(http.StatusOK).Into(&d)
		return d.Held
	}
	if len(holds()) != 1 {
		t.Fatalf("held for %v, want one reason", holds())
	}
	do(rep, id, "reopen").Want(http.StatusOK)
	if h := holds(); h != nil {
		t.Errorf("reviewed, and held for %v", h)
	}
	s.Client().Send(held(apptest.Submit("t1").With("id", "again")))
	if h := holds(); h != nil {
		t.Errorf("held again for what was reviewed: %v", h)
	}
	if d := readLead(rep, id); d.StallsAt == nil {
		t.Errorf("nobody is told when %s stalls", d.Stage)
	}
	do(rep, id, "reopen").Refused(http.StatusConflict, "no_such_move")
}
