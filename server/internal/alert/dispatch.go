package alert

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"
)

// Run moves events from outboxes to feeds until the context is done: at once
// when kicked, all sites at the start, and again every second for what a crash
// or a failing store left behind.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	s.kickAll(ctx)
	for {
		for _, site := range s.takeWaiting() {
			s.round(ctx, site)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.kicked:
		case <-tick.C:
			s.kickAll(ctx)
		}
	}
}

// round moves what a site has.
func (s *Service) round(ctx context.Context, site string) {
	f, _ := s.feedOf(site)
	if err := whole(func() error { return s.move(ctx, site, f) }); err != nil {
		s.failed(ctx, "alerts are waiting: they will be tried again", "site", site, "err", err)
	}
}

func (s *Service) kickAll(ctx context.Context) {
	var sites []string
	err := whole(func() (err error) {
		sites, err = s.dir.Sites(ctx)
		return err
	})
	if err != nil {
		s.failed(ctx, "sites cannot be listed", "err", err)
	}
	for _, site := range sites {
		s.Kick(site)
	}
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

func (s *Service) takeWaiting() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sites := make([]string, 0, len(s.waiting))
	for site := range s.waiting {
		sites = append(sites, site)
	}
	clear(s.waiting)
	return sites
}

// move collects what waits in a site's outboxes and offers what is new.
func (s *Service) move(ctx context.Context, site string, f *feed) error {
	if err := s.begin(ctx, site, f); err != nil {
		return err
	}
	for more := true; more; {
		var err error
		if more, err = s.store.Collect(ctx, site); err != nil {
			return err
		}
		if err := s.publishStored(ctx, site, f); err != nil {
			return err
		}
	}
	return nil
}

// begin has an unknown head stand at the end of the store's feed: who comes
// later reads what is before it.
func (s *Service) begin(ctx context.Context, site string, f *feed) error {
	if f.published() != unknown {
		return nil
	}
	last, err := s.store.Last(ctx, site)
	if err == nil {
		f.begin(last)
	}
	return err
}

// publishStored offers all that the store has after the feed's head.
func (s *Service) publishStored(ctx context.Context, site string, f *feed) error {
	for {
		entries, err := s.store.Feed(ctx, site, f.published(), pageSize)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return nil
		}
		if err := s.offer(ctx, site, f, entries); err != nil {
			return err
		}
	}
}

func (s *Service) offer(ctx context.Context, site string, f *feed, entries []Entry) error {
	head := entries[len(entries)-1].Cursor
	if f.skip(head) { // nobody listens: nothing to hydrate
		return nil
	}
	frames, err := s.frames(ctx, site, entries)
	if err != nil {
		return err
	}
	for _, sub := range f.advance(head) {
		s.deliver(sub, frames)
	}
	return nil
}

func (s *Service) deliver(sub *Subscription, frames []Frame) {
	switch n, ok := sub.push(frames); {
	case ok:
		s.Stats.Delivered.Add(int64(n))
	default:
		s.Stats.TooSlow.Add(1)
	}
}
