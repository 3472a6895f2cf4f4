package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Close codes of the stream that a rep may meet; after all of them it is right to reconnect.
const (
	closedSignIn = 4001
	closedSlow   = 4008
	closedGoing  = 4010
)

// handshakeWithin bounds the opening of a socket.
const handshakeWithin = 10 * time.Second

// message is what the stream and the feed's history give.
type message struct {
	Type   string `json:"type"`
	ID     string `json:"id"`
	Cursor int64  `json:"cursor"`
	Data   struct {
		Lead       string `json:"lead"`
		Kind       string `json:"kind"`
		Change     string `json:"change"`
		Owner      string `json:"owner"`
		Escalation string `json:"escalation"`

		Request string `json:"request"` // of a result
		OK      bool   `json:"ok"`
		Code    string `json:"code"`
		Current *struct {
			Owner string `json:"owner"`
		} `json:"current"`
	} `json:"data"`
}

// isEntry reports whether a message is of the feed: one that has a cursor of
// its own.
func (m *message) isEntry() bool { return m.Type == "alert" || m.Type == "lead" }

// rep is a person with the feed open, who comes back with the last cursor after
// whatever ends the connection, and keeps what was seen.
type rep struct {
	w      *world
	email  string
	gate   chan struct{} // where there is one, nothing is read before it is closed
	id     string        // of the person
	role   string
	cookie string // guarded by mu

	mu      sync.Mutex
	last    int64
	seen    []message
	ids     map[string]bool
	ws      *websocket.Conn // nil while there is none
	serial  int
	waiting map[string]chan *message // claims by request
}

// newRep signs somebody in.
func (w *world) newRep(email string) (*rep, error) {
	r := &rep{w: w, email: email, ids: map[string]bool{}, waiting: map[string]chan *message{}}
	return r, until(email+" signs in", r.signIn)
}

func (r *rep) signIn() (bool, error) {
	url := r.w.anyURL()
	if url == "" {
		return false, errDown
	}
	body, err := json.Marshal(map[string]string{"email": r.email, "password": password})
	if err != nil {
		return false, err
	}
	answer, err := r.w.client.Post(url+"/v1/session", "application/json", strings.NewReader(string(body)))
	if err != nil {
		return false, err
	}
	defer answer.Body.Close()
	var who struct{ Person struct{ ID, Role string } }
	if err := json.NewDecoder(answer.Body).Decode(&who); err != nil || answer.StatusCode != http.StatusOK || len(answer.Cookies()) == 0 {
		return false, fmt.Errorf("%s cannot sign in: %s, %w", r.email, answer.Status, err)
	}
	c := answer.Cookies()[0]
	r.mu.Lock()
	defer r.mu.Unlock()
	r.id, r.role, r.cookie = who.Person.ID, who.Person.Role, c.Name+"="+c.Value
	return true, nil
}

// listen keeps the feed open until the context is done.
func (r *rep) listen(ctx context.Context) {
	for first := true; ctx.Err() == nil; first = false {
		if !first {
			pauseFor(ctx, time.Duration(rand.IntN(30))*time.Millisecond)
		}
		ws, err := r.dial(ctx)
		if err != nil {
			continue
		}
		if !first {
			r.w.reconnects.Add(1)
		}
		r.follow(ctx, ws)
	}
}

// dial opens the stream after what was seen.
func (r *rep) dial(ctx context.Context) (*websocket.Conn, error) {
	url := r.w.anyURL()
	if url == "" {
		return nil, errDown
	}
	r.mu.Lock()
	after, cookie := r.last, r.cookie
	r.mu.Unlock()
	dialer := websocket.Dialer{HandshakeTimeout: handshakeWithin, Subprotocols: []string{"assay.v1"}}
	ws, _, err := dialer.DialContext(ctx, fmt.Sprintf("ws%s/v1/alerts/stream?after=%d", strings.TrimPrefix(url, "http"), after),
		http.Header{"Origin": {url}, "Cookie": {cookie}})
	return ws, err
}

// follow reads a socket to its end.
func (r *rep) follow(ctx context.Context, ws *websocket.Conn) {
	defer ws.Close()
	stop := context.AfterFunc(ctx, func() { ws.Close() })
	defer stop()
	r.mu.Lock()
	r.ws = ws
	r.mu.Unlock()
	if r.gate != nil {
		<-r.gate
	}
	var err error
	for err == nil {
		_ = ws.SetReadDeadline(time.Now().Add(patience)) // it is pinged more often
		var body []byte
		if _, body, err = ws.ReadMessage(); err == nil {
			err = r.take(body)
		}
	}
	r.parted(ctx, err)
}

// parted notes how a connection ended. What was asked on it has no answer.
func (r *rep) parted(ctx context.Context, err error) {
	r.mu.Lock()
	r.ws = nil
	for request, answer := range r.waiting {
		close(answer)
		delete(r.waiting, request)
	}
	r.mu.Unlock()
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return
	}
	switch closed.Code {
	case closedSlow:
		r.w.tooSlow.Add(1)
	case closedGoing:
		r.w.goingAway.Add(1)
	case closedSignIn:
		if ctx.Err() == nil {
			r.w.codes.add("signed in again")
			_, _ = r.signIn() // or the next connection says the same
		}
	}
	r.w.codes.add(fmt.Sprint("socket ", closed.Code))
}

// take keeps a message of the feed, which must be new and come after all others,
// and hands on the answer to a claim.
func (r *rep) take(body []byte) error {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		r.w.violate(&r.w.other, "%s got no message: %v in %s", r.email, err, body)
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if m.Type == "result" {
		if answer := r.waiting[m.Data.Request]; answer != nil {
			answer <- &m
			delete(r.waiting, m.Data.Request)
		}
		return nil
	}
	if !m.isEntry() {
		return nil
	}
	if r.ids[m.ID] || m.Cursor <= r.last {
		r.w.violate(&r.w.twiceAlerts, "%s saw %s %s with cursor %d after cursor %d; seen before: %v", r.email, m.Type, m.ID, m.Cursor, r.last, r.ids[m.ID])
	}
	r.w.messages.Add(1)
	r.ids[m.ID], r.last = true, max(r.last, m.Cursor)
	r.seen = append(r.seen, m)
	if m.Type == "alert" {
		r.w.board.put(m.Data.Lead)
	}
	return nil
}

// reached gives the cursor of the last message.
func (r *rep) reached() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// login gives the cookie that counts now.
func (r *rep) login() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cookie
}
