package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// Leads is desk.Store's. A page is a stretch of the sort's index: at most
// desk.Window rows of it, of which those that pass the filters are read. A search
// that few leads match goes by the searched terms instead, so
// that it finds them however old they are.
func (s *Store) Leads(ctx context.Context, site string, q desk.Query) (desk.Page, error) {
	by := sortingOf(q.Sort)
	if by == nil {
		return desk.Page{}, fmt.Errorf("sqlitestore: list leads: unknown sort %q", q.Sort)
	}
	after, err := q.After()
	if err != nil {
		return desk.Page{}, err
	}
	page, err := s.page(ctx, site, q, by, after)
	if err != nil {
		return desk.Page{}, fmt.Errorf("sqlitestore: list leads: %w", err)
	}
	return page, nil
}

func (s *Store) page(ctx context.Context, site string, q desk.Query, by *sorting, after desk.Place) (desk.Page, error) {
	few, err := s.few(ctx, site, q)
	if err != nil {
		return desk.Page{}, err
	}
	text, until, more := by.searched, desk.Bottom, false
	if !few {
		text = by.window
		if until, more, err = s.until(ctx, site, by, after); err != nil {
			return desk.Page{}, err
		}
	}
	limit := q.PageSize()
	var page desk.Page
	err = s.eachLead(ctx, site, func(l *lead.Lead) { page.Leads = append(page.Leads, l) },
		text, parameters(site, q, after, until, limit+1)...)
	if err != nil {
		return desk.Page{}, err
	}
	switch {
	case len(page.Leads) > limit:
		page.Leads = page.Leads[:limit]
		page.Next = desk.PlaceOf(page.Leads[limit-1]).Cursor(q.Sort)
	case more:
		page.Next = until.Cursor(q.Sort)
	}
	return page, nil
}

// until finds the last index row of the window after a place. Without one, the
// window reaches to the end.
func (s *Store) until(ctx context.Context, site string, by *sorting, after desk.Place) (p desk.Place, more bool, err error) {
	err = s.read.row(ctx, by.last, site, after.Priority, after.Seen, after.ID, desk.Window-1).Scan(&p.Priority, &p.Seen, &p.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return desk.Bottom, false, nil
	}
	return p, true, err
}

// few reports whether a search matches so few leads that its candidates can be
// looked at one by one.
func (s *Store) few(ctx context.Context, site string, q desk.Query) (bool, error) {
	if q.Prefix == "" {
		return false, nil
	}
	from, to := q.PrefixRange()
	var n int
	err := s.read.row(ctx, countSearched, site, from, to, desk.Window+1).Scan(&n)
	return n <= desk.Window, err
}
