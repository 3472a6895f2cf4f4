package sqlitestore

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// hold occupies the writer until release is called, so that what is queued
// meanwhile makes one group.
func hold(t *testing.T, s *Store) (release func()) {
	t.Helper()
	begun, end := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := s.do(bg, &job{site: "s", fn: func(*tx) error {
			close(begun)
			<-end
			return nil
		}})
		if err != nil {
			t.Errorf("holding: %v", err)
		}
	})
	<-begun
	release = sync.OnceFunc(func() { close(end); wg.Wait() })
	t.Cleanup(release) // runs before the store is closed
	return release
}

// queued waits until n units of work stand in the queue.
func queued(t *testing.T, s *Store, n int) {
	t.Helper()
	for end := time.Now().Add(time.Minute); len(s.queue) < n; runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("the queue does not fill")
		}
	}
}

// byWriter keeps a unit from being done as a draft.
func byWriter(fn func(lead.Tx) error) func(lead.Tx) error {
	return func(t lead.Tx) error {
		if _, drafting := t.(*draft); drafting {
			return errWriter
		}
		return fn(t)
	}
}

func save(l *lead.Lead) func(lead.Tx) error {
	return func(tx lead.Tx) error { return tx.SaveLead(l) }
}

// inOneGroup queues units behind a held writer and gives what became of each.
func inOneGroup(t *testing.T, s *Store, units ...func(lead.Tx) error) []error {
	t.Helper()
	release := hold(t, s)
	errs := make([]error, len(units))
	var wg sync.WaitGroup
	for i, fn := range units {
		wg.Go(func() { errs[i] = s.Update(bg, "s", fn) })
		queued(t, s, i+1)
	}
	release()
	wg.Wait()
	return errs
}
