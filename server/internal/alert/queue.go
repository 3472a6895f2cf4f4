package alert

// takeBytes is about how much a subscriber takes at a time: what is on its way
// to one who is slow counts against no queue.
const takeBytes = 64 << 10

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
	for _, f := range frames {
		switch {
		case f.entry && f.Cursor <= sub.position:
		case !f.about.hears(who):
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

func (sub *Subscription) add(f *Frame) {
	sub.queue = append(sub.queue, f)
	sub.bytes += len(f.JSON)
	sub.feed.svc.Stats.QueuedBytes.Add(int64(len(f.JSON)))
}

// take gives what is at the front of the queue.
func (sub *Subscription) take() ([]*Frame, error) {
	sub.mu.Lock()
	defer sub.mu.Unlock()
	n, bytes := 0, 0
	for n < len(sub.queue) && bytes < takeBytes {
		bytes += len(sub.queue[n].JSON)
		n++
	}
	frames := sub.queue[:n:n]
	if sub.queue = sub.queue[n:]; len(sub.queue) == 0 {
		sub.queue = nil
	}
	sub.shrink(bytes)
	if n > 0 {
		return frames, nil
	}
	return nil, sub.err
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
