package alert

import (
	"context"
	"sync"
	"time"
)

const (
	newsEvery     = 150 * time.Millisecond // what other servers put into the feeds
	presenceEvery = 250 * time.Millisecond // who is on a form
	leftEvery     = 1 * time.Second        // what a crash left in outboxes
)

// Run moves events from outboxes to feeds and to those who listen until the
// context is done: at once when kicked, soon when another server did it, and
// within a second what a crash left behind.
func (s *Service) Run(ctx context.Context) {
	s.mu.Lock()
	s.running = ctx
	for _, f := range s.feeds {
		s.begin(f)
	}
	s.mu.Unlock()

	var loops sync.WaitGroup
	loops.Go(func() { s.every(ctx, newsEvery, "news of the feeds", s.news) })
	loops.Go(func() { s.every(ctx, presenceEvery, "visitors who are present", s.lookAround) })
	loops.Go(func() { s.every(ctx, leftEvery, "what waits in outboxes", s.left) })
	loops.Wait()

	s.mu.Lock()
	s.running = nil
	s.mu.Unlock()
	s.working.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.feeds {
		f.job = job{}
	}
}

// every does something again and again, beginning now. While it fails the
// pauses grow.
func (s *Service) every(ctx context.Context, pause time.Duration, what string, do func(context.Context) error) {
	failures := 0
	for {
		wait := pause
		try, cancel := context.WithTimeout(ctx, roundWithin)
		err := whole(func() error { return do(try) })
		cancel()
		if failures++; err == nil {
			failures = 0
		} else {
			s.failed(ctx, "the store was asked in vain: it will be asked again", "for", what, "err", err)
			wait = max(pause, min(firstBackoff<<min(failures, 10), lastBackoff))
		}
		if !sleep(ctx, wait) {
			return
		}
	}
}

// news kicks those sites with listeners whose feed goes on after what was
// published here.
func (s *Service) news(ctx context.Context) error {
	heads, feeds := map[string]int64{}, map[string]*feed{}
	for _, f := range s.listened() {
		if head, ok := f.heard(); ok {
			heads[f.site], feeds[f.site] = head, f
		}
	}
	if len(heads) == 0 {
		return nil
	}
	sites, err := s.store.Newer(ctx, heads)
	for _, site := range sites {
		if f := feeds[site]; f != nil {
			s.kick(f, false)
		}
	}
	return err
}

// left kicks the sites in whose outboxes something waits.
func (s *Service) left(ctx context.Context) error {
	sites, err := s.store.Waiting(ctx)
	for _, site := range sites {
		s.Kick(site)
	}
	return err
}
