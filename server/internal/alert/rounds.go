package alert

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

const (
	roundsAtOnce = 8                      // sites whose news are looked for at the same time
	roundWithin  = 10 * time.Second       // and then given up, to be tried again
	pace         = 20 * time.Millisecond  // between two rounds of a busy site: more goes along with each
	firstBackoff = 100 * time.Millisecond // after a failure, and twice as long after each in a row
	lastBackoff  = 5 * time.Second
)

// job is one site's publishing. At most one goroutine is at it.
type job struct {
	kicked  bool // somebody wants a round
	collect bool // which begins with the outboxes
	working bool
}

// Kick tells that an outbox of a site has something to deliver. It never
// blocks.
func (s *Service) Kick(site string) {
	f, _ := s.feedOf(site)
	s.kick(f, true)
}

func (s *Service) kick(f *feed, collect bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.job.kicked = true
	f.job.collect = f.job.collect || collect
	s.begin(f)
}

// begin has somebody work at a site that was kicked. The service's lock is held.
func (s *Service) begin(f *feed) {
	if s.running == nil || !f.job.kicked || f.job.working {
		return
	}
	f.job.working = true
	ctx := s.running
	s.working.Go(func() { s.work(ctx, f) })
}

// work makes rounds for a site until nobody wants one any more.
func (s *Service) work(ctx context.Context, f *feed) {
	failures := 0
	for {
		collect, ok := s.wanted(f)
		if !ok {
			return
		}
		begun := time.Now()
		wait := pace
		if err := s.round(ctx, f, collect); err != nil {
			s.failed(ctx, "alerts are waiting: they will be tried again", "site", f.site, "err", err)
			wait = min(firstBackoff<<min(failures, 10), lastBackoff)
			failures++
			s.again(f, collect)
		} else {
			failures = 0
		}
		if !sleep(ctx, wait-time.Since(begun)) {
			return
		}
	}
}

// wanted takes a kick; without one the work is over.
func (s *Service) wanted(f *feed) (collect, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	collect, ok = f.job.collect, f.job.kicked
	f.job = job{working: ok}
	return collect, ok
}

// again has a site looked at once more by who is at it.
func (s *Service) again(f *feed, collect bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.job.kicked, f.job.collect = true, f.job.collect || collect
}

// round looks for a site's news once. It waits for one of few slots.
func (s *Service) round(ctx context.Context, f *feed, collect bool) error {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	s.Stats.Rounds.Add(1)
	ctx, cancel := context.WithTimeout(ctx, roundWithin)
	defer cancel()
	return whole(func() error { return s.move(ctx, f, collect) })
}

// whole makes a panic the error of what it ended: the next round may fare
// better, and without rounds nobody hears of anything.
func whole(run func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return run()
}

// failed tells of a failure, unless it is the end that brought it.
func (s *Service) failed(ctx context.Context, text string, args ...any) {
	if ctx.Err() == nil {
		s.Stats.Failures.Add(1)
		s.log.Error(text, args...)
	}
}

// sleep waits; false when the context is done.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
