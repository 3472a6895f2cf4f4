package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// alertPrefix is how the feed's alerts begin: by it receivers know them.
const alertPrefix = `{"type":"alert"`

// bareFeed is the yardstick of fan-out: one goroutine reads each connection, and
// a loop over all of them writes one prepared message. It knows no person,
// queue, cursor or store.
type bareFeed struct {
	upgrader websocket.Upgrader

	mu    sync.Mutex
	conns map[*websocket.Conn]struct{}
}

// serveBareFanout runs the yardstick. The command "publish N" sends a message of
// N bytes to everybody and answers with the instant before, in unix ns.
func serveBareFanout(*settings) (*served, error) {
	f := &bareFeed{conns: map[*websocket.Conn]struct{}{}, upgrader: websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: f}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return &served{url: "http://" + listener.Addr().String(), do: f.obey, close: func() error {
		err := server.Shutdown(context.Background())
		if serr := <-ended; !errors.Is(serr, http.ErrServerClosed) {
			err = errors.Join(err, serr)
		}
		return err
	}}, nil
}

// ServeHTTP implements http.Handler: it upgrades and reads until the end.
func (f *bareFeed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ws, err := f.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	f.mu.Lock()
	f.conns[ws] = struct{}{}
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.conns, ws)
	}()
	for {
		if _, _, err := ws.NextReader(); err != nil {
			return
		}
	}
}

func (f *bareFeed) obey(command string) (any, error) {
	var size int
	if _, err := fmt.Sscanf(command, "publish %d", &size); err != nil {
		return nil, err
	}
	text := []byte(alertPrefix + strings.Repeat(" ", max(size-len(alertPrefix), 0)))
	f.mu.Lock()
	defer f.mu.Unlock()
	start := time.Now()
	message, err := websocket.NewPreparedMessage(websocket.TextMessage, text)
	if err != nil {
		return nil, err
	}
	for ws := range f.conns {
		if err := ws.WritePreparedMessage(message); err != nil {
			return nil, err
		}
	}
	return start.UnixNano(), nil
}
