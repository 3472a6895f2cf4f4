package desk

import (
	"context"
	"math"

	"assay/server/internal/lead"
)

// Record is all that is held on a person.
type Record struct {
	Lead     *Detail
	Actions  []lead.Action // what people did with the lead
	Visitors []string      // ids of the browsers that it was seen in
	Touches  []*lead.Touch // of the lead and of those that were merged into it, by contact as received
}

// Record gives all that is held on the person that an id stands for by now:
// lead.ErrNotFound.
func (s *Service) Record(ctx context.Context, site, id string) (*Record, error) {
	d, err := s.Lead(ctx, site, id)
	if err != nil {
		return nil, err
	}
	l, err := s.store.Lead(ctx, site, d.ID)
	if err != nil {
		return nil, err
	}
	rec := &Record{Lead: d, Actions: l.Actions, Visitors: l.Visitors}
	for _, of := range append([]string{d.ID}, d.Members...) {
		touches, err := s.store.Touches(ctx, site, of, math.MaxInt32)
		if err != nil {
			return nil, err
		}
		rec.Touches = append(rec.Touches, touches...)
	}
	return rec, nil
}
