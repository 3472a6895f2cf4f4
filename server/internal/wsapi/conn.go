package wsapi

import (
	"context"
	"errors"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
)

// Close codes of the contract. After SignIn and NotAllowed it is of no use to
// reconnect; after TooSlow and Going it is what to do.
const (
	SignIn     = 4001
	NotAllowed = 4003
	TooSlow    = 4008
	Going      = 4010
	BadMessage = 4400
)

const (
	pingEvery    = 25 * time.Second
	writeWithin  = 30 * time.Second // one message
	closeWithin  = 2 * time.Second  // for the client's own close
	leaveWithin  = 3 * time.Second  // for all of that once the server is going away
	maxMessage   = 4 << 10          // bytes from a client
	kernelBuffer = 64 << 10         // bytes on their way to a client; what is more waits in our queue
	internalCode = websocket.CloseInternalServerErr
)

// conn is one open socket. One goroutine reads, one writes.
type conn struct {
	*Handler
	ws     *websocket.Conn
	who    *auth.Identity
	sub    *alert.Subscription
	cursor int64 // of the newest message that was written

	ctx     context.Context
	cancel  context.CancelFunc
	replies chan result // from the reader to the writer

	mu     sync.Mutex
	code   int // why we end the connection; 0: the client did
	text   string
	closed bool // our close was sent: the read deadline stands
}

// admit subscribes whoever may listen; otherwise it gives the close code.
func (c *conn) admit(after *int64) (code int, text string) {
	if c.who == nil {
		return SignIn, "sign in"
	}
	if !c.who.Person.Role.MayListen() {
		return NotAllowed, "not allowed"
	}
	sub, err := c.Alerts.Subscribe(c.ctx, c.who.Person.Site, after)
	switch {
	case errors.Is(err, alert.ErrGoing):
		return Going, "going away"
	case err != nil:
		c.Log.Error("stream cannot start", "err", err)
		return internalCode, "internal"
	}
	c.sub, c.cursor = sub, sub.From
	return 0, ""
}

// finish has the writer close the connection with a code, the first one given.
func (c *conn) finish(code int, text string) {
	c.mu.Lock()
	if c.code == 0 {
		c.code, c.text = code, text
	}
	c.mu.Unlock()
	c.cancel()
}

func (c *conn) ended() (code int, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code, c.text
}

// serve runs until either side leaves.
func (c *conn) serve() {
	written := make(chan struct{})
	go func() {
		defer close(written)
		c.guard(c.write)
		c.guard(c.bye)
	}()
	if !c.guard(c.read) {
		select { // nobody reads any more, but the client hears why
		case <-written:
		case <-time.After(closeWithin):
		}
	}
	c.cancel()
	_ = c.ws.Close() // a writer that is held up learns of it
	<-written
}

// guard keeps a panic from being more than the end of this connection; false
// when there was one.
func (c *conn) guard(run func()) (whole bool) {
	defer func() {
		if cause := recover(); cause != nil {
			c.Log.Error("panic", "route", route, "cause", cause, "stack", string(debug.Stack()))
			c.finish(internalCode, "internal")
		}
	}()
	run()
	return true
}

// read takes messages until the socket fails. Once the connection is ending it
// only waits for the client's close.
func (c *conn) read() {
	c.ws.SetPongHandler(func(string) error { return c.alive() })
	_ = c.alive()
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil {
			return
		}
		body, err := io.ReadAll(io.LimitReader(r, maxMessage+1))
		if err != nil {
			return
		}
		if c.ctx.Err() != nil {
			continue
		}
		_ = c.alive()
		if kind != websocket.TextMessage || len(body) > maxMessage || !c.take(body) {
			c.Stats.BadMessages.Add(1)
			c.finish(BadMessage, "bad message")
		}
	}
}

// alive gives the client time until a while after the next ping: its pong is
// due within three fifths of the time between two.
func (c *conn) alive() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	return c.ws.SetReadDeadline(time.Now().Add(c.Ping + c.Ping*3/5))
}

// write sends hello and then whatever comes, until the connection ends.
func (c *conn) write() {
	if c.sub == nil || !c.send(c.hello()) {
		return
	}
	ping := time.NewTicker(c.Ping)
	defer ping.Stop()
	for c.ctx.Err() == nil {
		frames, err := c.sub.Next(c.ctx)
		for _, f := range frames {
			if !c.send(f.JSON) {
				return
			}
			c.cursor = f.Cursor
		}
		if err != nil {
			c.leave(err)
			return
		}
		if len(frames) > 0 {
			continue
		}
		select {
		case <-c.ctx.Done():
		case <-c.sub.Wake():
		case r := <-c.replies:
			if !c.send(c.message("result", r)) {
				return
			}
		case <-ping.C:
			if !c.ping() {
				return
			}
		}
	}
}

// leave turns the end of a subscription into a close code.
func (c *conn) leave(err error) {
	switch {
	case errors.Is(err, alert.ErrTooSlow):
		c.Stats.TooSlow.Add(1)
		c.finish(TooSlow, "too slow")
	case errors.Is(err, alert.ErrGoing):
		c.finish(Going, "going away")
	case c.ctx.Err() == nil:
		c.Log.Error("stream failed", "err", err)
		c.finish(internalCode, "internal")
	}
}

// ping shows the client that the stream lives, and looks whether it may still
// listen.
func (c *conn) ping() bool {
	who, err := c.Auth.Check(c.ctx, c.who.Session.Hash)
	switch {
	case errors.Is(err, auth.ErrSignedOut):
		c.finish(SignIn, "sign in again")
		return false
	case err == nil && !who.Person.Role.MayListen():
		c.finish(NotAllowed, "not allowed")
		return false
	}
	if c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil {
		return false
	}
	return c.send(c.message("ping", struct{}{}))
}

// send writes one message; false when the socket failed or took too long.
func (c *conn) send(b []byte) bool {
	_ = c.ws.SetWriteDeadline(time.Now().Add(writeWithin))
	return c.ws.WriteMessage(websocket.TextMessage, b) == nil
}

// bye ends the connection: with our close code and some time for the client's
// answer, or at once when the client has left.
func (c *conn) bye() {
	c.cancel()
	if code, text := c.ended(); code != 0 {
		deadline := time.Now().Add(closeWithin)
		if c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), deadline) == nil {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.closed = true
			_ = c.ws.SetReadDeadline(deadline)
			return
		}
	}
	_ = c.ws.Close()
}
