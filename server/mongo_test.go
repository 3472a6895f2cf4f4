package main

import (
	"net/http"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"assay/server/internal/mongotest"

	"github.com/gorilla/websocket"
)

// listen opens the stream of what happens from now on.
func (p *process) listen() *websocket.Conn {
	p.t.Helper()
	at, err := url.Parse(p.url)
	if err != nil {
		p.t.Fatal(err)
	}
	dialer := websocket.Dialer{Jar: p.client.Jar, HandshakeTimeout: patience, Subprotocols: []string{"assay.v1"}}
	stream, _, err := dialer.Dial("ws://"+at.Host+"/v1/alerts/stream", http.Header{"Origin": {p.url}})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = stream.Close() })
	p.next(stream, "hello")
	return stream
}

// heard is a message of the stream.
type heard struct {
	Type   string
	Cursor int64
	Data   struct {
		Lead, Change string
		Who          struct{ Email string }
	}
}

// next reads up to a message of a type.
func (p *process) next(stream *websocket.Conn, kind string) heard {
	p.t.Helper()
	_ = stream.SetReadDeadline(time.Now().Add(patience)) // never fails on an open socket
	for {
		var m heard
		if err := stream.ReadJSON(&m); err != nil {
			p.t.Fatalf("no %s on the stream: %v", kind, err)
		}
		if m.Type == kind {
			return m
		}
	}
}

// Two servers share one MongoDB: what one of them takes in, reps hear of at the
// other; a claim there is known here; and when one dies in the middle of a touch,
// the other one ends it.
func TestServersOnOneMongoDBAreOne(t *testing.T) {
	t.Parallel()
	stand := mongotest.Start(t)
	env := []string{"ASSAY_MONGODB_URI=" + stand.URI("assay"), "ASSAY_KEYS=" + filepath.Join(t.TempDir(), "keys.json")}
	a, b := start(t, t.TempDir(), env), start(t, t.TempDir(), env)
	atA, atB := a.listen(), b.listen()

	sent := time.Now()
	a.touch(buyer("t1", "ada@works.test"))
	first := b.next(atB, "alert")
	t.Logf("a touch at one server was an alert at the other after %v", time.Since(sent))
	if first.Data.Who.Email != "ada@works.test" || first.Cursor != 1 {
		t.Errorf("the other server alerts of %+v", first)
	}

	a.next(atA, "alert")
	sent = time.Now()
	b.call("POST", "/v1/leads/"+first.Data.Lead+"/actions", map[string]string{"action": "claim"}, http.StatusOK, nil)
	claimed := a.next(atA, "lead")
	t.Logf("a claim at one server was known at the other after %v", time.Since(sent))
	if claimed.Data.Lead != first.Data.Lead || claimed.Data.Change != "claimed" {
		t.Errorf("the other server tells of %+v", claimed)
	}
	var shown struct{ Owner string }
	a.call("GET", "/v1/leads/"+first.Data.Lead, nil, http.StatusOK, &shown)
	if shown.Owner == "" {
		t.Error("the lead has no owner at the other server")
	}

	stored := false
	stand.Judge(func(command string) mongotest.Fate { // of the first server: the touch is stored, and no more
		if stored || command != "insert" {
			return mongotest.CutBefore
		}
		stored = true
		return mongotest.Pass
	})
	a.call("POST", "/v1/touches", buyer("t2", "bob@other.test"), http.StatusServiceUnavailable, nil)
	a.kill()
	stand.Judge(nil)
	if left := b.next(atB, "alert"); left.Data.Who.Email != "bob@other.test" || left.Cursor != 3 {
		t.Errorf("of what the dead server left, the other one alerts %+v", left)
	}
	b.touch(buyer("t2", "bob@other.test")) // the browser sends it again
	b.touch(buyer("t3", "eve@third.test"))
	if next := b.next(atB, "alert"); next.Data.Who.Email != "eve@third.test" || next.Cursor != 4 {
		t.Errorf("then %+v", next)
	}
}
