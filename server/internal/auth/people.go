package auth

import (
	"context"
	"sync"
	"time"
)

// peopleLife is how long a site's people are known without asking the store.
// Another process, such as the command line, may have changed them meanwhile.
const peopleLife = 2 * time.Second

// people remembers who belongs to a site: every request and every message asks.
type people struct {
	store Store
	now   func() time.Time

	mu    sync.Mutex
	sites map[string]roster
}

type roster struct {
	byID  map[string]*Person
	until time.Time
}

func newPeople(store Store, now func() time.Time) *people {
	return &people{store: store, now: now, sites: map[string]roster{}}
}

// find gives a site's person by id: ErrNotFound. Nobody changes what it gives.
// Whoever is not among the people known is looked for in the store.
func (p *people) find(ctx context.Context, site, id string) (*Person, error) {
	p.mu.Lock()
	r := p.sites[site]
	p.mu.Unlock()
	if person := r.byID[id]; person != nil && p.now().Before(r.until) {
		return person, nil
	}
	list, err := p.store.People(ctx, site)
	if err != nil {
		return nil, err
	}
	r = roster{make(map[string]*Person, len(list)), p.now().Add(peopleLife)}
	for _, person := range list {
		r.byID[person.ID] = person
	}
	p.mu.Lock()
	p.sites[site] = r
	p.mu.Unlock()
	if person := r.byID[id]; person != nil {
		return person, nil
	}
	return nil, ErrNotFound
}

// PersonName gives a person's display name, or "" for nobody.
func (s *Service) PersonName(ctx context.Context, site, id string) string {
	if id == "" {
		return ""
	}
	p, err := s.people.find(ctx, site, id)
	if err != nil {
		return ""
	}
	return p.Name
}

// Sites gives the keys of all sites.
func (s *Service) Sites(ctx context.Context) ([]string, error) { return s.store.Sites(ctx) }
