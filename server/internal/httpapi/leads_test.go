package httpapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/auth"
	"assay/server/internal/config"
	"assay/server/internal/demo"
	"assay/server/internal/sqlitestore"
)

func claim(c *apptest.Client, id string) *apptest.Answer {
	return c.JSON("POST", "/v1/leads/"+id+"/actions", object{"action": "claim"})
}

func TestEveryCallNeedsASession(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	for _, a := range []*apptest.Answer{c.Get("/v1/leads"), c.Get("/v1/leads/x"), claim(c, "x"), c.Do("DELETE", "/v1/samples", nil),
		c.Get("/v1/alerts"), c.Get("/v1/leads", "Cookie", "assay_session=made-up")} {
		a.Refused(http.StatusUnauthorized, "signed_out")
	}
}

func TestALeadIsReadWithItsReasons(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Send(apptest.Submit("t1"))
	rep := s.SignedIn("rep@demo.test")
	id := rep.Leads("")[0].ID
	var d struct {
		ID, Grade, Email string
		Fit              int
		Ledger           []struct {
			Dimension string
			Points    int
		}
		Criteria    map[string]object
		Questions   []string
		Touches     []object
		Transitions []object
	}
	a := rep.Get("/v1/leads/" + id).Want(http.StatusOK).Into(&d)
	sum := 0
	for _, row := range d.Ledger {
		if row.Dimension == "fit" {
			sum += row.Points
		}
	}
	if d.ID != id || d.Email != "t1@northbeck.test" || sum != d.Fit || sum == 0 || len(d.Criteria) != 5 || len(d.Questions) == 0 ||
		len(d.Touches) != 1 || len(d.Transitions) == 0 {
		t.Errorf("got %s", a.Body)
	}
	rep.Get("/v1/leads/nobody").Refused(http.StatusNotFound, "unknown_lead")
}

func TestTheListIsFilteredAndPaged(t *testing.T) {
	s := apptest.Start(t)
	c, rep := s.Client(), s.SignedIn("rep@demo.test")
	c.SendMany("p", 5)
	c.Send(set("form", "newsletter")(apptest.Submit("sub")))
	for query, want := range map[string]int{
		"?stage=prospect": 5, "?stage=subscriber": 1, "?grade=A&stage=prospect": 5, "?grade=D": 0, "?q=sub": 1, "?q=NORTH": 6, "?form=newsletter": 1,
		"?owner=nobody": 0, "?verdict=unverified": 6, "?verdict=suspect": 0, "?nurturing=true": 0, "?band=hot": 0, "?sort=priority": 6, "?colour=red": 6,
	} {
		if got := rep.Leads(query); len(got) != want {
			t.Errorf("%s: %d leads, want %d", query, len(got), want)
		}
	}
	seen := map[string]bool{}
	for cursor, pages := "", 0; ; pages++ {
		var page struct {
			Items []apptest.Lead
			Next  string `json:"next_cursor"`
		}
		rep.Get("/v1/leads?limit=4&cursor=" + cursor).Want(http.StatusOK).Into(&page)
		for _, l := range page.Items {
			seen[l.ID] = true
		}
		if cursor = page.Next; cursor == "" || pages > 6 {
			break
		}
	}
	if len(seen) != 6 {
		t.Errorf("paging gave %d leads, want 6", len(seen))
	}
}

func TestWrongParametersAreNamed(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	for query, pointer := range map[string]string{
		"/v1/leads?stage=star": "/stage", "/v1/leads?grade=E": "/grade", "/v1/leads?grade=A5": "/grade", "/v1/leads?band=boiling": "/band",
		"/v1/leads?verdict=guilty": "/verdict", "/v1/leads?nurturing=yes": "/nurturing", "/v1/leads?sort=name": "/sort",
		"/v1/leads?limit=0": "/limit", "/v1/leads?limit=201": "/limit", "/v1/leads?cursor=made-up": "/cursor",
		"/v1/alerts?after=-1": "/after", "/v1/alerts?after=x": "/after", "/v1/alerts?limit=1000": "/limit",
	} {
		p := rep.Get(query).Refused(http.StatusBadRequest, "invalid_query")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != pointer {
			t.Errorf("%s: got %+v, want a fault at %s", query, p.Errors, pointer)
		}
	}
}

