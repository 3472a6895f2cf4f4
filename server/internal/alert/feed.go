package alert

import "sync"

// unknown is the head of a feed that nothing was published to yet.
const unknown = -1

// feed is where one site's live entries meet its subscribers.
//
// Joining is what keeps a stream exact. A subscriber reads the store until it
// has everything up to the head, and only then joins, under the lock under
// which the head moves: so each entry is either below its position when it
// joins, or offered to it afterwards.
type feed struct {
	mu   sync.Mutex
	head int64 // cursor of the newest published entry
	subs map[*Subscription]struct{}
}

// join adds a subscriber that has read everything up to a cursor. It fails when
// there is more to read.
func (f *feed) join(sub *Subscription, position int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.head == unknown {
		f.head = position
	}
	if position < f.head {
		return false
	}
	f.subs[sub] = struct{}{}
	return true
}

func (f *feed) leave(sub *Subscription) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.subs, sub)
}

// subscribers gives those who have joined.
func (f *feed) subscribers() []*Subscription {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.listeners()
}

func (f *feed) listeners() []*Subscription {
	subs := make([]*Subscription, 0, len(f.subs))
	for sub := range f.subs {
		subs = append(subs, sub)
	}
	return subs
}

// advance moves the head and gives those who must hear of what led there.
func (f *feed) advance(head int64) []*Subscription {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.head = max(f.head, head)
	return f.listeners()
}

// skip moves the head if nobody listens.
func (f *feed) skip(head int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.subs) > 0 {
		return false
	}
	f.head = max(f.head, head)
	return true
}

// begin sets a head that is unknown.
func (f *feed) begin(head int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.head == unknown {
		f.head = head
	}
}

func (f *feed) published() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.head
}
