package apptest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Socket is a client's end of the stream.
type Socket struct {
	*websocket.Conn
	t *testing.T
}

// Result is the data of the answer to a client's message.
type Result struct {
	Request, Code, Detail string
	OK                    bool
	Lead                  string
	Current               *Lead
}

// Dial opens the stream with the client's cookie, such as "?after=3". Headers
// replace those that our own screens send; an empty one is left out.
func (c *Client) Dial(query string, headers ...string) (*Socket, *http.Response, error) {
	c.t.Helper()
	h := http.Header{"Origin": {c.Base}, "Cookie": {c.Cookie()}, "Sec-Websocket-Protocol": {"assay.v1"}}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			h.Del(headers[i])
		}
	}
	dialer := websocket.Dialer{HandshakeTimeout: 10 * time.Second, NetDial: c.NetDial}
	ws, answer, err := dialer.Dial("ws"+strings.TrimPrefix(c.Base, "http")+"/v1/alerts/stream"+query, h)
	if err != nil {
		return nil, answer, err
	}
	c.t.Cleanup(func() { ws.Close() })
	return &Socket{ws, c.t}, answer, nil
}

// Stream opens the stream, which must succeed.
func (c *Client) Stream(query string) *Socket {
	c.t.Helper()
	s, _, err := c.Dial(query)
	if err != nil {
		c.t.Fatal(err)
	}
	return s
}

// Bytes reads one message, or fails after ten seconds.
func (s *Socket) Bytes() []byte {
	s.t.Helper()
	_ = s.SetReadDeadline(time.Now().Add(10 * time.Second))
	kind, b, err := s.ReadMessage()
	if err != nil || kind != websocket.TextMessage {
		s.t.Fatalf("message of kind %d, %v", kind, err)
	}
	return b
}

// Next reads a message of the feed.
func (s *Socket) Next() Message {
	s.t.Helper()
	var m Message
	if b := s.Bytes(); json.Unmarshal(b, &m) != nil {
		s.t.Fatalf("no message: %s", b)
	}
	return m
}

// Result reads on until the answer to a request.
func (s *Socket) Result(request string) Result {
	s.t.Helper()
	for {
		m := s.Next()
		if m.Type != "result" {
			continue
		}
		var r Result
		if err := json.Unmarshal(m.Data, &r); err != nil || m.ID == "" || m.At.IsZero() {
			s.t.Fatalf("no result: %+v %s, %v", m, m.Data, err)
		}
		if r.Request == request {
			return r
		}
	}
}

// Say sends a text as one message.
func (s *Socket) Say(text string) {
	s.t.Helper()
	if err := s.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		s.t.Fatal(err)
	}
}

// Closed reads on until the server closes, and gives the code.
func (s *Socket) Closed() int {
	s.t.Helper()
	_ = s.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		_, _, err := s.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			s.t.Fatalf("not closed, but: %v", err)
		}
	}
}
