package desk

import (
	"context"

	"assay/server/internal/lead"
)

// Try has one person alone hear of a sample lead, by way of its outbox and the
// feed: a test of whether alerts arrive. A lead that is none is lead.ErrNotFound.
func (s *Service) Try(ctx context.Context, site, id, person string) error {
	_, err := s.unit(ctx, site, func(w *work) (stood, is *lead.Lead, err error) {
		l, err := lead.Find(w.tx, id, w.r, w.now)
		if err != nil {
			return nil, nil, err
		}
		told, err := l.Try(person, w.r, w.now)
		if err == nil && !told {
			err = lead.ErrNotFound
		}
		return nil, l, err
	})
	return err
}
