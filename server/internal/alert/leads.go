package alert

import (
	"context"
	"slices"

	"assay/server/internal/lead"
)

// leads gives those that entries are of, and those that they were merged into.
func (s *Service) leads(ctx context.Context, site string, entries []Entry) (map[string]*lead.Lead, error) {
	known := make(map[string]*lead.Lead, len(entries))
	wanted := make([]string, 0, len(entries))
	for _, e := range entries {
		wanted = append(wanted, e.Lead)
	}
	for wanted = unasked(wanted, known); len(wanted) > 0; wanted = unasked(wanted, known) {
		found, err := s.store.LeadsByID(ctx, site, wanted)
		if err != nil {
			return nil, err
		}
		for _, id := range wanted {
			known[id] = found[id] // nil for one that is gone, which is not asked for again
		}
		wanted = wanted[:0]
		for _, l := range found {
			if l.Merged != nil {
				wanted = append(wanted, l.Merged.Into)
			}
		}
	}
	return known, nil
}

// unasked gives those of some ids that were not looked up yet, each once.
func unasked(ids []string, known map[string]*lead.Lead) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool {
		_, ok := known[id]
		return ok
	})
}

// survivor gives the lead that another is part of by now. One whose survivor is
// gone stands for itself.
func survivor(l *lead.Lead, known map[string]*lead.Lead) *lead.Lead {
	for climbed := 0; l.Merged != nil && known[l.Merged.Into] != nil && climbed < lead.MaxMembers; climbed++ {
		l = known[l.Merged.Into]
	}
	return l
}
