package wsapi_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"assay/server/internal/alert"
	"assay/server/internal/apptest"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/demo"
	"assay/server/internal/desk"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
	"assay/server/internal/wsapi"
)

// pinged is a stream that pings often, with a person who is signed in.
type pinged struct {
	store  *hanging
	people *auth.Service
	cookie *http.Cookie
	url    string
	stream *wsapi.Handler
}

func start(t *testing.T, every time.Duration, change ...func(*wsapi.Options)) *pinged {
	t.Helper()
	store := sqlitetest.Open(t)
	accounts, err := demo.Ensure(t.Context(), store, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	p := &pinged{store: &hanging{Store: store}}
	p.people = auth.New(p.store, false, time.Now)
	alerts := alert.New(store, p.people, log)
	leads := desk.New(store, catalog.New(store, nil, time.Now), time.Now, alerts.Kick)
	server := httptest.NewUnstartedServer(nil)
	p.url = "http://" + server.Listener.Addr().String()
	o := wsapi.Options{Auth: p.people, Alerts: alerts, Desk: leads, Origins: []string{p.url}, Log: log, Now: time.Now, Ping: every}
	for _, f := range change {
		f(&o)
	}
	p.stream = wsapi.New(o)
	server.Config.Handler = p.stream
	server.Start()
	t.Cleanup(func() {
		alerts.Shutdown()
		if err := p.stream.Wait(context.Background()); err != nil {
			t.Error(err)
		}
		server.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, p.cookie, err = p.people.SignIn(t.Context(), demo.Guide, accounts.Password, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *pinged) dial(t *testing.T) *websocket.Conn {
	t.Helper()
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(p.url, "http"), http.Header{"Origin": {p.url}, "Cookie": {p.cookie.String()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	return ws
}

func TestPingsComeAndPongsKeepTheStreamOpen(t *testing.T) {
	p := start(t, 200*time.Millisecond)
	ws := p.dial(t)
	pings := 0
	for pings < 5 { // longer than a client without pongs would live
		var m apptest.Message
		if err := ws.ReadJSON(&m); err != nil {
			t.Fatal(err)
		}
		if m.Type == "ping" {
			pings++
		}
	}
}

func TestAClientThatNeverAnswersIsDropped(t *testing.T) {
	p := start(t, 50*time.Millisecond)
	ws := p.dial(t)
	ws.SetPingHandler(func(string) error { return nil })
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			break
		}
	}
	apptest.Eventually(t, "no connection is left", func() bool { return p.stream.Stats.Open.Load() == 0 })
}

// The writer is a goroutine of its own: nobody but itself can keep its panic from
// ending the server.
func TestAPanicEndsItsConnectionAlone(t *testing.T) {
	var broken atomic.Bool
	var log bytes.Buffer
	p := start(t, time.Minute, func(o *wsapi.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
		o.Now = func() time.Time {
			if broken.Load() {
				panic("no time")
			}
			return time.Now()
		}
	})
	var m apptest.Message
	if err := p.dial(t).ReadJSON(&m); err != nil || m.Type != "hello" {
		t.Fatal(m, err)
	}
	broken.Store(true)
	if _, _, err := p.dial(t).ReadMessage(); !websocket.IsCloseError(err, websocket.CloseInternalServerErr) {
		t.Errorf("got %v, want a close with 1011", err)
	}
	apptest.Eventually(t, "one connection is left", func() bool { return p.stream.Stats.Open.Load() == 1 })
	if text := log.String(); !strings.Contains(text, "no time") || !strings.Contains(text, "stack=") {
		t.Errorf("logged %q", text)
	}
	broken.Store(false)
	if err := p.dial(t).ReadJSON(&m); err != nil || m.Type != "hello" {
		t.Errorf("afterwards: %+v, %v", m, err)
	}
}

func TestASessionThatEndsClosesTheStream(t *testing.T) {
	p := start(t, 50*time.Millisecond)
	ws := p.dial(t)
	r := httptest.NewRequest("DELETE", "/", nil)
	r.AddCookie(p.cookie)
	if _, err := p.people.SignOut(r); err != nil {
		t.Fatal(err)
	}
	for {
		_, _, err := ws.ReadMessage()
		if err == nil {
			continue
		}
		if !websocket.IsCloseError(err, wsapi.SignIn) {
			t.Errorf("got %v", err)
		}
		break
	}
}

// hanging is the real store, but for sessions, which it does not give while it
// hangs.
type hanging struct {
	*sqlitestore.Store
	hangs atomic.Bool
}

func (h *hanging) Session(ctx context.Context, hash string, now time.Time) (*auth.Session, error) {
	if h.hangs.Load() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return h.Store.Session(ctx, hash, now)
}

// A store that hangs held up the pings, and clients who had answered each of them
// were cut off as silent.
func TestAStoreThatHangsCutsOffNobody(t *testing.T) {
	p := start(t, 320*time.Millisecond)
	var all sync.WaitGroup
	for range 16 { // of several spokes
		ws := p.dial(t)
		all.Go(func() {
			for pings := 0; pings < 2; {
				var m apptest.Message
				if err := ws.ReadJSON(&m); err != nil {
					t.Error(err)
					return
				}
				if m.Type == "ping" {
					pings++
				}
			}
		})
	}
	p.store.hangs.Store(true)
	all.Wait()
}
