package wsapi

import (
	"errors"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
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
	writeWithin  = 30 * time.Second // what a client takes at a time
	closeWithin  = 2 * time.Second  // for the client's own close
	leaveWithin  = 3 * time.Second  // for all of that once the server is going away
	maxMessage   = 4 << 10          // bytes from a client
	maxPerSecond = 50               // messages from a client, pongs too
	maxReplies   = 64 << 10         // bytes of what a client asked for and does not read
	readBuffer   = 256              // bytes; longer messages go past it
	kernelBuffer = 64 << 10         // bytes on their way to a client; what is more waits in our queue
	internalCode = websocket.CloseInternalServerErr
)

// conn is one open socket. While nothing happens it costs one goroutine, which
// reads, and no buffer for writing. See write.go for who writes.
type conn struct {
	*Handler
	ws      *websocket.Conn // reads; all writing is ours
	net     net.Conn
	raw     syscall.RawConn // for writes that never wait; nil where there are none
	person  *auth.Person    // nil for nobody
	session string
	sub     *alert.Subscription // nil until admitted
	spot    spot                // in the wheel; guarded by its lock

	pings atomic.Int32 // since the client last said anything

	lost   bool  // the socket itself failed; the reader's
	second int64 // that said counts in; the reader's
	said   int

	mu       sync.Mutex
	out      []outgoing
	outBytes int
	writing  bool // somebody writes, and looks again when again is set
	again    bool
	code     int // why we end the connection; 0: the client did
	text     string
	left     bool // the client has said goodbye
	closed   bool // our close is on its way, and nothing after it
	over     bool // nobody reads any more
}

// opened takes the socket over.
func (c *conn) opened(ws *websocket.Conn) {
	c.ws = ws
	if tcp, ok := c.net.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(kernelBuffer) // only makes a slow reader known sooner
		c.raw = rawOf(tcp)
	}
	ws.SetReadLimit(maxMessage)
	ws.SetPingHandler(func(payload string) error { return c.control(controlFrame(websocket.PongMessage, []byte(payload))) })
	ws.SetPongHandler(func(string) error { return c.control(nil) })
	ws.SetCloseHandler(func(int, string) error { return nil }) // read answers it
}

// serve reads until either side leaves.
func (c *conn) serve() {
	defer c.open.Done()
	defer c.end()
	c.guard(c.read)
	c.linger()
}

// end gives everything back. Who still writes learns of it from the socket.
func (c *conn) end() {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	_ = c.net.Close()
	c.wheel.remove(c)
	c.Stats.Open.Add(-1)
	if c.sub != nil {
		c.sub.Close()
	}
}

// admit subscribes whoever may listen, and gives the hello; anybody else is told
// why not.
func (c *conn) admit(who *auth.Identity, after *int64) (first [][]byte) {
	if who == nil {
		c.finish(SignIn, "sign in")
		return nil
	}
	c.person, c.session = who.Person, who.Session.Hash
	if !c.person.Role.MayListen() {
		c.finish(NotAllowed, "not allowed")
		return nil
	}
	sub, err := c.Alerts.Subscribe(c.ctx, c.person, after, c.wake)
	if err != nil {
		c.leave(err)
		return nil
	}
	c.sub = sub
	c.Stats.Messages.Add(1)
	return [][]byte{textFrame(c.hello())}
}

// finish has the connection closed with a code, the first one given.
func (c *conn) finish(code int, text string) {
	c.mu.Lock()
	first := c.code == 0 && !c.closed
	if first {
		c.code, c.text = code, text
	}
	c.mu.Unlock()
	if first {
		_ = c.net.SetWriteDeadline(time.Now().Add(closeWithin)) // for what is held up already
		c.wake()
	}
}

// ending reports whether the connection is to be closed.
func (c *conn) ending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code != 0
}

// guard keeps a panic from being more than the end of this connection.
func (c *conn) guard(run func()) {
	defer func() {
		if cause := recover(); cause != nil {
			c.Stats.Panics.Add(1)
			c.Log.Error("panic", "route", route, "cause", cause, "stack", string(debug.Stack()))
			c.finish(internalCode, "internal")
		}
	}()
	run()
}

// leave turns the end of a subscription into a close code.
func (c *conn) leave(err error) {
	switch {
	case errors.Is(err, alert.ErrTooSlow):
		c.Stats.TooSlow.Add(1)
		c.finish(TooSlow, "too slow")
	case errors.Is(err, alert.ErrGoing):
		c.finish(Going, "going away")
	default:
		if c.ctx.Err() == nil {
			c.Log.Error("stream failed", "err", err)
		}
		c.finish(internalCode, "internal")
	}
}
