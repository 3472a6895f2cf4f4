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

// window is how many leads a page of a list may look at.
const window = 5000

// Leads gives a page of leads, each scored now, and the cursor of the next page
// ("" on the last). A cursor of another list is ErrCursor.
//
// A grade or band is compared with the score of now: what is stored is of the
// lead's last touch, and time alone may have lowered it since. So the store is
// asked for all others of the query, and what has cooled is left out here.
func (s *Service) Leads(ctx context.Context, site string, q Query) ([]View, string, error) {
	m, err := s.models.Published(site)
	if err != nil {
		return nil, "", err
	}
	now, wanted := s.now(), q
	q.Grade, q.Band = "", ""
	views := make([]View, 0, wanted.Limit)
	for looked := 0; ; {
		page, err := s.store.Leads(ctx, site, q)
		if err != nil {
			return nil, "", err
		}
		for _, l := range page.Leads {
			r, err := m.Rater.Rate(l, now)
			if err != nil {
				return nil, "", err
			}
			if v := view(l, r, m.Rater, now); v.fits(wanted) {
				views = append(views, v)
			}
		}
		looked += len(page.Leads)
		q.Cursor, q.Limit = page.Next, wanted.Limit-len(views)
		if page.Next == "" || q.Limit <= 0 || len(page.Leads) == 0 || looked >= window {
			return views, page.Next, nil
		}
	}
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
	return detail(l, r, m, now), nil
}

// Claim gives a lead without an owner to a person. When somebody else has it,
// it gives the present lead and ErrClaimed; claiming one's own again is fine.
func (s *Service) Claim(ctx context.Context, site, person, id string) (*View, error) {
	return s.change(ctx, site, id, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		changed, mine := l.Claim(person, w.now)
		switch {
		case !mine:
			return nil, ErrClaimed
		case !changed:
			return nil, nil
		}
		return l, nil
	})
}

// Release takes a lead from its owner; force lets an admin do it. When it is
// not the person's, it gives the present lead and ErrNotOwner; releasing what
// nobody has is fine.
func (s *Service) Release(ctx context.Context, site, person, id string, force bool) (*View, error) {
	return s.change(ctx, site, id, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		if l.Owner != "" && l.Owner != person && !force {
			return nil, ErrNotOwner
		}
		if !l.Release(person, w.now) {
			return nil, nil
		}
		return l, nil
	})
}

// work is one change of a lead, in the unit of work that read it.
type work struct {
	tx  lead.Tx
	r   *lead.Rater
	now time.Time
}

// change reads, changes and writes a lead conditionally, and shows what it is
// afterwards, also beside the action's own fault. A lead that was merged is the
// one that it is part of. What act gives back is saved; nil changes nothing.
func (s *Service) change(ctx context.Context, site, id string, act func(w *work, l *lead.Lead) (*lead.Lead, error)) (*View, error) {
	m, err := s.models.Published(site)
	if err != nil {
		return nil, err
	}
	w := &work{r: m.Rater, now: s.now()}
	var after *lead.Lead
	var refused error
	told := false
	err = s.store.Update(ctx, site, func(tx lead.Tx) error {
		w.tx = tx
		l, err := lead.Find(tx, id, w.r, w.now)
		if err != nil {
			return err
		}
		after = l
		changed, err := act(w, l)
		if refused = asRefusal(err); refused != nil {
			return nil // and l is as it was read
		}
		if err != nil || changed == nil {
			return err
		}
		after, told = changed, len(changed.Outbox) > 0
		return tx.SaveLead(changed)
	})
	if err != nil {
		return nil, err
	}
	if told {
		s.kick(site)
	}
	r, err := m.Rater.Rate(after, w.now)
	if err != nil {
		return nil, err
	}
	v := view(after, r, w.r, w.now)
	return &v, refused
}

// DeleteSamples removes all sample leads and gives their number.
func (s *Service) DeleteSamples(ctx context.Context, site string) (int, error) {
	return s.store.DeleteSamples(ctx, site)
}
