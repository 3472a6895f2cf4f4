package alert

import (
	"context"
	"sync"
)

// Subscription is one subscriber's place in a feed. One goroutine calls Next.
type Subscription struct {
	// From is the cursor that the subscription starts after.
	From int64
	// Missed is how many entries the feed had after From at the start.
	Missed int64

	svc  *Service
	site string
	feed *feed
	wake chan struct{} // holds a token when Next has something to say

	mu       sync.Mutex
	position int64 // cursor of the newest entry that was read or queued
	live     bool  // joined: entries come through the queue
	queue    []Frame
	bytes    int // in the queue
	err      error
}

// Subscribe starts after a cursor, or with what comes from now on when there is
// none. A cursor beyond the feed's end counts as its end. Close must be called.
func (s *Service) Subscribe(ctx context.Context, site string, after *int64) (*Subscription, error) {
	f, ok := s.feedOf(site)
	if !ok {
		return nil, ErrGoing
	}
	last, err := s.store.Last(ctx, site)
	if err != nil {
		return nil, err
	}
	from := last
	if after != nil {
		from = min(max(*after, 0), last)
	}
	s.Stats.Subscribers.Add(1)
	return &Subscription{From: from, Missed: last - from, svc: s, site: site, feed: f,
		wake: make(chan struct{}, 1), position: from}, nil
}

// Close ends the subscription. It may be called once.
func (sub *Subscription) Close() {
	sub.feed.leave(sub)
	sub.svc.Stats.Subscribers.Add(-1)
}

// Wake gives a token when Next has something to say again.
func (sub *Subscription) Wake() <-chan struct{} { return sub.wake }

// Next gives the frames that are there, in cursor order, and never waits for
// new ones: without any, the subscriber has caught up and waits for Wake. What
// was missed is read from the store page by page, and does not count against
// the queue. It fails with ErrTooSlow or ErrGoing, or with the store's error.
func (sub *Subscription) Next(ctx context.Context) ([]Frame, error) {
	if !sub.isLive() {
		frames, err := sub.catchUp(ctx)
		if err != nil || len(frames) > 0 {
			return frames, err
		}
	}
	sub.mu.Lock()
	defer sub.mu.Unlock()
	frames := sub.queue
	sub.queue, sub.bytes = nil, 0
	return frames, sub.err
}

// catchUp gives the next page of what was missed, or nothing once the
// subscription has joined the live feed.
func (sub *Subscription) catchUp(ctx context.Context) ([]Frame, error) {
	for {
		if _, ok := sub.svc.feedOf(sub.site); !ok {
			return nil, ErrGoing
		}
		entries, err := sub.svc.store.Feed(ctx, sub.site, sub.position, pageSize)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			if sub.join() {
				return nil, nil
			}
			continue
		}
		frames, err := sub.svc.frames(ctx, sub.site, entries)
		if err != nil {
			return nil, err
		}
		sub.mu.Lock()
		sub.position = entries[len(entries)-1].Cursor
		sub.mu.Unlock()
		if len(frames) > 0 {
			sub.svc.Stats.Delivered.Add(int64(len(frames)))
			return frames, nil
		}
	}
}

func (sub *Subscription) isLive() bool {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	return sub.live
}

// join enters the live feed. A shutdown that began before it has been seen by
// nobody here, so it is looked for once more.
func (sub *Subscription) join() bool {
	if !sub.feed.join(sub, sub.position) {
		return false
	}
	sub.mu.Lock()
	sub.live = true
	sub.mu.Unlock()
	if _, ok := sub.svc.feedOf(sub.site); !ok {
		sub.end(ErrGoing)
	}
	return true
}

// push queues the frames after the position and tells how many those were.
// When they do not fit the subscription ends, and ok is false.
func (sub *Subscription) push(frames []Frame) (n int, ok bool) {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	if sub.err != nil {
		return 0, true
	}
	for _, f := range frames {
		if f.Cursor <= sub.position {
			continue
		}
		if sub.bytes += len(f.JSON); sub.bytes > queueBytes {
			sub.finish(ErrTooSlow)
			return 0, false
		}
		sub.queue = append(sub.queue, f)
		sub.position = f.Cursor
		n++
	}
	sub.signal()
	return n, true
}

func (sub *Subscription) end(err error) {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	if sub.err == nil {
		sub.finish(err)
	}
}

// finish drops the queue: the subscriber will read it again after its last
// cursor.
func (sub *Subscription) finish(err error) {
	sub.err, sub.queue, sub.bytes = err, nil, 0
	sub.signal()
}

func (sub *Subscription) signal() {
	select {
	case sub.wake <- struct{}{}:
	default:
	}
}
