package httpapi

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Counters count what operators watch. All of them only grow.
type Counters struct {
	Boots           atomic.Int64
	TouchesAccepted atomic.Int64
	TouchesRefused  Codes
	OriginsRefused  atomic.Int64
	UnknownMembers  atomic.Int64 // members and parameters that mean nothing here
	SignInsFailed   atomic.Int64
	Unavailable     atomic.Int64 // answers that say to try again later
	RateLimited     atomic.Int64 // answers to an address that asks too often
	Panics          atomic.Int64
}

// Codes counts by the code of a problem, of which there is a fixed number.
type Codes struct {
	mu sync.Mutex
	n  map[string]int64
}

func (c *Codes) add(code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[string]int64{}
	}
	c.n[code]++
}

// All gives the counts by code.
func (c *Codes) All() map[string]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.n)
}
