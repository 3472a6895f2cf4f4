package wsapi

import (
	"sync"
	"time"
)

// spokes is into how many parts the time between two pings is cut: connections
// take turns, and one clock serves all.
const spokes = 32

// wheel holds all open connections, each where its ping is due. It turns while
// there are any.
type wheel struct {
	mu    sync.Mutex
	at    int // the spoke whose turn it is
	size  int
	spoke [spokes][]*conn
	stop  chan struct{} // closed when the last connection has gone
}

// spot is a connection's place in the wheel.
type spot struct {
	spoke, place int
	in           bool
}

// add puts a connection in, its first ping one turn away.
func (w *wheel) add(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.spot = spot{w.at, len(w.spoke[w.at]), true}
	w.spoke[w.at] = append(w.spoke[w.at], c)
	if w.size++; w.size == 1 {
		w.stop = make(chan struct{})
		c.open.Add(1)
		go c.turn(w.stop)
	}
}

// remove takes a connection out, if it is in.
func (w *wheel) remove(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !c.spot.in {
		return
	}
	c.spot.in = false
	list := w.spoke[c.spot.spoke]
	last := len(list) - 1
	list[c.spot.place] = list[last]
	list[c.spot.place].spot.place = c.spot.place
	list[last] = nil
	w.spoke[c.spot.spoke] = list[:last]
	if w.size--; w.size == 0 {
		close(w.stop)
		w.spoke = [spokes][]*conn{}
	}
}

// next moves the wheel on and gives the connections whose ping is due.
func (w *wheel) next() []*conn {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = (w.at + 1) % spokes
	return append([]*conn(nil), w.spoke[w.at]...)
}

// all gives all open connections.
func (w *wheel) all() (list []*conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, some := range w.spoke {
		list = append(list, some...)
	}
	return list
}

// turn pings everybody in turn until it is told to stop. Where the store failed
// one, nobody asks it for a whole turn: one that hangs would hold up each spoke.
func (h *Handler) turn(stop <-chan struct{}) {
	defer h.open.Done()
	tick := time.NewTicker(max(h.Ping/spokes, time.Millisecond))
	defer tick.Stop()
	unasked := 0 // spokes that go by before the store is asked again
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		asks := unasked == 0
		for _, c := range h.wheel.next() {
			c.guard(func() { asks = c.ping(asks) })
		}
		switch {
		case unasked > 0:
			unasked--
		case !asks:
			unasked = spokes - 1
		}
	}
}
