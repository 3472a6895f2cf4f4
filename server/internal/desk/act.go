package desk

import (
	"context"

	"assay/server/internal/lead"
)

// Act does something with a lead that its history keeps: accept, reject,
// converse, answer and the others of lead.Doing. What cannot be done as the lead
// stands is a lifecycle.Refusal, lead.ErrFull or lead.ErrAct, with the present lead.
func (s *Service) Act(ctx context.Context, site, id string, do lead.Doing) (*View, error) {
	return s.change(ctx, site, id, func(w *work, l *lead.Lead) (*lead.Lead, error) {
		return l, l.Act(&do, w.r, w.now)
	})
}
