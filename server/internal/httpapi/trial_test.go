package httpapi_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/config"
	"assay/server/internal/install"
	"assay/server/internal/lead"
	"assay/server/internal/mongotest"
)

// onBothStores runs a test with a server over each store.
func onBothStores(t *testing.T, test func(t *testing.T, s *apptest.Server)) {
	t.Run("sqlite", func(t *testing.T) { test(t, apptest.Start(t)) })
	t.Run("mongodb", func(t *testing.T) {
		stand := mongotest.Start(t)
		test(t, apptest.Start(t, func(c *config.Config) { c.MongoURI = stand.URI("assay") }))
	})
}

func trial(c *apptest.Client, body map[string]string) *install.Trial {
	var r install.Trial
	c.JSON("POST", "/v1/install/test", body).Want(http.StatusOK).Into(&r)
	return &r
}

func outcomes(r *install.Trial) (out []string) {
	for _, s := range r.Steps {
		out = append(out, s.Step+" "+s.Code)
	}
	return out
}

func TestATestEventGoesTheWayOfAVisitorsAndLeavesNothingBehind(t *testing.T) {
	onBothStores(t, func(t *testing.T, s *apptest.Server) {
		rep, marketer := s.SignedIn("rep@demo.test"), s.SignedIn("marketer@demo.test")
		theirs, ours := rep.Stream(""), marketer.Stream("")
		for _, stream := range []*apptest.Socket{theirs, ours} { // what happened before the hello is no live alert
			if m := stream.Next(); m.Type != "hello" {
				t.Fatalf("the stream begins with %+v", m)
			}
		}
		s.Client().Send(apptest.Submit("bob"))
		for _, stream := range []*apptest.Socket{theirs, ours} { // who has heard of this one hears all that follows at once
			next(t, stream)
		}
		r := trial(marketer, map[string]string{})
		want := []string{"boot boot_answered", "session session_believed", "touch touch_accepted", "lead lead_stored", "alert alert_arrived", "removal removal_done"}
		if !r.Works || !slices.Equal(outcomes(r), want) {
			t.Fatalf("got %+v", r)
		}
		for _, step := range r.Steps {
			if step.Took < 0 || step.Sentence == "" || strings.Contains(step.Sentence, "%!") {
				t.Errorf("%s took %v ms: %q", step.Step, step.Took, step.Sentence)
			}
		}

		for q, want := range map[string]int{"": 1, "?q=" + r.Email: 0, "?q=test": 0, "?stage=anonymous": 0} {
			if left := marketer.Leads(q); len(left) != want {
				t.Errorf("%q lists %+v", q, left)
			}
		}
		if left, _ := marketer.Alerts(""); len(left) != 1 {
			t.Errorf("the feed has %+v", left)
		}
		var gone struct{ Deleted int }
		marketer.Do("DELETE", "/v1/samples", nil).Want(http.StatusOK).Into(&gone)
		if gone.Deleted != 0 {
			t.Errorf("%d samples were left", gone.Deleted)
		}

		// The next thing that a rep hears is a person's.
		s.Client().Send(apptest.Submit("ann"))
		if heard := next(t, theirs); heard.Kind != lead.KindProspect || heard.Who.Email != "ann@northbeck.test" {
			t.Errorf("the rep heard %+v", heard)
		}
		if heard := next(t, ours); heard.Kind != lead.KindTest || heard.Who.Email != r.Email || !heard.Quiet {
			t.Errorf("the marketer heard %+v", heard)
		}

		// Its touch's id stays no longer than the rest: another touch may have it.
		id := install.TrialID + strings.TrimSuffix(strings.TrimPrefix(r.Email, "test+"), "@assay.invalid")
		s.Client().Send(apptest.Submit(id))
		if left := marketer.Leads("?q=" + id); len(left) != 1 {
			t.Errorf("a touch with its id left %+v", left)
		}
	})
}

// heard is an alert.
type heard struct {
	Kind  string
	Quiet bool
	Who   struct{ Email string }
}

// next reads up to the next alert.
func next(t *testing.T, s *apptest.Socket) (a heard) {
	t.Helper()
	for {
		if m := s.Next(); m.Type == "alert" {
			if err := json.Unmarshal(m.Data, &a); err != nil {
				t.Fatal(err)
			}
			return a
		}
	}
}

func TestATestEventForAPageThatTheSiteDoesNotListSaysSoAndStoresNothing(t *testing.T) {
	s := apptest.Start(t)
	r := trial(s.SignedIn("admin@demo.test"), map[string]string{"url": "https://www.elsewhere.test/demo?a=b"})
	if r.Works || r.Origin != "https://www.elsewhere.test" || !slices.Equal(outcomes(r), []string{"boot boot_refused", "removal removal_untouched"}) {
		t.Errorf("got %+v", r)
	}
	if r.Steps[0].Severity != install.Fault || r.Steps[0].Do == "" {
		t.Errorf("nobody says what to do: %+v", r.Steps[0])
	}
	listed := trial(s.SignedIn("admin@demo.test"), map[string]string{"url": "http://localhost:8765/demo/"})
	if !listed.Works || listed.Origin != "http://localhost:8765" {
		t.Errorf("got %+v", listed)
	}
}

func TestTestEventsAreForThoseWhoMayAndAFewAMinute(t *testing.T) {
	s := apptest.Start(t)
	marketer := s.SignedIn("marketer@demo.test")
	s.Client().JSON("POST", "/v1/install/test", nil).Refused(http.StatusUnauthorized, "signed_out")
	s.SignedIn("rep@demo.test").JSON("POST", "/v1/install/test", map[string]string{}).Refused(http.StatusForbidden, "not_allowed")
	marketer.JSON("POST", "/v1/install/test", map[string]string{}, "Origin", "https://evil.test").Refused(http.StatusForbidden, "origin_not_allowed")
	p := marketer.JSON("POST", "/v1/install/test", map[string]string{"url": "file:///etc/passwd"}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/url" {
		t.Errorf("got %+v", p.Errors)
	}
	for range 5 {
		trial(marketer, map[string]string{})
	}
	a := marketer.JSON("POST", "/v1/install/test", map[string]string{})
	a.Refused(http.StatusTooManyRequests, "rate_limited")
	if a.Header.Get("Retry-After") == "" {
		t.Error("nobody says when to try again")
	}
	admin := s.SignedIn("admin@demo.test")
	_, secret := token(admin, "deploy", "marketer")
	var r install.Trial
	s.Client().JSON("POST", "/v1/install/test", map[string]string{}, "Authorization", "Bearer "+secret).Want(http.StatusOK).Into(&r)
	if !r.Works {
		t.Errorf("for a program: %+v", r)
	}
}

func TestNobodyOutsideSendsASample(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("ann").With("sample", true))
	var gone struct{ Deleted int }
	s.SignedIn("admin@demo.test").Do("DELETE", "/v1/samples", nil).Want(http.StatusOK).Into(&gone)
	if gone.Deleted != 0 {
		t.Error("a visitor's lead counts as a sample")
	}
}
