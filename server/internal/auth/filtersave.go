package auth

import "context"

// Roster gives a site's people by id, as they were at most two seconds ago.
// Nobody changes what it gives.
func (s *Service) Roster(ctx context.Context, site string) (map[string]*Person, error) {
	r, err := s.people.roster(ctx, site)
	return r.byID, err
}

// SaveFilter keeps what a person wants to hear of: ErrFilter, or ErrNotFound for
// somebody who is nobody's person, as programs are.
func (s *Service) SaveFilter(ctx context.Context, site, person string, f Filter) error {
	if err := f.Check(); err != nil {
		return err
	}
	err := s.store.SaveFilter(ctx, site, person, f)
	s.people.forget(site)
	return err
}
