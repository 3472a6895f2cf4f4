package alert

import (
	"context"
	"sync"

	"assay/server/internal/auth"
)

// Subscription is one subscriber's place in a feed. One goroutine at a time
// calls Next.
type Subscription struct {
	// From is the cursor that the subscription starts after.
	From int64
	// Missed is how many entries the feed had after From at the start.
	Missed int64

	feed *feed
	who  *auth.Person
	wake func()

	place int // among the feed's subscribers; guarded by the feed's lock

	mu       sync.Mutex
	position int64 // cursor of the newest entry that was read, queued or hidden
	live     bool  // joined: entries come through the queue
	shows    slots // visitors who were told of and are not known to be gone
	queue    []*Frame
	bytes    int // in the queue
	err      error
}

// Subscribe starts for a person or a program after a cursor, or with what comes
// from now on when there is none. A cursor beyond the feed's end counts as its
// end. Wake is called when Next has something to say again, by whoever brought
// it: it must not wait for anything, and may call Next. Close must be called.
func (s *Service) Subscribe(ctx context.Context, who *auth.Person, after *int64, wake func()) (*Subscription, error) {
	f, ok := s.feedOf(who.Site)
	if !ok {
		return nil, ErrGoing
	}
	last, err := s.store.Last(ctx, who.Site)
	if err != nil {
		return nil, err
	}
	from := last
	if after != nil {
		from = min(max(*after, 0), last)
	}
	s.Stats.Subscribers.Add(1)
	return &Subscription{From: from, Missed: last - from, feed: f, who: who, wake: wake, position: from}, nil
}

// Close ends the subscription. It may be called once.
func (sub *Subscription) Close() {
	sub.feed.leave(sub)
	sub.mu.Lock()
	if sub.err == nil {
		sub.finish(ErrGoing)
	}
	sub.mu.Unlock()
	sub.feed.svc.Stats.Subscribers.Add(-1)
}

// Next gives frames that are there, in cursor order and of some 64 KiB at most,
// and never waits for new ones: without any, the subscriber has caught up and
// will be woken. What was missed is read from the store page by page, and like
// who is present at its end does not count against the queue. It fails with ErrTooSlow or ErrGoing, or with
// the store's error.
func (sub *Subscription) Next(ctx context.Context) ([]*Frame, error) {
	if !sub.Live() {
		frames, err := sub.catchUp(ctx)
		if err != nil || len(frames) > 0 {
			return frames, err
		}
	}
	return sub.take()
}

// Live reports whether the subscriber has caught up once: from then on Next
// does not ask the store and is quick.
func (sub *Subscription) Live() bool {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	return sub.live
}

// Reached gives the cursor up to which everything was given by Next, or hidden
// by the person's filter.
func (sub *Subscription) Reached() int64 {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	if len(sub.queue) == 0 {
		return sub.position
	}
	if f := sub.queue[0]; f.entry {
		return f.Cursor - 1
	}
	return sub.queue[0].Cursor
}

// catchUp gives the next page of what was missed, and who is present once the
// subscription has joined the live feed.
func (sub *Subscription) catchUp(ctx context.Context) ([]*Frame, error) {
	s, site := sub.feed.svc, sub.feed.site
	for {
		if _, ok := s.feedOf(site); !ok {
			return nil, ErrGoing
		}
		people, err := s.dir.Roster(ctx, site)
		if err != nil {
			return nil, err
		}
		at := sub.Reached()
		p, err := sub.feed.after(ctx, at, people)
		if err != nil {
			return nil, err
		}
		if p.to == at {
			if told, ok := sub.join(people); ok {
				return told, nil
			}
			continue
		}
		if frames := sub.read(p.frames, p.to, people); len(frames) > 0 {
			return frames, nil
		}
	}
}

// read notes that a page was read, and leaves out what the person does not hear.
func (sub *Subscription) read(frames []*Frame, to int64, people people) []*Frame {
	who, heard := people.or(sub.who), make([]*Frame, 0, len(frames))
	for _, f := range frames {
		if f.about.hears(who) {
			heard = append(heard, f)
		}
	}
	sub.mu.Lock()
	sub.position = to
	sub.mu.Unlock()
	stats := &sub.feed.svc.Stats
	stats.Delivered.Add(int64(len(heard)))
	stats.Filtered.Add(int64(len(frames) - len(heard)))
	return heard
}

// or gives a person as the directory knows it now, and whom it does not know, as
// programs, as it came.
func (ps people) or(who *auth.Person) *auth.Person {
	if p := ps[who.ID]; p != nil {
		return p
	}
	return who
}

// join enters the live feed, and gives who is present. A shutdown that began
// before it has been seen by nobody here, so it is looked for once more.
func (sub *Subscription) join(people people) (told []*Frame, ok bool) {
	s := sub.feed.svc
	told, ok, first := sub.feed.join(sub, people)
	if !ok {
		return nil, false
	}
	s.Stats.Delivered.Add(int64(len(told)))
	if first {
		s.kick(sub.feed, false)
	}
	if _, ok := s.feedOf(sub.feed.site); !ok {
		sub.end(ErrGoing)
	}
	return told, true
}
