package mongostore

import (
	"context"
	"slices"
	"strings"

	"assay/server/internal/desk"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// searching are the ranges of the searched fields that a query's prefix stands
// for: a lead in any of them matches. Without a prefix there are none.
func searching(q *desk.Query) []bson.D {
	if q.Prefix == "" {
		return nil
	}
	from, to := q.PrefixRange()
	var ranges []bson.D
	for _, field := range []string{"email", "name", "company"} {
		ranges = append(ranges, bson.D{is(field, bson.D{is("$gte", from), is("$lt", to)})})
	}
	return ranges
}

// few reports whether a search matches so few leads that its candidates can be
// looked at one by one.
func (s *Store) few(ctx context.Context, site string, q *desk.Query) (bool, error) {
	left := int64(s.look)
	for _, r := range searching(q) {
		n, err := s.listed.CountDocuments(ctx, of(site, r...), options.Count().SetLimit(left+1))
		if err != nil {
			return false, err
		}
		if left -= n; left < 0 {
			return false, nil
		}
	}
	return q.Prefix != "", nil
}

// searched gives a page from the leads that match a search. Their places are
// sorted here, and only those of the page are read whole.
func (s *Store) searched(ctx context.Context, site string, q *desk.Query, by *sorting, w stretch) (page desk.Page, err error) {
	found, err := find[leadDoc](ctx, s.listed, query{filter: of(site, append(by.within(w), passing(q)...)...),
		fields: []string{"id", by.field}})
	if err != nil {
		return page, err
	}
	slices.SortFunc(found, func(a, b leadDoc) int { return strings.Compare(by.of(&b), by.of(&a)) })
	limit := q.PageSize()
	more := len(found) > limit
	found = found[:min(limit, len(found))]
	ids := make([]string, len(found))
	for i, d := range found {
		ids[i] = d.Lead
	}
	if len(ids) == 0 {
		return page, nil
	}
	page.Leads, err = s.findLeads(ctx, s.listed, query{filter: some(site, ids), sort: down(by.field)})
	if err != nil {
		return desk.Page{}, err
	}
	if more {
		page.Next, err = by.cursor(by.of(&found[limit-1]), q.Sort)
	}
	return page, err
}
