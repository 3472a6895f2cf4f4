package auth

import (
	"net/netip"
	"sync"
	"time"
)

const (
	maxFailures        = 10               // of one address for one person …
	maxAddressFailures = 30               // … and for all people together …
	failureSpan        = 15 * time.Minute // … in this long
	maxCounters        = 10_000           // that are kept
)

// throttle counts failed sign-ins by client address and mail address, and by
// client address alone. While an attempt is being checked it takes up a place
// among the failures, so that attempts made at the same time cannot slip
// through; only a wrong password keeps it.
type throttle struct {
	now func() time.Time

	mu       sync.Mutex
	counters map[attempt]counter
}

// attempt is what is counted. Without a mail address it stands for everybody's
// together.
type attempt struct{ address, email string }

type counter struct {
	failures int
	pending  int       // attempts that are being checked
	until    time.Time // then the failures no longer count
}

// outcome is what became of an attempt.
type outcome int

const (
	undecided outcome = iota // nobody said whether the password was right
	succeeded
	failed
)

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, counters: map[attempt]counter{}}
}

// limit is the most failures that are allowed.
func (a attempt) limit() int {
	if a.email == "" {
		return maxAddressFailures
	}
	return maxFailures
}

// counted gives what an attempt counts for: the person, and all people of that
// address. The addresses of this machine and of private networks are left out
// of the latter: often it is a proxy that has them, and then everybody does.
func counted(a attempt) []attempt {
	ip, err := netip.ParseAddr(a.address)
	if err != nil || ip.IsLoopback() || ip.IsPrivate() {
		return []attempt{a}
	}
	if ip = ip.Unmap(); ip.Is6() { // whoever has one address has the network's others
		net, _ := ip.WithZone("").Prefix(64) // cannot fail: 64 of 128 bits
		return []attempt{a, {address: net.String()}}
	}
	return []attempt{a, {address: ip.String()}}
}

// begin lets an attempt pass, or refuses it: with a *ThrottledError when there
// were too many failures, with ErrBusy when there would be if those that are
// being checked fail. End must follow one that passed.
func (t *throttle) begin(a attempt) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	all := counted(a)
	for _, k := range all {
		c, known := t.current(k, now)
		switch {
		case c.failures >= k.limit():
			return &ThrottledError{c.until.Sub(now)}
		case c.failures+c.pending >= k.limit(), !known && !t.makeRoom(now):
			return ErrBusy
		}
	}
	for _, k := range all {
		c, _ := t.current(k, now)
		c.pending++
		t.counters[k] = c
	}
	return nil
}

// end says what became of an attempt. A success forgets the person's failures,
// and not the address's: whoever has a password of his own could go on
// guessing others'.
func (t *throttle) end(a attempt, what outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	for _, k := range counted(a) {
		c, _ := t.current(k, now)
		c.pending--
		switch {
		case what == failed && c.failures == 0:
			c.failures, c.until = 1, now.Add(failureSpan)
		case what == failed:
			c.failures++
		case what == succeeded && k == a:
			c.failures = 0
		}
		t.counters[k] = c
		if c.failures == 0 && c.pending == 0 {
			delete(t.counters, k)
		}
	}
}

// current gives a counter without the failures that no longer count.
func (t *throttle) current(k attempt, now time.Time) (c counter, known bool) {
	c, known = t.counters[k]
	if !now.Before(c.until) {
		c.failures = 0
	}
	return c, known
}

// makeRoom makes room for an attempt's counters, and for a tenth of all at once,
// so that not every attempt has to look through them. It fails when those there
// all wait for their outcomes. What has run out goes first, and then those with
// the fewest failures: made-up names push each other out, and not the counters
// that hold somebody back.
func (t *throttle) makeRoom(now time.Time) bool {
	if t.hasRoom() {
		return true
	}
	for failures := 0; failures <= maxAddressFailures; failures++ {
		for k := range t.counters {
			if len(t.counters) <= maxCounters*9/10 {
				return true
			}
			if c, _ := t.current(k, now); c.failures <= failures && c.pending == 0 {
				delete(t.counters, k)
			}
		}
	}
	return t.hasRoom()
}

// hasRoom reports whether an attempt's counters, two at most, can be added.
func (t *throttle) hasRoom() bool { return len(t.counters)+2 <= maxCounters }
