package wsapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"assay/server/internal/apptest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestHelloThenAlertsThenLive(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	s.Client().SendMany("t", 3)
	apptest.Eventually(t, "three alerts", func() bool { items, _ := rep.Alerts(""); return len(items) == 3 })
	ws := rep.Stream("?after=1")
	if ws.Subprotocol() != "assay.v1" {
		t.Errorf("subprotocol %q", ws.Subprotocol())
	}
	hello := ws.Next()
	var d struct {
		Protocol string
		Person   struct{ ID, Email, Role string }
		Now      string
		Missed   int
	}
	if err := json.Unmarshal(hello.Data, &d); err != nil || hello.Type != "hello" || hello.Cursor != 1 || d.Protocol != "assay.v1" ||
		d.Person.Email != "rep@demo.test" || d.Now == "" || d.Missed != 2 {
		t.Errorf("hello %+v %s", hello, hello.Data)
	}
	for _, want := range []int64{2, 3} {
		if m := ws.Next(); m.Type != "alert" || m.Cursor != want {
			t.Errorf("got %+v, want alert %d", m, want)
		}
	}
	s.Client().Send(apptest.Submit("live"))
	m := ws.Next()
	if m.Type != "alert" || m.Cursor != 4 || !strings.Contains(string(m.Data), "live@northbeck.test") {
		t.Errorf("got %+v %s", m, m.Data)
	}
	// History and stream say the same.
	items, _ := rep.Alerts("?after=3")
	if len(items) != 1 || string(items[0].Data) != string(m.Data) || items[0].ID != m.ID {
		t.Errorf("history says %+v", items)
	}
}

func TestWithoutACursorTheStreamStartsLive(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	s.Client().Send(apptest.Submit("before"))
	apptest.Eventually(t, "an alert", func() bool { items, _ := rep.Alerts(""); return len(items) == 1 })
	ws := rep.Stream("")
	if hello := ws.Next(); hello.Cursor != 1 {
		t.Errorf("hello %+v", hello)
	}
	s.Client().Send(apptest.Submit("after"))
	if m := ws.Next(); m.Cursor != 2 {
		t.Errorf("got %+v", m)
	}
}

func TestOnlyOurExactOriginListens(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	for _, origin := range []string{"", "null", "https://evil.test", "http://localhost:1", s.URL + ".evil.test", s.URL + "/", strings.Replace(s.URL, "http", "https", 1)} {
		ws, answer, err := rep.Dial("", "Origin", origin)
		if err == nil {
			ws.Close()
		}
		if answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("origin %q: %v, %v", origin, answer, err)
		}
	}
	if _, _, err := rep.Dial("", "Origin", strings.Replace(s.URL, "127.0.0.1", "localhost", 1)); err != nil {
		t.Errorf("the other name of this machine: %v", err)
	}
}

func TestWhoIsNotSignedInIsToldByTheCloseCode(t *testing.T) {
	s := apptest.Start(t)
	for _, cookie := range []string{"", "assay_session=made-up"} {
		ws, _, err := s.Client().Dial("", "Cookie", cookie)
		if err != nil {
			t.Fatal(err)
		}
		if code := ws.Closed(); code != 4001 {
			t.Errorf("cookie %q: code %d", cookie, code)
		}
	}
}

func TestWrongRequestsAreRefusedBeforeTheUpgrade(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	for _, query := range []string{"?after=x", "?after=-1", "?after=1.5"} {
		_, answer, err := rep.Dial(query)
		if err == nil || answer == nil || answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %v, %v", query, answer, err)
		}
	}
	rep.Get("/v1/alerts/stream", "Origin", s.URL).Refused(http.StatusUpgradeRequired, "upgrade_required")
	rep.Get("/v1/alerts/stream").Refused(http.StatusForbidden, "origin_not_allowed")
}

