package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// buyer is a touch of somebody whom every rep wants to hear of: a prospect
// without a visit. The mail address says who.
func buyer(id, email string) map[string]any {
	return map[string]any{
		"id": id, "type": "submit", "site": "demo", "at": time.Now().UTC().Format(time.RFC3339), "form": "book-a-demo",
		"profile": map[string]string{"email": email, "name": "Ada", "company": "Works", "role": "Head of Operations",
			"company_size": "51-200", "industry": "manufacturing", "country": "DE", "need": "stock", "timing": "now"},
	}
}

func (p *process) touch(body map[string]any) {
	p.t.Helper()
	p.call("POST", "/v1/touches", body, http.StatusAccepted, nil)
}

// entry is a message of the stream.
type entry struct {
	Type   string
	ID     string
	Cursor int64
	Data   struct {
		Who struct{ Email string }
	}
}

// feed reads the stream from its beginning until it gave a number of alerts,
// and fails where the cursor leaves a gap or an id comes twice.
func (p *process) feed(alerts int) []entry {
	p.t.Helper()
	at, err := url.Parse(p.url)
	if err != nil {
		p.t.Fatal(err)
	}
	dialer := websocket.Dialer{Jar: p.client.Jar, HandshakeTimeout: patience, Subprotocols: []string{"assay.v1"}}
	stream, _, err := dialer.Dial("ws://"+at.Host+"/v1/alerts/stream?after=0", http.Header{"Origin": {p.url}})
	if err != nil {
		p.t.Fatal(err)
	}
	defer stream.Close()
	_ = stream.SetReadDeadline(time.Now().Add(patience)) // never fails on an open socket
	var list []entry
	ids := map[string]bool{}
	for len(list) < alerts {
		var e entry
		if err := stream.ReadJSON(&e); err != nil {
			p.t.Fatalf("after %d of %d alerts: %v", len(list), alerts, err)
		}
		if e.Type != "alert" {
			continue
		}
		if want := int64(len(list) + 1); e.Cursor != want || ids[e.ID] {
			p.t.Fatalf("alert %s has cursor %d, want %d; seen before: %v", e.ID, e.Cursor, want, ids[e.ID])
		}
		ids[e.ID] = true
		list = append(list, e)
	}
	return list
}

// listed is a lead as the list shows it.
type listed struct {
	ID, Email, Name string
	Rev             int
}

// leads gives all leads by mail address.
func (p *process) leads() map[string]listed {
	p.t.Helper()
	all := map[string]listed{}
	for cursor := ""; ; {
		var page struct {
			Items []listed
			Next  string `json:"next_cursor"`
		}
		p.call("GET", "/v1/leads?limit=200&cursor="+url.QueryEscape(cursor), nil, http.StatusOK, &page)
		for _, l := range page.Items {
			if _, twice := all[l.Email]; twice {
				p.t.Errorf("%s is listed twice", l.Email)
			}
			all[l.Email] = l
		}
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
}

func TestAKilledServerLosesNothingItAcknowledged(t *testing.T) {
	t.Parallel()
	const touches = 1000
	dir := t.TempDir()
	p := start(t, dir, nil)
	for i := range touches {
		p.touch(buyer(fmt.Sprint("touch-", i), fmt.Sprintf("p%d@works.test", i)))
	}
	p.kill()

	p = start(t, dir, nil)
	leads, alerted := p.leads(), map[string]int{}
	for _, e := range p.feed(touches) {
		alerted[e.Data.Who.Email]++
	}
	if len(leads) != touches {
		t.Errorf("%d leads after the restart, want %d", len(leads), touches)
	}
	for i := range touches {
		email := fmt.Sprintf("p%d@works.test", i)
		if _, ok := leads[email]; !ok || alerted[email] != 1 {
			t.Errorf("%s: is a lead: %v, alerts: %d", email, ok, alerted[email])
		}
	}
}

func TestTheSameTouchTwiceChangesNothingAcrossARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := start(t, dir, nil)
	p.touch(buyer("once", "ada@works.test"))
	p.feed(1) // the alert has left the lead, whose revision stands from now on
	state := func() string {
		l := p.leads()["ada@works.test"]
		var one struct{ Touches, Transitions []any }
		p.call("GET", "/v1/leads/"+l.ID, nil, http.StatusOK, &one)
		return fmt.Sprint(l, len(one.Touches), len(one.Transitions))
	}
	before := state()

	again := buyer("once", "ada@works.test")
	p.touch(again)
	again["profile"] = map[string]string{"email": "eve@works.test", "name": "Eve"}
	p.touch(again)
	if after := state(); after != before {
		t.Errorf("sent again: %s, was %s", after, before)
	}
	p.kill()
	p = start(t, dir, nil)
	p.touch(again)
	if after := state(); after != before {
		t.Errorf("sent again after a restart: %s, was %s", after, before)
	}
	p.touch(buyer("another", "bob@works.test"))
	if alerts := p.feed(2); alerts[0].Data.Who.Email != "ada@works.test" || alerts[1].Data.Who.Email != "bob@works.test" {
		t.Errorf("alerts of %v, want one of Ada and then one of Bob", alerts)
	}
	if n := len(p.leads()); n != 2 {
		t.Errorf("%d leads, want 2", n)
	}
}

// A killed process loses nothing that it gave to the system, synced or not, so
// that only its system calls tell whether a power cut would lose something.
func TestATouchIsSyncedBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	calls := traceTouches(t)
	for _, id := range traced {
		if err := calls.synced(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestTheTraceTellsWhenNothingIsSynced(t *testing.T) {
	t.Parallel()
	calls := traceTouches(t, unsafeEnv+"=1")
	for _, id := range traced {
		if err := calls.synced(id); !errors.Is(err, errNotSynced) {
			t.Errorf("%s without syncing: %v, want %v", id, err, errNotSynced)
		}
	}
}
