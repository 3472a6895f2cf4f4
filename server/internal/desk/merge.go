package desk

import (
	"context"
	"errors"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// Merge makes one of two leads and shows it: the same whichever of the two is
// named first. Refusals are ErrOther, lead.ErrSame, lead.ErrSample and
// lead.ErrMany, and lifecycle.ErrTheirs where it would replace what another
// person decided, unless force lets an admin do it. Two that are one already are fine.
func (s *Service) Merge(ctx context.Context, site, person, id, other string, force bool) (*View, error) {
	return s.change(ctx, site, id, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		if id == other {
			return nil, lead.ErrSame
		}
		o, err := w.other(other)
		if err != nil || o.ID == l.ID {
			return nil, err
		}
		if !force && lead.Overrules(l, o, person) {
			return nil, lifecycle.ErrTheirs
		}
		return lead.Merge(w.tx, l, o, person, w.r, w.now)
	})
}

// Unmerge takes a lead out of the one that it was merged into, and shows what
// remains. Refusals are ErrOther and lead.ErrApart.
func (s *Service) Unmerge(ctx context.Context, site, person, id, other string) (*View, error) {
	return s.change(ctx, site, id, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		if other == l.ID { // the other of the two survived
			other = id
		}
		rest, _, err := lead.Unmerge(w.tx, l, other, person, w.r, w.now)
		if errors.Is(err, lead.ErrNotFound) {
			return nil, ErrOther
		}
		return rest, err
	})
}

func (w *work) other(id string) (*lead.Lead, error) {
	l, err := lead.Find(w.tx, id, w.r, w.now)
	if errors.Is(err, lead.ErrNotFound) {
		return nil, ErrOther
	}
	return l, err
}
