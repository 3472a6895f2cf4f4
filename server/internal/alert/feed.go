package alert

import "sync"

// feed is where one site's live entries meet its subscribers.
//
// Joining is what keeps a stream exact. A subscriber reads the store until it
// has everything up to the head, and only then joins, under the lock under
// which the head moves. Each round of publishing begins at the head and moves it
// only if it stands there still. So nobody who has joined is behind the head, and
// each entry is either below a subscriber's position when it joins or offered
// to it afterwards. Of an entry that is both, the subscriber knows by its position.
type feed struct {
	svc  *Service
	site string
	job  job // of publishing; guarded by the service's lock

	pages pages

	turn sync.Mutex // held by whoever offers: everybody hears all of it in one order

	mu      sync.Mutex
	head    int64           // cursor of the newest published entry; of no meaning while nobody listens
	subs    []*Subscription // those who have joined, each at its place
	present map[string]*here
	slots   slots // that those who are present have
	known   bool  // present is complete
}

// join adds a subscriber that has read everything up to its position, and gives
// who is present. It fails when there is more to read; first tells that nobody
// listened before, so that nobody looked for what is new.
func (f *feed) join(sub *Subscription, people people) (told []*Frame, ok, first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	sub.mu.Lock()
	defer sub.mu.Unlock()
	first = len(f.subs) == 0
	switch {
	case first:
		f.head = sub.position
	case sub.position < f.head:
		return nil, false, false
	}
	sub.place, sub.live = len(f.subs), true
	f.subs = append(f.subs, sub)
	who := people.or(sub.who)
	for _, h := range f.present {
		if frame := sub.due(h.at(sub.position), who); frame != nil {
			told = append(told, frame)
		}
	}
	return told, true, first
}

// leave removes a subscriber, if it has joined.
func (f *feed) leave(sub *Subscription) {
	f.mu.Lock()
	defer f.mu.Unlock()
	last := len(f.subs) - 1
	if sub.place > last || f.subs[sub.place] != sub {
		return
	}
	moved := f.subs[last]
	f.subs[sub.place], moved.place = moved, sub.place
	f.subs[last] = nil
	f.subs = f.subs[:last]
	if last == 0 {
		f.subs = nil
		f.empty()
	}
}

// subscribers gives those who have joined.
func (f *feed) subscribers() []*Subscription {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]*Subscription(nil), f.subs...)
}

// heard gives the head; ok is false while nobody listens.
func (f *feed) heard() (head int64, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.head, len(f.subs) > 0
}

// advance moves the head, if it stands where a round found it, and gives those
// who must hear of what led there.
func (f *feed) advance(from, to int64) (subs []*Subscription, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.head != from {
		return nil, false
	}
	f.head = to
	return append(subs, f.subs...), true
}
