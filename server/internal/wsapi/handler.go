// Package wsapi is the feed's WebSocket: it pumps alerts to people, and takes
// their claims. It knows use cases and no store.
package wsapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/desk"
)

// Protocol is the subprotocol that clients ask for.
const Protocol = "assay.v1"

// route names the stream in the log.
const route = "GET /v1/alerts/stream"

// Options is what the stream works with. All of it must be set, but
// for Ping.
type Options struct {
	Auth    *auth.Service
	Alerts  *alert.Service
	Desk    *desk.Service
	Origins []string // of our own screens
	Log     *slog.Logger
	Now     func() time.Time
	Ping    time.Duration // between two pings; 0: 25 s
}

// Handler upgrades requests and serves them until either side leaves.
type Handler struct {
	Options
	Stats Stats

	upgrader websocket.Upgrader
	ctx      context.Context // of what connections ask others for
	cancel   context.CancelFunc
	wheel    wheel
	open     sync.WaitGroup // connections, and who writes to slow ones

	mu    sync.Mutex
	going bool
}

// Stats counts what operators watch. What is not said to be of now only grows.
type Stats struct {
	Open        atomic.Int64 // connections now
	Waiting     atomic.Int64 // connections now whose client takes its time to read
	Messages    atomic.Int64 // written, or on their way to a client
	BadMessages atomic.Int64
	TooSlow     atomic.Int64 // closed with 4008
	Silent      atomic.Int64 // cut off because nothing was heard of the client
	Refused     atomic.Int64 // for their origin
	Panics      atomic.Int64 // each ended its connection
}

// New makes a handler.
func New(o Options) *Handler {
	if o.Ping == 0 {
		o.Ping = pingEvery
	}
	h := &Handler{Options: o, upgrader: websocket.Upgrader{
		HandshakeTimeout: 5 * time.Second, ReadBufferSize: readBuffer, WriteBufferPool: &sync.Pool{},
		Subprotocols: []string{Protocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // ServeHTTP did, with an answer that says so
	}}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	return h
}

// Refuse ends upgrades: from now on the answer is 503.
func (h *Handler) Refuse() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.going = true
}

// Wait returns once every connection has ended, which they do when the alert
// service shuts down, or when the context is done. A client that does not read
// holds its connection up: those that are left after three seconds, or when the
// context is done, are cut off.
func (h *Handler) Wait(ctx context.Context) error {
	patience := time.AfterFunc(leaveWithin, h.cut)
	defer patience.Stop()
	done := make(chan struct{})
	go func() {
		h.open.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		h.cut()
		return ctx.Err()
	}
}

// cut closes every socket, whatever is on its way.
func (h *Handler) cut() {
	h.cancel()
	for _, c := range h.wheel.all() {
		_ = c.net.Close()
	}
}

// enter counts a connection in, unless the server is going away.
func (h *Handler) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.going {
		return false
	}
	h.open.Add(1)
	return true
}

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if cause := recover(); cause != nil {
			h.Stats.Panics.Add(1)
			h.Log.Error("panic", "route", route, "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	if !h.enter() {
		refuse(w, http.StatusServiceUnavailable, "going_away", "The server is going away. Connect again.")
		return
	}
	defer h.open.Done()
	// A cookie travels with any page's socket: only the exact origin tells ours. A
	// token no browser sends by itself.
	if origin := r.Header.Get("Origin"); !auth.HasToken(r) && !slices.Contains(h.Origins, origin) {
		h.Stats.Refused.Add(1)
		refuse(w, http.StatusForbidden, "origin_not_allowed", "Only our own screens may listen with a cookie.")
		return
	}
	if !websocket.IsWebSocketUpgrade(r) {
		w.Header().Set("Upgrade", "websocket")
		refuse(w, http.StatusUpgradeRequired, "upgrade_required", "This is a WebSocket.")
		return
	}
	after, ok := cursor(r.URL.Query().Get("after"))
	if !ok {
		refuse(w, http.StatusBadRequest, "invalid_query", "after: want a cursor, a whole number")
		return
	}
	who, err := h.Auth.Identify(r)
	if err != nil && !errors.Is(err, auth.ErrSignedOut) {
		h.Log.Error("stream refused", "err", err)
		refuse(w, http.StatusInternalServerError, "internal", "Something went wrong on our side. It was logged.")
		return
	}
	h.upgrade(w, r, who, after)
}

// upgrade opens the socket and leaves it to a goroutine of its own: this one,
// with the request and all that was needed to get here, can go. Browsers cannot
// read the status of a refused upgrade, so who is not signed in is told by a
// close code.
func (h *Handler) upgrade(w http.ResponseWriter, r *http.Request, who *auth.Identity, after *int64) {
	c := &conn{Handler: h, writing: true}
	ws, err := h.upgrader.Upgrade(&hijacker{w, c}, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c.opened(ws)
	var first [][]byte
	c.guard(func() { first = c.admit(who, after) })
	h.open.Add(2)
	h.Stats.Open.Add(1)
	h.wheel.add(c)
	go c.serve()
	go c.writeSlowly(first)
}

// cursor reads a cursor; without one the stream starts live.
func cursor(text string) (after *int64, ok bool) {
	if text == "" {
		return nil, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return &n, err == nil && n >= 0
}

// refuse answers before the upgrade, in the shape of the API's problems.
func refuse(w http.ResponseWriter, status int, code, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status),
		"status": status, "code": code, "detail": detail})
}
