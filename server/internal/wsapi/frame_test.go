package wsapi

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// What we write is what a client of the library reads.
func TestOurFramesAreReadAsTheyWereMeant(t *testing.T) {
	for _, n := range []int{0, 1, 125, 126, 127, 1 << 10, 1<<16 - 1, 1 << 16, 1 << 20} {
		text := []byte(strings.Repeat("x", n))
		served, ws := pair(t)
		go func() { _, _ = served.Write(textFrame(text)) }()
		kind, got, err := ws.ReadMessage()
		if err != nil || kind != websocket.TextMessage || !bytes.Equal(got, text) {
			t.Errorf("%d bytes: %d of kind %d, %v", n, len(got), kind, err)
		}
	}
}

// pair gives a server's socket and the client on its other end.
func pair(t *testing.T) (served net.Conn, client *websocket.Conn) {
	t.Helper()
	sockets := make(chan net.Conn, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		sockets <- ws.NetConn()
	}))
	t.Cleanup(server.Close)
	client, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	served = <-sockets
	t.Cleanup(func() {
		_ = served.Close()
		_ = client.Close()
	})
	return served, client
}

// FuzzMessage looks for messages that break what reads them, or that are served
// though they make no sense.
func FuzzMessage(f *testing.F) {
	for _, seed := range []string{"", "null", "{}", "[]", `{"type":"claim","lead":"x","request":"r"}`, `{"type":"claim"}`,
		`{"type":"filter","filter":{"grades":["A","?1"],"mine":true,"hours":{"zone":"Europe/Berlin","days":["mon"],"from":"09:00","to":"17:00"}}}`,
		`{"type":"filter","filter":null}`, `{"TYPE":"claim","Lead":"x"}`, "{\"type\":\"claim\",\"lead\":\"\xff\"}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		q, ok := parse(body)
		if !ok {
			return
		}
		if q == nil || !utf8.Valid(body) || q.Type != "claim" && q.Type != "filter" || q.Type == "claim" && q.Lead == "" {
			t.Fatalf("served: %+v", q)
		}
		if q.Filter != nil {
			_ = q.Filter.Check()
			_ = q.Filter.IsZero()
		}
	})
}
