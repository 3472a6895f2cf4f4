package auth

import (
	"context"
	"strings"
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
	known := p.sites[site]
	p.mu.Unlock()
	if person := known.byID[id]; person != nil && p.now().Before(known.until) {
		return person, nil
	}
	r, err := p.read(ctx, site)
	if err != nil {
		return nil, err
	}
	if person := r.byID[id]; person != nil {
		return person, nil
	}
	return nil, ErrNotFound
}

// roster gives a site's people, from the store where they are not known.
func (p *people) roster(ctx context.Context, site string) (roster, error) {
	p.mu.Lock()
	r, ok := p.sites[site]
	p.mu.Unlock()
	if ok && p.now().Before(r.until) {
		return r, nil
	}
	return p.read(ctx, site)
}

// read asks the store for a site's people.
func (p *people) read(ctx context.Context, site string) (roster, error) {
	list, err := p.store.People(ctx, site)
	if err != nil {
		return roster{}, err
	}
	r := roster{make(map[string]*Person, len(list)), p.now().Add(peopleLife)}
	for _, person := range list {
		r.byID[person.ID] = person
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sites[site] = r
	return r, nil
}

// forget has a site's people read again.
func (p *people) forget(site string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sites, site)
}

// PersonName gives the display name of a person or a program, or "" for nobody.
func (s *Service) PersonName(ctx context.Context, site, id string) string {
	if id == "" || strings.HasPrefix(id, programPrefix) {
		return id
	}
	p, err := s.people.find(ctx, site, id)
	if err != nil {
		return ""
	}
	return p.Name
}

// Site reads a site's settings from the store: ErrNotFound.
func (s *Service) Site(ctx context.Context, key string) (*Site, error) { return s.store.Site(ctx, key) }

// Sites gives the keys of all sites.
func (s *Service) Sites(ctx context.Context) ([]string, error) { return s.store.Sites(ctx) }
