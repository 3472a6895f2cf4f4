package alert

import "assay/server/internal/auth"

// takeBytes is about how much a subscriber takes, and is offered, at a time:
// what is on its way to one who is slow counts against no queue.
const takeBytes = 64 << 10

// front gives the first frames, at least one, until they weigh some bytes.
func front(frames []*Frame, bytes int) []*Frame {
	n := 0
	for n < len(frames) && bytes > 0 {
		bytes -= len(frames[n].JSON)
		n++
	}
	return frames[:n:n]
}

// pushed is what became of frames that were offered.
type pushed struct {
	queued, filtered, slow int64
	wake                   bool
}

func (p *pushed) add(o pushed) {
	p.queued += o.queued
	p.filtered += o.filtered
	p.slow += o.slow
}

// push queues those frames after the position that the person hears, and moves
// the position. When they do not fit, the subscription ends.
func (sub *Subscription) push(frames []*Frame, to int64, people people) (p pushed) {
	who := people.or(sub.who)
	sub.mu.Lock()
	defer sub.mu.Unlock()
	if sub.err != nil {
		return p
	}
	for _, offered := range frames {
		if offered.entry && offered.Cursor <= sub.position {
			continue
		}
		f := sub.due(offered, who)
		switch {
		case f == nil:
			p.filtered++
		case sub.bytes+len(f.JSON) > queueBytes:
			sub.finish(ErrTooSlow)
			return pushed{slow: 1, wake: true}
		default:
			sub.add(f)
			p.queued++
		}
	}
	sub.position = max(sub.position, to)
	p.wake = p.queued > 0
	return p
}

// due gives what of an offered message is for a person: itself, nothing, or, of
// a visitor who was shown to them and is not theirs to see any more, that they
// are gone. Only who saw somebody come hears that they went.
func (sub *Subscription) due(f *Frame, who *auth.Person) *Frame {
	v := f.visit
	if v == nil {
		if f.about.hears(who) {
			return f
		}
		return nil
	}
	shown := sub.shows.has(v.slot)
	switch ends := v.gone == nil; {
	case !ends && f.about.hears(who):
		sub.shows.set(v.slot)
		return f
	case !shown:
		return nil
	case ends:
		sub.shows.clear(v.slot)
		return f
	default:
		sub.shows.clear(v.slot)
		return v.gone
	}
}

func (sub *Subscription) add(f *Frame) {
	sub.queue = append(sub.queue, f)
	sub.bytes += len(f.JSON)
	sub.feed.svc.Stats.QueuedBytes.Add(int64(len(f.JSON)))
}

// take gives what is at the front of the queue.
func (sub *Subscription) take() ([]*Frame, error) {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	frames := front(sub.queue, takeBytes)
	if len(frames) == 0 {
		return nil, sub.err
	}
	if sub.queue = sub.queue[len(frames):]; len(sub.queue) == 0 {
		sub.queue = nil
	}
	for _, f := range frames {
		sub.shrink(len(f.JSON))
	}
	return frames, nil
}

func (sub *Subscription) shrink(bytes int) {
	sub.bytes -= bytes
	sub.feed.svc.Stats.QueuedBytes.Add(int64(-bytes))
}

// end ends the subscription for a reason, unless it has ended.
func (sub *Subscription) end(err error) {
	sub.mu.Lock()
	open := sub.err == nil
	if open {
		sub.finish(err)
	}
	sub.mu.Unlock()
	if open {
		sub.feed.svc.rouse(sub)
	}
}

// finish drops the queue: the subscriber will read it again after its last
// cursor.
func (sub *Subscription) finish(err error) {
	sub.feed.svc.Stats.Dropped.Add(int64(len(sub.queue)))
	sub.err, sub.queue = err, nil
	sub.shrink(sub.bytes)
}