func TestOfTwoClaimsOneWins(t *testing.T) {
	s := apptest.Start(t)
	reps := []*apptest.Client{s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")}
	for round := range 10 {
		s.Client().Send(apptest.Submit(fmt.Sprintf("t%d", round)))
		id := reps[0].Leads("")[0].ID
		var got [2]*apptest.Answer
		var wg sync.WaitGroup
		for i, rep := range reps {
			wg.Go(func() { got[i] = claim(rep, id) })
		}
		wg.Wait()
		winner := 0
		if got[0].Status != http.StatusOK {
			winner = 1
		}
		var lead, current apptest.Lead
		got[winner].Want(http.StatusOK).Into(&lead)
		p := got[1-winner].Refused(http.StatusConflict, "already_claimed")
		if err := json.Unmarshal(p.Lead, &current); err != nil || current.Owner != lead.Owner || current.OwnerName == "" || lead.Owner != reps[winner].PersonID() {
			t.Errorf("winner has %+v, loser hears %+v (%v)", lead, current, err)
		}
		claim(reps[winner], id).Want(http.StatusOK) // one's own again
	}
}

func TestReleasingIsForOwnerAndAdmin(t *testing.T) {
	s := apptest.Start(t)
	rep, rep2, admin := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test"), s.SignedIn("admin@demo.test")
	s.Client().Send(apptest.Submit("t1"))
	id := rep.Leads("")[0].ID
	release := func(c *apptest.Client) *apptest.Answer {
		return c.JSON("POST", "/v1/leads/"+id+"/actions", object{"action": "release"})
	}
	claim(rep, id).Want(http.StatusOK)
	release(rep2).Refused(http.StatusConflict, "not_owner")
	release(rep).Want(http.StatusOK)
	claim(rep2, id).Want(http.StatusOK)
	release(admin).Want(http.StatusOK)
	if l := rep.Leads("")[0]; l.Owner != "" || l.OwnerName != "" {
		t.Errorf("still has an owner: %+v", l)
	}
	apptest.Eventually(t, "four changes in the feed", func() bool { items, _ := rep.Alerts(""); return len(items) == 5 })
}

func TestUnknownActionsAreRefused(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	p := rep.JSON("POST", "/v1/leads/x/actions", object{"action": "teleport"}).Refused(http.StatusUnprocessableEntity, "unknown_action")
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/action" {
		t.Errorf("got %+v", p.Errors)
	}
	rep.JSON("POST", "/v1/leads/x/actions", object{}).Refused(http.StatusUnprocessableEntity, "invalid_request")
	claim(rep, "nobody").Refused(http.StatusNotFound, "unknown_lead")
}

func TestSamplesAreRemovedByAllWhoDoNotOnlyRead(t *testing.T) {
	s := apptest.Start(t, func(c *config.Config) { c.DemoSamples = 5 })
	const reader = "reader@demo.test"
	addPerson(t, s, &auth.Person{ID: "reader", Email: reader, Role: auth.Read})
	s.SignedIn(reader).Do("DELETE", "/v1/samples", nil).Refused(http.StatusForbidden, "not_allowed")
	for i, email := range []string{"rep@demo.test", "marketer@demo.test", "admin@demo.test"} {
		var got struct{ Deleted *int }
		a := s.SignedIn(email).Do("DELETE", "/v1/samples", nil).Want(http.StatusOK).Into(&got)
		if got.Deleted == nil || (*got.Deleted > 0) != (i == 0) {
			t.Errorf("%s: got %s", email, a.Body)
		}
	}
}

