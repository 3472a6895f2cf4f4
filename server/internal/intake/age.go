package intake

import (
	"context"
	"errors"
	"slices"
	"time"

	"assay/server/internal/lead"
)

// atOnce is how many leads one round lets age.
const atOnce = 200

// again is how long a lead that cannot age is left alone, so that those behind
// it get their turn.
const again = time.Hour

// Age lets time pass for leads that it has changed: levels that engagement fell
// to, stays that stalled, cold leads to mark; and, where that leaves room, for
// leads that another model than the published one scored. It gives how many there were.
func (s *Service) Age(ctx context.Context, site Site) (int, error) {
	now := s.now()
	due, err := s.store.Due(ctx, site.Key, now, atOnce)
	faults := []error{err}
	if room := atOnce - len(due); err == nil && room > 0 {
		outdated, err := s.store.Outdated(ctx, site.Key, site.Model.Rater.Version, room)
		faults = append(faults, err)
		for _, id := range outdated {
			if !slices.Contains(due, id) {
				due = append(due, id)
			}
		}
	}
	told := false
	for _, id := range due {
		outbox, err := s.age(ctx, site, id, now)
		if err != nil && ctx.Err() == nil && !errors.Is(err, ErrBusy) {
			err = errors.Join(err, s.store.Postpone(ctx, site.Key, id, now.Add(again)))
		}
		faults = append(faults, err)
		told = told || outbox
	}
	if told {
		s.kick(site.Key)
	}
	return len(due), errors.Join(faults...) // one that fails does not stop those behind it
}

// age lets time pass for one lead and reports whether its outbox holds something.
func (s *Service) age(ctx context.Context, site Site, id string, now time.Time) (outbox bool, err error) {
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		l, err := lead.Find(tx, id, site.Model.Rater, now)
		if err != nil {
			return err
		}
		if err := l.Age(site.Model.Rater, now); err != nil {
			return err
		}
		outbox = len(l.Outbox) > 0
		return tx.SaveLead(l)
	})
	return outbox, err
}
