package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// signIn gives a person's cookie as a header's value.
func signIn(url, email string) (string, error) {
	body, err := json.Marshal(map[string]string{"email": email, "password": password})
	if err != nil {
		return "", err
	}
	answer, err := http.Post(url+"/v1/session", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || len(answer.Cookies()) == 0 {
		return "", fmt.Errorf("%s cannot sign in: %s", email, answer.Status)
	}
	cookie := answer.Cookies()[0]
	return cookie.Name + "=" + cookie.Value, nil
}

// listener is a rep with the feed open, who counts what arrives. One that is
// too slow comes back with its last cursor, as our screens do.
type listener struct {
	url    string
	cookie string
	ended  chan error // holds what ended it
	closed atomic.Bool
	ws     atomic.Pointer[websocket.Conn]

	cursor   int64                  // of the last message
	alerts   atomic.Int64           // each once
	verified atomic.Int64           // of them those of new prospects whose touch was verified
	odd      atomic.Pointer[string] // the first of the others
	returns  atomic.Int64           // times that the server closed the socket as too slow
	last     atomic.Int64           // when the last alert came, in unix ns
}

// listen opens the feed.
func listen(url string) (*listener, error) {
	cookie, err := signIn(url, rep)
	if err != nil {
		return nil, err
	}
	l := &listener{url: url, cookie: cookie, ended: make(chan error, 1)}
	if err := l.dial(""); err != nil {
		return nil, err
	}
	go func() { l.ended <- l.run() }()
	return l, nil
}

func (l *listener) dial(query string) error {
	header := http.Header{"Origin": {l.url}, "Cookie": {l.cookie}, "Sec-Websocket-Protocol": {"assay.v1"}}
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(l.url, "http")+"/v1/alerts/stream"+query, header)
	if err == nil {
		l.ws.Store(ws)
	}
	return err
}

// run reads until the listener is closed.
func (l *listener) run() error {
	for {
		_, message, err := l.ws.Load().ReadMessage()
		switch {
		case err == nil:
			err = l.take(message)
		case l.closed.Load():
			return nil
		case websocket.IsCloseError(err, 4008):
			l.returns.Add(1)
			err = l.dial(fmt.Sprintf("?after=%d", l.cursor))
		}
		if err != nil {
			return fmt.Errorf("the rep's socket: %w", err)
		}
	}
}

// take counts a message. Of one from the feed no more is read than its cursor,
// which says whether it is new.
func (l *listener) take(message []byte) error {
	if !bytes.HasPrefix(message, []byte(`{"type":"alert"`)) {
		return nil
	}
	cursor, ok := cursorOf(message)
	if !ok {
		return errors.New("an alert without a cursor")
	}
	if cursor <= l.cursor {
		return fmt.Errorf("alert %d came after %d", cursor, l.cursor)
	}
	l.cursor = cursor
	if bytes.Contains(message, []byte(`"verdict":"verified"`)) && bytes.Contains(message, []byte(`"kind":"prospect"`)) {
		l.verified.Add(1)
	} else {
		text := string(message)
		l.odd.CompareAndSwap(nil, &text)
	}
	l.last.Store(time.Now().UnixNano())
	l.alerts.Add(1)
	return nil
}

// cursorOf reads the cursor of a message as the server writes it.
func cursorOf(message []byte) (cursor int64, ok bool) {
	_, rest, ok := bytes.Cut(message, []byte(`"cursor":`))
	for i, c := range rest {
		if c < '0' || c > '9' {
			return cursor, ok && i > 0
		}
		cursor = cursor*10 + int64(c-'0')
	}
	return 0, false
}

// await waits until n alerts in all have come and gives when the last one did.
func (l *listener) await(n int64) (time.Time, error) {
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	late := time.After(patience)
	for l.alerts.Load() < n {
		select {
		case <-again.C:
		case err := <-l.ended:
			return time.Time{}, err
		case <-late:
			return time.Time{}, fmt.Errorf("only %d of %d alerts came", l.alerts.Load(), n)
		}
	}
	if v := l.verified.Load(); v != n || l.alerts.Load() != n {
		odd := l.odd.Load()
		if odd == nil {
			odd = new(string)
		}
		return time.Time{}, fmt.Errorf("of %d touches %d made an alert and %d that of a verified prospect; the first of the others: %s", n, l.alerts.Load(), v, *odd)
	}
	return time.Unix(0, l.last.Load()), nil
}

// close ends the listener.
func (l *listener) close() {
	l.closed.Store(true)
	_ = l.ws.Load().Close()
}