// addPerson adds somebody to the demo site, by way of the store while the server
// is down.
func addPerson(t *testing.T, s *apptest.Server, p *auth.Person) {
	t.Helper()
	s.Stop()
	store, err := sqlitestore.Open(s.Config.DataDir, sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p.Password, err = auth.HashPassword(apptest.Password)
	if err = errors.Join(err, store.SavePerson(t.Context(), demo.Key, p), store.Close()); err != nil {
		t.Fatal(err)
	}
	s.Config.DemoSamples = 0
	s.Restart()
}

func TestHistoryPagesInFeedOrder(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	if items, next := rep.Alerts(""); len(items) != 0 || next != "0" {
		t.Errorf("empty feed: %d items, next %s", len(items), next)
	}
	s.Client().SendMany("t", 5)
	apptest.Eventually(t, "five alerts", func() bool { items, _ := rep.Alerts(""); return len(items) == 5 })
	newest, next := rep.Alerts("?limit=2")
	if len(newest) != 2 || newest[0].Cursor != 4 || newest[1].Cursor != 5 || next != "5" {
		t.Errorf("newest: %+v, next %s", newest, next)
	}
	first, next := rep.Alerts("?after=0&limit=3")
	rest, end := rep.Alerts("?after=" + next)
	for i, m := range append(first, rest...) {
		if m.Cursor != int64(i)+1 || m.Type != "alert" || m.ID == "" || m.At.IsZero() {
			t.Errorf("item %d: %+v", i, m)
		}
	}
	if len(first)+len(rest) != 5 || end != "5" {
		t.Errorf("%d and %d items, next %s", len(first), len(rest), end)
	}
	if none, next := rep.Alerts("?after=5"); len(none) != 0 || next != "5" {
		t.Errorf("after the end: %+v, next %s", none, next)
	}
}

func TestTwoLeadsAreMergedAndTakenApart(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	s.Client().Send(apptest.Submit("t1"))
	s.Client().Send(apptest.Submit("t2"))
	leads := rep.Leads("")
	newer, older := leads[0].ID, leads[1].ID
	act := func(id, action, other string) *apptest.Answer {
		return rep.JSON("POST", "/v1/leads/"+id+"/actions", object{"action": action, "other": other})
	}
	act(newer, "unmerge", older).Refused(http.StatusConflict, "not_merged")
	var merged apptest.Lead
	act(newer, "merge", older).Want(http.StatusOK).Into(&merged)
	var d struct {
		ID          string
		Members     []string
		Touches     []object
		Transitions []struct{ Of, To string }
	}
	rep.Get("/v1/leads/" + newer).Want(http.StatusOK).Into(&d)
	if merged.ID != older || d.ID != older || len(d.Members) != 1 || d.Members[0] != newer || len(d.Touches) != 2 || len(rep.Leads("")) != 1 {
		t.Errorf("merged into %s: %+v, of %d leads", merged.ID, d, len(rep.Leads("")))
	}
	act(older, "merge", newer).Want(http.StatusOK)
	claim(rep, newer).Want(http.StatusOK).Into(&merged)
	if merged.ID != older || merged.Owner == "" {
		t.Errorf("claiming the absorbed lead: %+v", merged)
	}
	act(older, "unmerge", newer).Want(http.StatusOK)
	if again := rep.Leads(""); len(again) != 2 {
		t.Errorf("%d leads after the undo", len(again))
	}
	for _, c := range []struct{ other, code string }{{older, "same_lead"}, {"nobody", "unknown_lead"}, {"", "required"}} {
		if p := act(older, "merge", c.other).Refused(http.StatusUnprocessableEntity, "invalid_request"); p.Errors[0].Pointer != "/other" || p.Errors[0].Code != c.code {
			t.Errorf("with %q: %+v", c.other, p.Errors)
		}
	}
}
