package httpapi

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"assay/server/internal/intake"
)

// Limits of one client address (of IPv6: a network of 64 bits, of which one
// visitor has all). An office shares an address, and its people submit a form a
// few times an hour; whatever floods a site does so a thousand times as often.
const (
	touchesPerMinute, touchesAtOnce   = 60, 120
	unsignedPerMinute, unsignedAtOnce = 10, 30 // without evidence in a session of ours (domain rule 15)
	bootsPerMinute, bootsAtOnce       = 300, 300

	// Signed or not: no sales are lost with one. In a day these are 270 of the
	// intake.LeavesPerDay that a site keeps, so that no address uses them up for all
	// others. Each server counts for itself.
	leavesPerHour, leavesAtOnce = 10, 30

	maxAddresses = 100_000 // that a limiter remembers
)

// limits are the limiters of the calls that everybody may make.
type limits struct{ touches, unsigned, leaves, boots *limiter }

func newLimits() limits {
	return limits{newLimiter(touchesPerMinute, time.Minute, touchesAtOnce), newLimiter(unsignedPerMinute, time.Minute, unsignedAtOnce),
		newLimiter(leavesPerHour, time.Hour, leavesAtOnce), newLimiter(bootsPerMinute, time.Minute, bootsAtOnce)}
}

// limiter holds each client address to a rate. It remembers addresses in two
// halves: when the young half is full, the old one is forgotten, and with it
// those that were not heard of for the longest time.
type limiter struct {
	rate   rate.Limit
	atOnce int

	mu         sync.Mutex
	young, old map[netip.Addr]*rate.Limiter
}

// newLimiter makes one that lets n requests of an address through in a while, once
// it has made those that it may make at once.
func newLimiter(n int, while time.Duration, atOnce int) *limiter {
	return &limiter{rate: rate.Limit(float64(n) / while.Seconds()), atOnce: atOnce, young: map[netip.Addr]*rate.Limiter{}}
}

// limited refuses a request of a client that makes too many. Addresses of this
// machine and of private networks are not held to anything: often it is a proxy
// that has them, and then everybody does.
func (a *API) limited(l *limiter, r *http.Request) error {
	client := a.client(r)
	if near(client) {
		return nil
	}
	wait := l.wait(client, a.now())
	if wait <= 0 {
		return nil
	}
	a.Counters.RateLimited.Add(1)
	return problem(http.StatusTooManyRequests, "rate_limited", "Too much from this address. Nothing was stored; try again later.").after(wait)
}

// limitedMore holds forms that were left, and touches without signed evidence, to
// stricter rates, each to its own: the one must not use up the other's.
func (a *API) limitedMore(r *http.Request, site intake.Site, sub *intake.Submission) error {
	switch {
	case near(a.client(r)):
		return nil
	case sub.Type == typeLeave:
		return a.limited(a.limits.leaves, r)
	case a.Intake.Signed(site, sub):
		return nil
	}
	return a.limited(a.limits.unsigned, r)
}

// wait counts a request, or gives how long until one is allowed.
func (l *limiter) wait(client netip.Addr, now time.Time) time.Duration {
	if client.Is6() {
		net, _ := client.Prefix(64) // cannot fail: 64 of 128 bits
		client = net.Masked().Addr()
	}
	turn := l.of(client).ReserveN(now, 1)
	wait := turn.DelayFrom(now)
	if wait > 0 {
		turn.CancelAt(now)
	}
	return wait
}

func (l *limiter) of(client netip.Addr) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if known := l.young[client]; known != nil {
		return known
	}
	known := l.old[client]
	if known == nil {
		known = rate.NewLimiter(l.rate, l.atOnce)
	}
	if len(l.young) >= maxAddresses/2 {
		l.young, l.old = map[netip.Addr]*rate.Limiter{}, l.young
	}
	l.young[client] = known
	return known
}
