package mongostore

import (
	"context"
	"hash/fnv"
	"sync/atomic"
	"time"

	"assay/server/internal/intake"
)

// gate bounds the units of work in hand, and those that wait to be.
type gate struct {
	slots   chan struct{}
	waiting atomic.Int64
	most    int64
	closed  chan struct{}
}

func newGate(inHand, waiting int) *gate {
	return &gate{slots: make(chan struct{}, inHand), most: int64(waiting), closed: make(chan struct{})}
}

// enter waits for a slot, which leave gives back: intake.ErrBusy when too many
// wait already or nothing moves for as long as a server may take to answer,
// ErrClosed, or the context's error.
func (g *gate) enter(ctx context.Context) error {
	select {
	case <-g.closed:
		return ErrClosed
	default:
	}
	select {
	case g.slots <- struct{}{}:
		return nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > g.most {
		return intake.ErrBusy
	}
	late := time.NewTimer(wait)
	defer late.Stop()
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-late.C:
		return intake.ErrBusy
	case <-g.closed:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) leave() { <-g.slots }

// close refuses all who come or wait, and waits for the units in hand. It must
// be called once.
func (g *gate) close() {
	close(g.closed)
	for range cap(g.slots) {
		g.slots <- struct{}{}
	}
}

// turns has those of one process that want the same thing take it one after
// another: there is no use in losing races against oneself. Different things may
// share a turn.
type turns [64]chan struct{}

func newTurns() *turns {
	t := new(turns)
	for i := range t {
		t[i] = make(chan struct{}, 1)
	}
	return t
}

// take waits for the turn, which the caller gives back by calling what it gets.
func (t *turns) take(name string) (done func()) {
	h := fnv.New32a()
	h.Write([]byte(name))
	turn := t[h.Sum32()%uint32(len(t))]
	turn <- struct{}{}
	return func() { <-turn }
}
