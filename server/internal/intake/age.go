package intake

import (
	"context"
	"errors"

	"assay/server/internal/lead"
)

// atOnce is how many leads one round lets age.
const atOnce = 200

// Age lets time pass for leads that it has changed: levels that engagement fell
// to, stays that stalled, cold leads to mark. It gives how many there were.
func (s *Service) Age(ctx context.Context, site Site) (int, error) {
	now := s.now()
	due, err := s.store.Due(ctx, site.Key, now, atOnce)
	faults := []error{err}
	told := false
	for _, id := range due {
		faults = append(faults, s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
			l, err := lead.Find(tx, id, site.Model.Rater, now)
			if err != nil {
				return err
			}
			if err := l.Age(site.Model.Rater, now); err != nil {
				return err
			}
			told = told || len(l.Outbox) > 0
			return tx.SaveLead(l)
		}))
	}
	if told {
		s.kick(site.Key)
	}
	return len(due), errors.Join(faults...) // one that fails does not stop those behind it
}
