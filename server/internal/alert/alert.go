// Package alert carries events from leads' outboxes to a site's feed, and from
// there to everybody who listens and wants to hear of them: in cursor order,
// without a gap and without a repeat. It also tells who is on a form now. It
// knows no websocket and no database.
package alert

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"assay/server/internal/auth"
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
	queueBytes = 256 << 10 // of messages that wait for one subscriber
	pageSize   = 200       // entries that are read at a time
)

// Directory knows people, who are not this package's business.
type Directory interface {
	// PersonName gives a person's display name, or "" for nobody.
	PersonName(ctx context.Context, site, person string) string
	// Roster gives a site's people by id, with their filters. It is asked often
	// and answers from memory nearly always. Nobody changes what it gives.
	Roster(ctx context.Context, site string) (map[string]*auth.Person, error)
}

// Service moves events and serves subscribers. Run must be running for
// anything to arrive.
type Service struct {
	Stats Stats

	store Store
	dir   Directory
	log   *slog.Logger
	now   func() time.Time
	slots chan struct{} // one is held by each round

	mu      sync.Mutex
	feeds   map[string]*feed
	going   bool
	running context.Context // Run's, nil while it does not run
	working sync.WaitGroup  // sites at work
}

// New makes a service over a store.
func New(store Store, dir Directory, log *slog.Logger) *Service {
	return &Service{store: store, dir: dir, log: log, now: time.Now,
		slots: make(chan struct{}, roundsAtOnce), feeds: map[string]*feed{}}
}

// Shutdown ends every subscription with ErrGoing and refuses new ones. Run is
// ended by its context.
func (s *Service) Shutdown() {
	s.mu.Lock()
	s.going = true
	s.mu.Unlock()
	for _, f := range s.listened() {
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
		f = &feed{svc: s, site: site, present: map[string]*here{}}
		s.feeds[site] = f
	}
	return f, !s.going
}

// listened gives the feeds that somebody listens to.
func (s *Service) listened() []*feed {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*feed
	for _, f := range s.feeds {
		if _, ok := f.heard(); ok {
			list = append(list, f)
		}
	}
	return list
}
