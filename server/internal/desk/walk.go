package desk

import (
	"context"
	"strings"

	"assay/server/internal/lead"
)

// walkPage is how many leads a walk reads at once.
const walkPage = 200

// Walk calls f with each lead that a query asks for, scored now, in the order of
// their ids: each exactly once, whatever is written meanwhile, unlike the pages of
// a list. Sort, cursor and limit mean nothing here. It ends with f's error.
func (s *Service) Walk(ctx context.Context, site string, q Query, f func(l *lead.Lead, v *View) error) error {
	m, err := s.models.Published(site)
	if err != nil {
		return err
	}
	now := s.now()
	for last := ""; ; {
		page, err := s.store.LeadsAfter(ctx, site, last, walkPage)
		if err != nil {
			return err
		}
		for _, l := range page {
			last = l.ID
			if !q.asksFor(l) {
				continue
			}
			r, err := m.Rater.Rate(l, now)
			if err != nil {
				return err
			}
			v := view(l, r, m.Rater, now)
			if !v.fits(q) {
				continue
			}
			if err := f(l, &v); err != nil {
				return err
			}
		}
		if len(page) < walkPage {
			return nil
		}
	}
}

// asksFor reports whether a query asks for a lead, but for its score.
func (q *Query) asksFor(l *lead.Lead) bool {
	is := func(want, got string) bool { return want == "" || want == got }
	stage := is(q.Stage, l.Stage)
	if q.Stage == "" {
		stage = l.Stage != "anonymous"
	}
	return stage && is(q.Owner, l.Owner) && is(q.Form, l.Form) && is(q.Verdict, string(l.Verdict)) &&
		(q.Nurturing == nil || *q.Nurturing == l.Nurturing) && q.names(l)
}

// names reports whether a search finds a lead by mail address, name or company.
func (q *Query) names(l *lead.Lead) bool {
	prefix := strings.ToLower(q.Prefix)
	for _, field := range []string{"email", "name", "company"} {
		if strings.HasPrefix(strings.ToLower(l.Field(field)), prefix) {
			return true
		}
	}
	return false
}
