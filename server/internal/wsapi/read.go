package wsapi

import (
	"errors"
	"io"
	"time"

	"github.com/gorilla/websocket"
)

// read takes messages until the socket fails or the client breaks the protocol.
// Once the connection is ending it only waits for the client's close.
func (c *conn) read() {
	for {
		kind, r, err := c.ws.NextReader()
		var body []byte
		if err == nil {
			body, err = io.ReadAll(r)
		}
		var bye *websocket.CloseError
		switch {
		case c.lost:
			return
		case errors.As(err, &bye):
			c.goodbye()
			return
		case err != nil:
			c.bad() // frames that mean nothing, or too large a message
			return
		}
		if c.ending() {
			continue
		}
		if c.many() || kind != websocket.TextMessage || !c.take(body) {
			c.bad()
		}
	}
}

// bad ends the connection for what the client sent.
func (c *conn) bad() {
	c.Stats.BadMessages.Add(1)
	c.finish(BadMessage, "bad message")
}

// control serves a control frame, with an answer or without.
func (c *conn) control(answer []byte) error {
	if c.many() {
		c.bad()
		return nil
	}
	if answer != nil && !c.ending() {
		c.say(outgoing{wire: answer})
	}
	return nil
}

// many notes that the client said something, and reports whether it says too
// much.
func (c *conn) many() bool {
	now := time.Now()
	c.pings.Store(0)
	if second := now.Unix(); second != c.second {
		c.second, c.said = second, 0
	}
	c.said++
	return c.said > maxPerSecond
}

// goodbye answers the client's close, unless ours was first; then the
// connection is at its end.
func (c *conn) goodbye() {
	c.mu.Lock()
	c.left = true
	answered := c.closed
	c.mu.Unlock()
	if answered {
		_ = c.net.Close()
		return
	}
	c.finish(websocket.CloseNormalClosure, "")
}

// linger leaves the client, after the last frame that could be read, some time
// to hear why; what it sends meanwhile is dropped, for unread bytes would make
// the system drop our close.
func (c *conn) linger() {
	if c.lost {
		return
	}
	_ = c.net.SetReadDeadline(time.Now().Add(2 * closeWithin))
	_, _ = io.Copy(io.Discard, c.net)
}