func TestAClaimIsAnsweredAndEverybodyHearsOfIt(t *testing.T) {
	s := apptest.Start(t)
	rep, rep2 := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	a, b := rep.Stream(""), rep2.Stream("")
	a.Next()
	b.Next()
	s.Client().Send(apptest.Submit("t1"))
	a.Next()
	b.Next()
	id := rep.Leads("")[0].ID
	a.Say(fmt.Sprintf(`{"type":"claim","lead":%q,"request":"r1"}`, id))
	if r := a.Result("r1"); !r.OK || r.Code != "" || r.Lead != id || r.Current == nil || r.Current.ID != id ||
		r.Current.Owner != rep.PersonID() || r.Current.OwnerName != "Demo rep" {
		t.Errorf("got %+v", r)
	}
	m := b.Next()
	var d struct {
		Lead, Change, Owner, Stage, Grade, Band string
		OwnerName                               string `json:"owner_name"`
	}
	if err := json.Unmarshal(m.Data, &d); err != nil || m.Type != "lead" || m.Cursor != 2 || d.Lead != id || d.Change != "claimed" ||
		d.Owner != rep.PersonID() || d.OwnerName != "Demo rep" || d.Stage != "prospect" || d.Grade == "" || d.Band == "" {
		t.Errorf("the other rep hears %+v %s", m, m.Data)
	}
	b.Say(fmt.Sprintf(`{"type":"claim","lead":%q,"request":"r2","colour":"red"}`, id))
	if r := b.Result("r2"); r.OK || r.Code != "already_claimed" || r.Lead != id || r.Current == nil || r.Current.Owner != rep.PersonID() {
		t.Errorf("the second claim: %+v", r)
	}
	b.Say(`{"type":"claim","lead":"nobody","request":"r3"}`)
	if r := b.Result("r3"); r.OK || r.Code != "unknown_lead" || r.Lead != "nobody" || r.Current != nil {
		t.Errorf("a claim of nobody: %+v", r)
	}
}

// One claims by HTTP and one by the socket, at the same moment.
func TestOfTwoClaimsByTwoWaysOneWins(t *testing.T) {
	s := apptest.Start(t)
	rep, rep2 := s.SignedIn("rep@demo.test"), s.SignedIn("rep2@demo.test")
	ws := rep2.Stream("")
	for round := range 10 {
		name := fmt.Sprintf("t%d", round)
		s.Client().Send(apptest.Submit(name))
		id := rep.Leads("?q=" + name + "@")[0].ID
		var byHTTP *apptest.Answer
		var wg sync.WaitGroup
		wg.Go(func() { byHTTP = rep.JSON("POST", "/v1/leads/"+id+"/actions", map[string]string{"action": "claim"}) })
		ws.Say(fmt.Sprintf(`{"type":"claim","lead":%q,"request":%q}`, id, name))
		bySocket := ws.Result(name)
		wg.Wait()
		if (byHTTP.Status == http.StatusOK) == bySocket.OK {
			t.Errorf("HTTP %d, socket %+v", byHTTP.Status, bySocket)
		}
		owner := rep.Leads("?q=" + name + "@")[0].Owner
		winner := map[bool]*apptest.Client{true: rep2, false: rep}[bySocket.OK]
		if owner != winner.PersonID() {
			t.Errorf("the owner is not who was told so")
		}
	}
}

func TestBadMessagesCloseTheStream(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	big := fmt.Sprintf(`{"type":"claim","lead":"x","request":"%s"}`, strings.Repeat("r", 4<<10))
	for _, text := range []string{"", "x", "[]", "null", "{}", `{"type":"shout"}`, `{"type":"claim"}`, `{"type":"claim","lead":7}`, big, strings.Repeat(" ", 1<<20)} {
		ws := rep.Stream("")
		ws.Next()
		if err := ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil && len(text) < 1<<16 {
			t.Fatal(err)
		}
		if code := ws.Closed(); code != 4400 {
			t.Errorf("%.40q: code %d", text, code)
		}
	}
	ws := rep.Stream("")
	if err := ws.WriteMessage(websocket.BinaryMessage, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if code := ws.Closed(); code != 4400 {
		t.Errorf("binary: code %d", code)
	}
}

func TestADrainTellsToReconnectAndLosesNothing(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	ws := rep.Stream("")
	cursor := ws.Next().Cursor
	s.Client().Send(apptest.Submit("t1"))
	closed := make(chan int)
	go func() { closed <- ws.Closed() }()
	s.Restart()
	if code := <-closed; code != 4010 {
		t.Errorf("code %d", code)
	}
	rep.Base = s.URL // another port; the session and the feed are the same
	again := rep.Stream(fmt.Sprintf("?after=%d", cursor))
	again.Next()
	if m := again.Next(); m.Cursor != 1 || m.Type != "alert" {
		t.Errorf("got %+v", m)
	}
}
