package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	stalled   = 12  // subscribers that stop reading
	comings   = 600 // connections of those who come and go, a round
	inSlack   = 6   // goroutines more than before that are no leak: those of our own question, and rounds of workers
	atTheDoor = 6   // who come and go at the same time
)

// trySubscribers has subscribers misbehave.
func (s *suite) trySubscribers(t *trial) error {
	for range t.rounds {
		err := s.round(t, 1, pressure{visitors: 8, visit: millisecond, claim: 20 * millisecond}, nil, (*world).misbehave)
		if err != nil {
			return err
		}
	}
	return nil
}

// misbehave has some subscribers stop reading until the server gives them up,
// and many more come and vanish meanwhile. Nobody else must notice, and nothing
// of them must be left.
func (w *world) misbehave() error {
	w.rounds.Add(1)
	p := w.servers[0]
	ctx, leave := context.WithCancel(context.Background())
	slow, wait, err := w.stall(ctx)
	if err != nil {
		leave()
		return err
	}
	var doors sync.WaitGroup
	for range atTheDoor {
		rng := w.fork()
		doors.Go(func() {
			for range comings / atTheDoor {
				w.comeAndGo(rng)
			}
		})
	}
	doors.Wait()
	err = until("those who do not read are given up", func() (bool, error) {
		n, err := p.gauge(w.client, "assay_subscriptions_too_slow_total")
		return n >= stalled, joined(err, fmt.Errorf("%d of %d", n, stalled))
	})
	w.stop() // before there are more reps
	w.load.Wait()
	close(slow[0].gate)
	w.reps = append(w.reps, slow...)
	w.after = func() error {
		leave()
		wait()
		return w.nothingLeft()
	}
	return err
}

// stall opens feeds for subscribers that read nothing before their gate, which
// they share, is closed.
func (w *world) stall(ctx context.Context) (slow []*rep, wait func(), err error) {
	gate := make(chan struct{})
	var all sync.WaitGroup
	for i := range stalled {
		of := w.reps[i%len(w.reps)]
		r := &rep{w: w, email: of.email, id: of.id, role: of.role, cookie: of.login(), gate: gate, ids: map[string]bool{}, waiting: map[string]chan *message{}}
		slow = append(slow, r)
		w.injected.Add(1)
		all.Go(func() { r.listen(ctx) })
	}
	err = until("everybody listens", func() (bool, error) {
		n, err := w.servers[0].gauge(w.client, "assay_subscribers")
		return n >= int64(len(w.reps)+stalled), err
	})
	return slow, all.Wait, err
}

// comeAndGo opens a connection and leaves it in one of several bad ways.
func (w *world) comeAndGo(rng *rand.Rand) {
	url := w.anyURL()
	addr := strings.TrimPrefix(url, "http://")
	c, err := net.DialTimeout("tcp", addr, handshakeWithin)
	if err != nil {
		w.violate(&w.other, "a subscriber cannot connect: %v", err)
		return
	}
	defer c.Close()
	w.injected.Add(1)
	_ = c.SetDeadline(time.Now().Add(handshakeWithin))
	r := w.reps[rng.IntN(len(emails))]
	head := fmt.Sprintf("GET /v1/alerts/stream?after=%d HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: assay.v1\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", rng.Int64N(r.reached()+1), addr, url, r.login())
	switch rng.IntN(4) {
	case 0: // in the middle of the request
		_, _ = io.WriteString(c, head[:rng.IntN(len(head))])
	case 1: // without waiting for the answer
		_, _ = io.WriteString(c, head)
	case 2: // in the middle of what was missed
		_, _ = io.WriteString(c, head)
		_, _ = io.ReadFull(c, make([]byte, 300))
	case 3: // with half of a frame
		_, _ = io.WriteString(c, head)
		_, _ = io.ReadFull(c, make([]byte, 200))
		_, _ = c.Write([]byte{0x80 | websocket.TextMessage, 0x80 | 20, 1, 2, 3, 4, 5})
	}
	if rng.IntN(2) == 0 {
		_ = c.(*net.TCPConn).SetLinger(0) // and the server gets a reset
	}
}

// nothingLeft looks whether the server has as many goroutines as it needs for
// who is still there.
func (w *world) nothingLeft() error {
	w.client.CloseIdleConnections()
	p, want := w.servers[0], w.quiet+inSlack
	return until("nothing is left of subscribers that are gone", func() (bool, error) {
		w.client.CloseIdleConnections()
		n, err := p.gauge(w.client, "go_goroutines")
		return n <= want, joined(err, fmt.Errorf("%d goroutines, want at most %d", n, want))
	})
}
