package desk

import (
	"context"

	"assay/server/internal/lead"
)

// Act does something with a lead that its history keeps: claim, assign, merge,
// accept, converse and the others of lead.Doing. A request that was carried out
// already changes nothing. What cannot be done as the lead stands is one of
// Refusals or a lifecycle.Refusal, with the present lead.
func (s *Service) Act(ctx context.Context, site, id string, do lead.Doing) (*View, error) {
	return s.change(ctx, site, id, &do, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		switch do.Do {
		case lead.ActionMerge:
			return w.merge(id, l, &do)
		case lead.ActionUnmerge:
			return w.unmerge(id, l, &do)
		case lead.ActionStop:
			if do.Undo {
				return lead.Unobject(w.tx, l, &do, w.r, w.now)
			}
		}
		return w.alone(l, &do)
	})
}

// Claim gives a lead without an owner to a person. When somebody else has it,
// it gives the present lead and ErrClaimed; claiming one's own again is fine.
func (s *Service) Claim(ctx context.Context, site, person, id string) (*View, error) {
	return s.Act(ctx, site, id, lead.Doing{Do: lead.ActionClaim, By: person})
}

// alone does what concerns one lead alone. What changes a lead its actions
// record: nil where nothing was to do.
func (w *work) alone(l *lead.Lead, do *lead.Doing) (*lead.Lead, error) {
	known := len(l.Actions)
	if err := w.act(l, do); err != nil || len(l.Actions) == known {
		return nil, err
	}
	return l, nil
}

func (w *work) act(l *lead.Lead, do *lead.Doing) error {
	switch do.Do {
	case lead.ActionClaim:
		if _, mine := l.Claim(do.By, w.now); !mine {
			return ErrClaimed
		}
		return nil
	case lead.ActionAssign:
		return w.assign(l, do)
	case lead.ActionRelease:
		if l.Owner != "" && l.Owner != do.By && !do.Admin {
			return ErrNotOwner
		}
		if l.Owner == "" {
			return nil
		}
		if err := l.Room(do); err != nil {
			return err
		}
		l.Release(do.By, w.now)
		return nil
	}
	return l.Act(do, w.r, w.now)
}

// assign gives a lead to a person. Its owner may, and whoever assigns leads;
// when somebody else has it than was expected, it is ErrClaimed.
func (w *work) assign(l *lead.Lead, do *lead.Doing) error {
	switch {
	case do.From != nil && *do.From != l.Owner:
		return ErrClaimed
	case !do.Assigns && l.Owner != do.By:
		return ErrNotOwner
	case l.Owner == do.Owner:
		return nil
	}
	if err := l.Room(do); err != nil {
		return err
	}
	l.Assign(do.Owner, do.By, w.now)
	return nil
}
