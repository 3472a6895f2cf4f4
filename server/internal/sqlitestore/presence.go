package sqlitestore

import (
	"context"
	"sync"
	"time"

	"assay/server/internal/lead"
)

// presences are visitors who are on a form now: in memory, since one process
// serves this store, and whoever is still there beats again within seconds.
type presences struct {
	mu    sync.Mutex
	sites map[string]map[string]lead.Presence // by site and session
	swept time.Time                           // the newest instant at which the expired were dropped
}

// SavePresence is alert.PresenceStore's.
func (s *Store) SavePresence(_ context.Context, site string, p lead.Presence) error {
	s.present.mu.Lock()
	defer s.present.mu.Unlock()
	s.present.sweep(p.Seen)
	list := s.present.sites[site]
	if list == nil {
		if s.present.sites == nil {
			s.present.sites = map[string]map[string]lead.Presence{}
		}
		list = map[string]lead.Presence{}
		s.present.sites[site] = list
	}
	if known, ok := list[p.Session]; !ok || p.Seen.After(known.Seen) {
		list[p.Session] = p
	}
	return nil
}

// Presences is alert.PresenceStore's.
func (s *Store) Presences(_ context.Context, sites []string, after time.Time) (map[string][]lead.Presence, error) {
	s.present.mu.Lock()
	defer s.present.mu.Unlock()
	found := map[string][]lead.Presence{}
	for _, site := range sites {
		for _, p := range s.present.sites[site] {
			if p.Seen.After(after) {
				found[site] = append(found[site], p)
			}
		}
	}
	return found, nil
}

// sweep drops, once a second, those who are present no more.
func (p *presences) sweep(now time.Time) {
	if now.Sub(p.swept) < time.Second {
		return
	}
	p.swept = now
	for site, list := range p.sites {
		for session, one := range list {
			if now.Sub(one.Seen) >= lead.PresenceLife {
				delete(list, session)
			}
		}
		if len(list) == 0 {
			delete(p.sites, site)
		}
	}
}
