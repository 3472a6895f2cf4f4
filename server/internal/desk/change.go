package desk

import (
	"context"
	"time"

	"assay/server/internal/lead"
)

// work is one change of a lead, in the unit of work that read it.
type work struct {
	tx  lead.Tx
	r   *lead.Rater
	now time.Time
}

// change reads, changes and writes a lead conditionally, and shows what it is
// afterwards, also beside the action's own fault. A lead that was merged is the
// one that it is part of. What act gives back is saved; nil changes nothing. A
// request that was carried out already changes nothing either.
func (s *Service) change(ctx context.Context, site, id string, do *lead.Doing, act func(w *work, l *lead.Lead) (*lead.Lead, error)) (*View, error) {
	return s.unit(ctx, site, func(w *work) (*lead.Lead, *lead.Lead, error) {
		l, err := lead.Find(w.tx, id, w.r, w.now)
		if err != nil {
			return nil, nil, err
		}
		if done, err := l.Requested(do); done {
			return l, nil, err
		}
		changed, err := act(w, l)
		if changed != nil {
			changed.Request(do)
		}
		return l, changed, err
	})
}

// unit does a unit of work that gives the lead as it stood and as it is now, nil
// where it did not change, and shows it. A refusal shows it as it stood, and
// nothing that the unit wrote before it counts, where the store has transactions.
func (s *Service) unit(ctx context.Context, site string, do func(w *work) (stood, is *lead.Lead, err error)) (*View, error) {
	m, err := s.models.Published(site)
	if err != nil {
		return nil, err
	}
	w := &work{r: m.Rater, now: s.now()}
	var after *lead.Lead
	told := false
	err = s.store.Update(ctx, site, func(tx lead.Tx) error {
		w.tx = tx
		stood, is, err := do(w)
		after, told = stood, false
		if err != nil || is == nil {
			return err
		}
		after, told = is, len(is.Outbox) > 0
		return lead.Save(tx, is, w.r)
	})
	refused := asRefusal(err)
	if err != nil && refused == nil {
		return nil, err
	}
	if told {
		s.kick(site)
	}
	if after == nil {
		return nil, refused
	}
	r, err := m.Rater.Rate(after, w.now)
	if err != nil {
		return nil, err
	}
	v := view(after, r, w.r, w.now)
	return &v, refused
}
