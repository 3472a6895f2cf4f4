package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// window is the most index rows that one page looks at.
const window = 5000

// maxPage is the most leads of one page.
const maxPage = 200

// Leads is desk.Store's. A page is a stretch of the sort's index: at most
// window rows of it, of which those that pass the filters are read. A search
// that few leads match goes by the indexes of the searched columns instead, so
// that it finds them however old they are.
func (s *Store) Leads(ctx context.Context, site string, q desk.Query) (desk.Page, error) {
	by := sortingOf(q.Sort)
	if by == nil {
		return desk.Page{}, fmt.Errorf("sqlitestore: list leads: unknown sort %q", q.Sort)
	}
	after := place{priority: math.MaxInt64, seen: math.MaxInt64}
	if q.Cursor != "" {
		var err error
		if after, err = parseCursor(q.Cursor, by); err != nil {
			return desk.Page{}, err
		}
	}
	page, err := s.page(ctx, site, q, by, after)
	if err != nil {
		return desk.Page{}, fmt.Errorf("sqlitestore: list leads: %w", err)
	}
	return page, nil
}

func (s *Store) page(ctx context.Context, site string, q desk.Query, by *sorting, after place) (desk.Page, error) {
	few, err := s.few(ctx, site, q.Prefix)
	if err != nil {
		return desk.Page{}, err
	}
	text, until, more := by.searched, bottom, false
	if !few {
		text = by.window
		if until, more, err = s.until(ctx, site, by, after); err != nil {
			return desk.Page{}, err
		}
	}
	limit := q.Limit
	if limit < 1 || limit > maxPage {
		limit = maxPage
	}
	var page desk.Page
	err = s.eachLead(ctx, site, func(l *lead.Lead) { page.Leads = append(page.Leads, l) },
		text, parameters(site, q, after, until, limit+1)...)
	if err != nil {
		return desk.Page{}, err
	}
	switch {
	case len(page.Leads) > limit:
		page.Leads = page.Leads[:limit]
		page.Next = placeOf(page.Leads[limit-1]).cursor(by)
	case more:
		page.Next = until.cursor(by)
	}
	return page, nil
}

// bottom comes after every lead in every sort.
var bottom = place{priority: math.MinInt64, seen: math.MinInt64}

func placeOf(l *lead.Lead) place {
	return place{priority: priority(l.Cell.Grade), seen: l.LastSeen.UnixMilli(), id: l.ID}
}

// until finds the last index row of the window after a place. Without one, the
// window reaches to the end.
func (s *Store) until(ctx context.Context, site string, by *sorting, after place) (p place, more bool, err error) {
	err = s.read.row(ctx, by.last, site, after.priority, after.seen, after.id, window-1).Scan(&p.priority, &p.seen, &p.id)
	if errors.Is(err, sql.ErrNoRows) {
		return bottom, false, nil
	}
	return p, true, err
}

// few reports whether a search matches so few leads that its candidates can be
// looked at one by one.
func (s *Store) few(ctx context.Context, site, prefix string) (bool, error) {
	if prefix == "" {
		return false, nil
	}
	from, to := prefixRange(prefix)
	var n int
	err := s.read.row(ctx, countSearched, site, from, to, window+1).Scan(&n)
	return n <= window, err
}

// prefixRange gives the bounds of the folded texts that start with a prefix.
func prefixRange(prefix string) (from, to string) {
	if prefix == "" {
		return "", ""
	}
	from = fold(prefix)
	return from, from + "\U0010FFFF"
}
