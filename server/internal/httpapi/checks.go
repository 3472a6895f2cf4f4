package httpapi

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bounds of checks, each of which fetches from the internet what somebody names.
const (
	checksPerMinute, checksInARow = 10, 5 // of one person or token
	checksAtOnce                  = 4     // on one server
	maxCheckers                   = 10_000
)

// checks holds those who have pages checked to a rate.
type checks struct {
	running chan struct{}

	mu    sync.Mutex
	rates map[string]*rate.Limiter // by person
}

func newChecks() *checks {
	return &checks{running: make(chan struct{}, checksAtOnce), rates: map[string]*rate.Limiter{}}
}

// wait counts a check of a person, or gives how long until one is allowed.
func (c *checks) wait(person string, now time.Time) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.rates[person]
	if known == nil {
		if len(c.rates) >= maxCheckers {
			clear(c.rates)
		}
		known = rate.NewLimiter(rate.Limit(checksPerMinute)/60, checksInARow)
		c.rates[person] = known
	}
	turn := known.ReserveN(now, 1)
	wait := turn.DelayFrom(now)
	if wait > 0 {
		turn.CancelAt(now)
	}
	return wait
}

// begin reports whether there is room for one more check; end must follow.
func (c *checks) begin() bool {
	select {
	case c.running <- struct{}{}:
		return true
	default:
		return false
	}
}

func (c *checks) end() { <-c.running }
