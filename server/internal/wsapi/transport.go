package wsapi

import (
	"bufio"
	"net"
	"net/http"
	"time"
)

// hijacker gives the library a transport that is ours.
type hijacker struct {
	http.ResponseWriter
	c *conn
}

// Hijack implements http.Hijacker.
func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	socket, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	h.c.net = socket
	return &transport{socket, h.c}, rw, nil
}

// transport is the socket as the library sees it. It reads and makes the
// handshake; what it would write afterwards, such as the close after a broken
// frame, is ours to say, lest two write at once.
type transport struct {
	net.Conn
	c *conn
}

// Read implements net.Conn, and notes when the socket failed.
func (t *transport) Read(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	t.c.lost = t.c.lost || err != nil
	return n, err
}

// Write implements net.Conn.
func (t *transport) Write(b []byte) (int, error) {
	if t.c.ws != nil {
		return len(b), nil
	}
	return t.Conn.Write(b)
}

// SetWriteDeadline implements net.Conn.
func (t *transport) SetWriteDeadline(at time.Time) error {
	if t.c.ws != nil {
		return nil
	}
	return t.Conn.SetWriteDeadline(at)
}
