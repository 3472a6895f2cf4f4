package alert

import (
	"context"
	"runtime"
	"sync"
)

const (
	aloneBelow = 256 // subscribers that one goroutine serves
	yieldEvery = 32  // deliveries after which others get their turn
)

// move puts what waits in a site's outboxes into its feed, if it is to, and
// offers what is new there to those who listen.
func (s *Service) move(ctx context.Context, f *feed, collect bool) error {
	for collect {
		more, err := s.store.Collect(ctx, f.site)
		if err != nil {
			return err
		}
		if collect = more; more {
			if err := s.publish(ctx, f); err != nil {
				return err
			}
		}
	}
	return s.publish(ctx, f)
}

// publish offers all that the store has after the feed's head. While nobody
// listens it reads nothing.
func (s *Service) publish(ctx context.Context, f *feed) error {
	for {
		from, ok := f.heard()
		if !ok {
			return nil
		}
		people, err := s.dir.Roster(ctx, f.site)
		if err != nil {
			return err
		}
		frames, to, err := s.page(ctx, f.site, from, people)
		if err != nil || to == from {
			return err
		}
		s.offer(f, from, to, frames, people)
		if to-from < pageSize {
			return nil // what came meanwhile has kicked
		}
	}
}

// offer gives everybody who listens the frames of the entries between two
// cursors. Where the head moved meanwhile, it does nothing.
func (s *Service) offer(f *feed, from, to int64, frames []*Frame, people people) {
	f.turn.Lock()
	defer f.turn.Unlock()
	if subs, ok := f.advance(from, to); ok {
		s.deliver(subs, frames, to, people)
	}
}

// deliver pushes frames to subscribers, as much at a time as one takes, and
// wakes each for every part: however much there is, it fits the queue of who
// takes it when woken. to is the cursor that all of it reaches, 0 for none.
func (s *Service) deliver(subs []*Subscription, frames []*Frame, to int64, people people) {
	for {
		part := front(frames, takeBytes)
		if len(part) == len(frames) {
			s.share(subs, frames, to, people)
			return
		}
		s.share(subs, part, min(to, part[len(part)-1].Cursor), people)
		frames = frames[len(part):]
	}
}

// share serves subscribers, each of whom is woken at once. No lock is held that
// others need, and nobody who is woken may wait for anything, so that a slow one
// holds up nobody. Many are shared out to all processors.
func (s *Service) share(subs []*Subscription, frames []*Frame, to int64, people people) {
	parts := 1
	if len(subs) >= aloneBelow {
		parts = runtime.GOMAXPROCS(0)
	}
	var wg sync.WaitGroup
	for i := range parts - 1 {
		wg.Go(func() { s.serve(subs[i*len(subs)/parts:(i+1)*len(subs)/parts], frames, to, people) })
	}
	s.serve(subs[(parts-1)*len(subs)/parts:], frames, to, people)
	wg.Wait()
}

func (s *Service) serve(subs []*Subscription, frames []*Frame, to int64, people people) {
	var sum pushed
	for i, sub := range subs {
		if i%yieldEvery == yieldEvery-1 {
			runtime.Gosched()
		}
		p := sub.push(frames, to, people)
		sum.add(p)
		if p.wake {
			s.rouse(sub)
		}
	}
	s.Stats.Delivered.Add(sum.queued)
	s.Stats.Filtered.Add(sum.filtered)
	s.Stats.TooSlow.Add(sum.slow)
}

// rouse wakes a subscriber. A panic is the end of this subscription alone.
func (s *Service) rouse(sub *Subscription) {
	err := whole(func() error {
		sub.wake()
		return nil
	})
	if err != nil {
		s.failed(context.Background(), "a subscriber could not be woken", "err", err)
		sub.mu.Lock()
		defer sub.mu.Unlock()
		if sub.err == nil {
			sub.finish(ErrTooSlow)
		}
	}
}
