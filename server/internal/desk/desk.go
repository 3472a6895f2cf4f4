// Package desk is what people do with leads: list them, read one with its
// reasons, take one and give it back.
package desk

import (
	"context"
	"time"

	"assay/server/internal/lead"
	"assay/server/internal/modeling"
)

// Models gives a site's published model.
type Models interface {
	Published(site string) (*modeling.Compiled, error)
}

// Service reads and changes leads for people. It is safe for concurrent use.
type Service struct {
	store  Store
	models Models
	now    func() time.Time
	kick   func(site string)
}

// New makes a service. Kick is called after an outbox of a site was filled.
func New(store Store, models Models, now func() time.Time, kick func(site string)) *Service {
	return &Service{store: store, models: models, now: now, kick: kick}
}

// Leads gives a page of leads, each scored now, and the cursor of the next page
// ("" on the last). A cursor of another list is ErrCursor.
//
// The store filters by the grade and band that were scored last. Those that
// have cooled since are left out, so that a page may be a little short; the
// clock brings the stored ones up to date within seconds.
func (s *Service) Leads(ctx context.Context, site string, q Query) ([]View, string, error) {
	m, err := s.models.Published(site)
	if err != nil {
		return nil, "", err
	}
	page, err := s.store.Leads(ctx, site, q)
	if err != nil {
		return nil, "", err
	}
	now := s.now()
	views := make([]View, 0, len(page.Leads))
	for _, l := range page.Leads {
		r, err := m.Rater.Rate(l, now)
		if err != nil {
			return nil, "", err
		}
		if v := view(l, r, m.Rater, now); v.fits(q) {
			views = append(views, v)
		}
	}
	return views, page.Next, nil
}

// fits reports whether a lead still has the grade and band asked for.
func (v *View) fits(q Query) bool {
	return (q.Band == "" || v.Band == q.Band) && (q.Grade == "" || v.Grade == q.Grade || v.FitLetter == q.Grade)
}

// Lead gives one lead with its reasons: lead.ErrNotFound. A lead that was merged
// is the one that it is part of by now.
func (s *Service) Lead(ctx context.Context, site, id string) (*Detail, error) {
	l, err := s.store.Lead(ctx, site, id)
	for climbed := 0; err == nil && l.Merged != nil && climbed < lead.MaxMembers; climbed++ {
		l, err = s.store.Lead(ctx, site, l.Merged.Into)
	}
	if err != nil {
		return nil, err
	}
	m, err := s.models.Published(site)
	if err != nil {
		return nil, err
	}
	now := s.now()
	r, err := m.Rater.Rate(l, now)
	if err != nil {
		return nil, err
	}
	d := detail(l, r, m, now)
	d.CompanyLeads, err = s.colleagues(ctx, site, l)
	return d, err
}

// DeleteSamples removes all sample leads and gives their number.
func (s *Service) DeleteSamples(ctx context.Context, site string) (int, error) {
	return s.store.DeleteSamples(ctx, site)
}
