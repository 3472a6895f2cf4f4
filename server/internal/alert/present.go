package alert

import (
	"context"
	"maps"
	"slices"
	"time"

	"assay/server/internal/lead"
)

const (
	maxPresent = 500             // visitors told of in one site
	clockSkew  = 2 * time.Second // by which clocks of servers that share a store may differ
)

// lookAround tells of those who came, changed or are gone, in all sites with
// listeners.
func (s *Service) lookAround(ctx context.Context) error {
	now := s.now()
	var fresh, known []string
	feeds := map[string]*feed{}
	for _, f := range s.listened() {
		feeds[f.site] = f
		if f.complete() {
			known = append(known, f.site)
		} else {
			fresh = append(fresh, f.site)
		}
	}
	found, err := s.seen(ctx, known, now.Add(-presenceEvery-clockSkew))
	if err != nil {
		return err
	}
	all, err := s.seen(ctx, fresh, now.Add(-lead.PresenceLife))
	if err != nil {
		return err
	}
	maps.Copy(found, all)
	present := 0
	for site, f := range feeds {
		n, err := s.tellPresence(ctx, f, found[site], now)
		if err != nil {
			return err
		}
		present += n
	}
	s.Stats.Present.Store(int64(present))
	return nil
}

func (s *Service) seen(ctx context.Context, sites []string, after time.Time) (map[string][]lead.Presence, error) {
	if len(sites) == 0 {
		return map[string][]lead.Presence{}, nil
	}
	return s.store.Presences(ctx, sites, after)
}

// tellPresence brings a site's list up to date, tells those who listen what
// changed, and gives how many are present.
func (s *Service) tellPresence(ctx context.Context, f *feed, seen []lead.Presence, now time.Time) (int, error) {
	f.turn.Lock()
	defer f.turn.Unlock()
	came, gone := f.differences(seen, now)
	people, err := s.dir.Roster(ctx, f.site)
	if err != nil {
		return 0, err
	}
	head, _ := f.heard()
	leads, err := s.known(ctx, f.site, came)
	if err != nil {
		return 0, err
	}
	var arrivals []*here
	for _, p := range came {
		h, err := s.arrival(ctx, f.site, p, leads[p.Lead], head, now)
		if err != nil {
			return 0, err
		}
		arrivals = append(arrivals, h)
	}
	var departures []*Frame
	for _, p := range gone {
		frame, err := departure(&p, head, now)
		if err != nil {
			return 0, err
		}
		departures = append(departures, frame)
	}
	subs, frames, n := f.replace(arrivals, departures)
	if len(frames) > 0 {
		s.deliver(subs, frames, 0, people)
	}
	return n, nil
}

// known gives the leads of visitors who are tied to one.
func (s *Service) known(ctx context.Context, site string, list []lead.Presence) (map[string]*lead.Lead, error) {
	var ids []string
	for _, p := range list {
		if p.Lead != "" {
			ids = append(ids, p.Lead)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	return s.store.LeadsByID(ctx, site, slices.Compact(ids))
}

func isHere(p *lead.Presence, now time.Time) bool { return now.Sub(p.Seen) < lead.PresenceLife }
