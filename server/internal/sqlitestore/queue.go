package sqlitestore

import (
	"context"
	"sync/atomic"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// job is one unit of work on its way through the writer.
type job struct {
	site   string
	fn     func(*tx) error
	draft  *draft       // what fn came to beside the writer; nil: the writer runs it
	erases bool         // contact data: the log must not keep it either
	probes bool         // whether the disk has room: it writes, and takes it back
	state  atomic.Int32 // waiting, then taken or withdrawn
	err    error
	done   chan struct{}
}

const (
	waiting int32 = iota
	taken
	withdrawn
)

// drop has the writer do the job. Whoever queued it waits for the answer.
func (j *job) drop() {
	if j.draft != nil {
		j.draft.undo()
		j.draft = nil
	}
}

func (j *job) take() bool     { return j.state.CompareAndSwap(waiting, taken) }
func (j *job) withdraw() bool { return j.state.CompareAndSwap(waiting, withdrawn) }

// Update is intake.Store's. fn may run twice: as a draft, and by the writer when
// that cannot be taken over. With a single writer, a lead that fn reads is still
// the same when it saves it. fn must not end its goroutine, as testing.T.Fatal
// does. A panic of fn comes back as a *PanicError.
func (s *Store) Update(ctx context.Context, site string, fn func(tx lead.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(s.queue) == cap(s.queue) { // before any work is done for nothing
		return intake.ErrBusy
	}
	j := &job{site: site, fn: func(t *tx) error { return fn(t) }}
	if d := s.draft(ctx, site); d.try(fn) {
		j.draft = d
	}
	return s.do(ctx, j)
}

// do queues a job and waits for its answer: intake.ErrUnavailable when the disk
// does not take it. Once the writer has taken it, the
// context no longer counts: the caller hears what became of its writes.
func (s *Store) do(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.done = make(chan struct{})
	if err := s.enqueue(j); err != nil {
		return err
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
	}
	if j.withdraw() {
		return ctx.Err()
	}
	<-j.done
	return j.err
}

func (s *Store) enqueue(j *job) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return ErrClosed
	}
	select {
	case s.queue <- j:
		return nil
	default:
		return intake.ErrBusy
	}
}
