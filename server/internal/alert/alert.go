// Package alert carries events from leads' outboxes to a site's feed, and from
// there to everybody who listens: in cursor order, without a gap and without a
// repeat. It knows no websocket and no database.
package alert

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Ways in which a subscription ends. After either, the subscriber may come back
// with the last cursor it has seen and loses nothing.
var (
	// ErrTooSlow: the subscriber's queue is full.
	ErrTooSlow = errors.New("alert: subscriber is too slow")
	// ErrGoing: the server is going away.
	ErrGoing = errors.New("alert: server is going away")
)

const (
	queueBytes = 256 << 10       // of messages that wait for one subscriber
	pageSize   = 200             // entries that are moved or read at a time
	pollEvery  = 1 * time.Second // for what a crash or a failing store left behind
)

// Directory names people and sites, which are not this package's business.
type Directory interface {
	// Sites gives the keys of all sites.
	Sites(ctx context.Context) ([]string, error)
	// PersonName gives a person's display name, or "" for nobody.
	PersonName(ctx context.Context, site, person string) string
}

// Stats counts what operators watch. All of it only grows, but for Subscribers.
type Stats struct {
	Delivered   atomic.Int64 // messages put into a subscriber's queue or catch-up
	TooSlow     atomic.Int64 // subscriptions ended for their full queue
	Failures    atomic.Int64 // rounds that the store made fail; they are repeated
	Subscribers atomic.Int64 // now
}

// Service moves events and serves subscribers. Run must be running for
// anything to arrive.
type Service struct {
	store Store
	dir   Directory
	log   *slog.Logger
	Stats Stats

	mu      sync.Mutex
	feeds   map[string]*feed
	waiting map[string]bool // sites that were kicked
	going   bool
	kicked  chan struct{} // holds one token while waiting is not empty
}

// New makes a service over a store.
func New(store Store, dir Directory, log *slog.Logger) *Service {
	return &Service{store: store, dir: dir, log: log, feeds: map[string]*feed{},
		waiting: map[string]bool{}, kicked: make(chan struct{}, 1)}
}

// Kick tells that an outbox of a site has something to deliver. It never
// blocks.
func (s *Service) Kick(site string) {
	s.mu.Lock()
	s.waiting[site] = true
	s.mu.Unlock()
	select {
	case s.kicked <- struct{}{}:
	default:
	}
}

// Shutdown ends every subscription with ErrGoing and refuses new ones. Run is
// ended by its context.
func (s *Service) Shutdown() {
	s.mu.Lock()
	s.going = true
	feeds := make([]*feed, 0, len(s.feeds))
	for _, f := range s.feeds {
		feeds = append(feeds, f)
	}
	s.mu.Unlock()
	for _, f := range feeds {
		for _, sub := range f.subscribers() {
			sub.end(ErrGoing)
		}
	}
}

// feedOf gives a site's feed; ok is false once the server is going away.
func (s *Service) feedOf(site string) (f *feed, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f = s.feeds[site]
	if f == nil {
		f = &feed{head: unknown, subs: map[*Subscription]struct{}{}}
		s.feeds[site] = f
	}
	return f, !s.going
}
