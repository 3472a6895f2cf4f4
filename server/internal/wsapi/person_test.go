package wsapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"assay/server/internal/apptest"
)

func TestAFilterIsKeptAndHoldsAtOnce(t *testing.T) {
	s := apptest.Start(t)
	rep, rep2 := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	ws, other := rep.Stream(""), rep2.Stream("")
	ws.Next()
	other.Next()
	ws.Say(`{"type":"filter","request":"f1","filter":{"grades":["D"],"colour":"red"}}`)
	if r := ws.Result("f1"); !r.OK || r.Code != "" {
		t.Errorf("got %+v", r)
	}
	for request, filter := range map[string]string{"f2": `{"grades":["Z"]}`, "f3": `null`, "f4": `{"hours":{"zone":"Nowhere"}}`,
		"f5": `{"kinds":["prospect","party"]}`} {
		ws.Say(fmt.Sprintf(`{"type":"filter","request":%q,"filter":%s}`, request, filter))
		if r := ws.Result(request); r.OK || r.Code != "invalid_filter" || r.Detail == "" {
			t.Errorf("%s: got %+v", filter, r)
		}
	}
	s.Client().Send(apptest.Submit("t1"))
	if m := other.Next(); m.Type != "alert" || m.Cursor != 1 {
		t.Errorf("the other rep got %+v", m)
	}
	// Of the same person another stream, and after a restart: the alert is hidden,
	// and the claim of it is told, for this one is of no other territory.
	s.Restart()
	rep.Base, rep2.Base = s.URL, s.URL
	again, claimer := rep.Stream("?after=0"), rep2.Stream("?after=1")
	var hello struct {
		Person struct{ Filter struct{ Grades []string } }
		Missed int
	}
	if err := json.Unmarshal(again.Next().Data, &hello); err != nil || hello.Missed != 1 || len(hello.Person.Filter.Grades) != 1 {
		t.Errorf("hello %+v, %v", hello, err)
	}
	id := rep.Leads("")[0].ID
	claimer.Say(fmt.Sprintf(`{"type":"claim","lead":%q,"request":"c"}`, id))
	claimer.Result("c")
	if m := again.Next(); m.Type != "lead" || m.Cursor != 2 {
		t.Errorf("got %+v", m)
	}
	if items, _ := rep.Alerts(""); len(items) != 2 {
		t.Errorf("history has %d entries", len(items))
	}
}

func TestAVisitorOnAFormIsSeenByReps(t *testing.T) {
	s := apptest.Start(t)
	ws := s.SignedIn("rep@demo.test").Stream("")
	ws.Next()
	var boot struct {
		Session  string
		Settings struct{ Live bool }
	}
	visitor := s.Client()
	visitor.Get("/v1/sites/demo/boot?visitor=v1").Want(http.StatusOK).Into(&boot)
	if !boot.Settings.Live {
		t.Error("the demo's pages do not tell who is there")
	}
	touch := apptest.Touch{"id": "b1", "type": "live", "site": "demo", "visitor": "v1", "form": "book-a-demo", "form_kind": "demo",
		"at": time.Now().UTC().Format(time.RFC3339), "page": "http://localhost/demo/book-a-demo/",
		"visits": []any{map[string]any{"session": boot.Session, "signals": []any{[]any{2, 0}, []any{3, 0}}}}}
	visitor.Send(touch)
	m := ws.Next()
	var p struct {
		Visit, Form, Grade, Band string
		Here                     bool
	}
	if err := json.Unmarshal(m.Data, &p); err != nil || m.Type != "presence" || m.Cursor != 0 || !p.Here || p.Form != "book-a-demo" || p.Grade == "" || p.Band == "" {
		t.Errorf("got %+v %s", m, m.Data)
	}
	visitor.Send(touch) // too soon, and taken all the same
	if leads := s.SignedIn("rep2@demo.test").Leads("?stage=anonymous"); len(leads) != 0 {
		t.Errorf("%d contacts came of it", len(leads))
	}
	late := s.SignedIn("rep2@demo.test").Stream("")
	late.Next()
	if m := late.Next(); m.Type != "presence" {
		t.Errorf("who comes later is told %+v", m)
	}
}

func TestAProgramListensWithItsToken(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	var made struct{ Secret, ID string }
	admin.JSON("POST", "/v1/tokens", map[string]string{"name": "crm", "role": "rep"}).Want(http.StatusCreated).Into(&made)
	ws, _, err := s.Client().Dial("", "Origin", "", "Cookie", "", "Authorization", "Bearer "+made.Secret)
	if err != nil {
		t.Fatal(err)
	}
	ws.Next()
	s.Client().Send(apptest.Submit("t1"))
	if m := ws.Next(); m.Type != "alert" || m.Cursor != 1 {
		t.Errorf("got %+v", m)
	}
	id := admin.Leads("")[0].ID
	ws.Say(fmt.Sprintf(`{"type":"claim","lead":%q,"request":"c"}`, id))
	if r := ws.Result("c"); !r.OK || r.Current == nil || r.Current.Owner != "token:crm" {
		t.Errorf("a claim: %+v", r)
	}
	ws.Say(`{"type":"filter","filter":{"mine":true},"request":"f"}`)
	if r := ws.Result("f"); r.OK || r.Code != "not_allowed" {
		t.Errorf("a filter: %+v", r)
	}
	admin.Do("DELETE", "/v1/tokens/"+made.ID, nil).Want(http.StatusNoContent)
	ws.Say(`{"type":"claim","lead":"x","request":"d"}`)
	if code := ws.Closed(); code != 4001 {
		t.Errorf("code %d", code)
	}
	if ws, _, err = s.Client().Dial("", "Origin", "", "Cookie", "", "Authorization", "Bearer made-up"); err != nil {
		t.Fatal(err)
	}
	if code := ws.Closed(); code != 4001 {
		t.Errorf("a token that is made up: code %d", code)
	}
}
