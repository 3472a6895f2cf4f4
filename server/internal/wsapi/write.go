package wsapi

import (
	"net"
	"time"

	"github.com/gorilla/websocket"
)

// At most one goroutine writes to a connection at a time: whoever has something
// for an idle one, such as the publisher of an alert, writes it itself into the
// system's buffer, without ever waiting. Where that is full, a goroutine is made
// that waits, and goes when nothing is left. Whoever finds somebody writing
// leaves word to look again.

// outgoing is something for the client that is not of the feed.
type outgoing struct {
	wire []byte // a frame, or
	kind string // the type of a message, which is encoded when it is written
	data any
}

// say queues something and has it written. A client that asks for more than it
// reads is ended.
func (c *conn) say(list ...outgoing) {
	c.mu.Lock()
	c.out = append(c.out, list...)
	for _, o := range list {
		c.outBytes += len(o.wire) + replySize
	}
	over := c.outBytes > maxReplies
	c.mu.Unlock()
	if over {
		c.Stats.TooSlow.Add(1)
		c.finish(TooSlow, "too slow")
		return
	}
	c.wake()
}

// replySize is about what a message weighs before it is encoded, in bytes.
const replySize = 512

// wake writes what there is. It never waits for the client.
func (c *conn) wake() {
	c.mu.Lock()
	if c.writing {
		c.again = true
		c.mu.Unlock()
		return
	}
	c.writing = true
	c.mu.Unlock()
	done := false
	c.guard(func() { done = c.writeQuickly() })
	if !done {
		c.handOver(nil)
	}
}

// handOver leaves the writing to a goroutine.
func (c *conn) handOver(rest [][]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.over { // else the socket is closed
		c.open.Add(1)
		go c.writeSlowly(rest)
	}
}

// rest ends the writing, unless there is word to look again.
func (c *conn) rest() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.again {
		c.again = false
		return false
	}
	c.writing = false
	switch {
	case c.closed && c.left:
		_ = c.net.Close()
	case c.closed:
		_ = c.net.SetReadDeadline(time.Now().Add(closeWithin))
	}
	return true
}

// writeQuickly writes what the system takes at once, and hands the rest over.
// It gives true unless it panics.
func (c *conn) writeQuickly() bool {
	for {
		frames := c.next()
		if len(frames) == 0 {
			if c.rest() {
				return true
			}
			continue
		}
		left, err := c.writeNow(frames)
		if err != nil {
			_ = c.net.Close()
			return true
		}
		if len(left) > 0 {
			c.handOver(left)
			return true
		}
	}
}

// writeNow writes frames as far as the system takes them at once, and gives the
// rest.
func (c *conn) writeNow(frames [][]byte) (rest [][]byte, err error) {
	if c.raw == nil {
		return frames, nil
	}
	for i, f := range frames {
		n, err := writeRaw(c.raw, f)
		if err != nil {
			return nil, err
		}
		if n < len(f) {
			return append([][]byte{f[n:]}, frames[i+1:]...), nil
		}
	}
	return nil, nil
}

// writeSlowly writes, waiting for the client if need be, until nothing is left.
// A connection begins with it: what was missed comes from the store.
func (c *conn) writeSlowly(left [][]byte) {
	defer c.open.Done()
	c.Stats.Waiting.Add(1)
	defer c.Stats.Waiting.Add(-1)
	done := false
	for !done {
		c.guard(func() {
			if len(left) == 0 {
				left = c.next()
			}
			if len(left) == 0 {
				_ = c.net.SetWriteDeadline(time.Time{})
				done = c.rest()
				return
			}
			done = !c.writeAll(left)
			left = nil
		})
	}
}

// writeAll waits for the client; false when it takes too long or is gone.
func (c *conn) writeAll(frames [][]byte) bool {
	within := writeWithin
	if c.ending() {
		within = closeWithin
	}
	_ = c.net.SetWriteDeadline(time.Now().Add(within))
	buffers := net.Buffers(frames)
	if _, err := buffers.WriteTo(c.net); err != nil {
		_ = c.net.Close()
		return false
	}
	return true
}

// next gives frames to write: some of the feed, then what else there is, at the
// end our close.
func (c *conn) next() [][]byte {
	frames := c.feed()
	c.mu.Lock()
	out, code, text := c.out, c.code, c.text
	c.out, c.outBytes = nil, 0
	closed := c.closed
	c.closed = closed || code != 0
	c.mu.Unlock()
	if closed {
		return nil
	}
	if code != 0 {
		return append(frames, controlFrame(websocket.CloseMessage, websocket.FormatCloseMessage(code, text)))
	}
	for _, o := range out {
		if o.wire == nil {
			o.wire = textFrame(c.message(o.kind, o.data))
			c.Stats.Messages.Add(1)
		}
		frames = append(frames, o.wire)
	}
	return frames
}

// feed gives some of what the subscription has.
func (c *conn) feed() (frames [][]byte) {
	if c.sub == nil || c.ending() {
		return nil
	}
	list, err := c.sub.Next(c.ctx)
	for _, f := range list {
		frames = append(frames, f.Wire(textFrame))
	}
	c.Stats.Messages.Add(int64(len(frames)))
	if err != nil {
		c.leave(err)
	}
	return frames
}
