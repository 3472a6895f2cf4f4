package auth

import (
	"sync"
	"time"
)

const (
	maxFailures = 10               // of one address for one person …
	failureSpan = 15 * time.Minute // … in this long
	maxCounters = 10_000           // that are kept
)

// throttle counts failed sign-ins by client address and mail address. An
// attempt counts as failed until it succeeds, so that attempts made at the same
// time cannot slip through.
type throttle struct {
	now func() time.Time

	mu       sync.Mutex
	counters map[attempt]counter
}

type attempt struct{ address, email string }

type counter struct {
	failures int
	until    time.Time // then it starts anew
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, counters: map[attempt]counter{}}
}

// begin counts an attempt, or refuses it with a *ThrottledError.
func (t *throttle) begin(a attempt) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	c, known := t.counters[a]
	if !known && len(t.counters) >= maxCounters {
		t.makeRoom(now)
	}
	if !now.Before(c.until) {
		c = counter{until: now.Add(failureSpan)}
	}
	if c.failures >= maxFailures {
		return &ThrottledError{c.until.Sub(now)}
	}
	c.failures++
	t.counters[a] = c
	return nil
}

// succeed forgets the failures before a success.
func (t *throttle) succeed(a attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.counters, a)
}

// makeRoom drops what has run out; when nothing has, any one: a flood of made-up
// names costs an attacker more than it gives.
func (t *throttle) makeRoom(now time.Time) {
	for a, c := range t.counters {
		if !now.Before(c.until) {
			delete(t.counters, a)
		}
	}
	for a := range t.counters {
		if len(t.counters) < maxCounters {
			return
		}
		delete(t.counters, a)
	}
}
