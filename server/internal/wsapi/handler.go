// Package wsapi is the feed's WebSocket: it pumps alerts to people, and takes
// their claims. It knows use cases and no store.
package wsapi

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
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
	open     sync.WaitGroup

	mu      sync.Mutex
	going   bool
	sockets map[*websocket.Conn]struct{}
}

// Stats counts what operators watch.
type Stats struct {
	Open        atomic.Int64 // connections now
	BadMessages atomic.Int64
	TooSlow     atomic.Int64 // closed with 4008
	Refused     atomic.Int64 // for their origin
}

// New makes a handler.
func New(o Options) *Handler {
	if o.Ping == 0 {
		o.Ping = pingEvery
	}
	return &Handler{Options: o, sockets: map[*websocket.Conn]struct{}{}, upgrader: websocket.Upgrader{
		HandshakeTimeout: 5 * time.Second, ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{},
		Subprotocols: []string{Protocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // ServeHTTP did, with an answer that says so
	}}
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
	h.mu.Lock()
	defer h.mu.Unlock()
	for ws := range h.sockets {
		_ = ws.Close()
	}
}

// keep remembers an open socket until the function that it gives is called.
func (h *Handler) keep(ws *websocket.Conn) (leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sockets[ws] = struct{}{}
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.sockets, ws)
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
			h.Log.Error("panic", "route", route, "cause", cause, "stack", string(debug.Stack()))
		}
	}()
	if !h.enter() {
		refuse(w, http.StatusServiceUnavailable, "going_away", "The server is going away. Connect again.")
		return
	}
	defer h.open.Done()
	// A cookie travels with any page's socket: only the exact origin tells ours.
	if origin := r.Header.Get("Origin"); !slices.Contains(h.Origins, origin) {
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

// upgrade opens the socket. Browsers cannot read the status of a refused
// upgrade, so who is not signed in is told by a close code.
func (h *Handler) upgrade(w http.ResponseWriter, r *http.Request, who *auth.Identity, after *int64) {
	ws, err := h.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	defer ws.Close()
	defer h.keep(ws)()
	if tcp, ok := ws.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(kernelBuffer) // only makes a slow reader known sooner
	}
	h.Stats.Open.Add(1)
	defer h.Stats.Open.Add(-1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := &conn{Handler: h, ws: ws, who: who, ctx: ctx, cancel: cancel, replies: make(chan result, 4)}
	if code, text := c.admit(after); code != 0 {
		c.finish(code, text)
	} else {
		defer c.sub.Close()
	}
	c.serve()
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
