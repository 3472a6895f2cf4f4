package mongostore

import (
	"context"
	"fmt"

	"assay/server/internal/desk"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// sorting is one order of the list.
type sorting struct {
	field string // what is sorted by, downward
	key   func(desk.Place) string
}

// sortingOf gives the sorting of a name of desk.Query, nil for an unknown one.
func sortingOf(name string) *sorting {
	switch name {
	case "", desk.SortRecent:
		return &sorting{"recent", recentKey}
	case desk.SortPriority:
		return &sorting{"urgent", urgentKey}
	}
	return nil
}

func (by *sorting) of(d *leadDoc) string {
	if by.field == "recent" {
		return d.Recent
	}
	return d.Urgent
}

// stretch is a part of a sort's index: from the first key that is less than
// after, down to the key until. An empty one is no bound.
type stretch struct{ after, until string }

func (by *sorting) within(w stretch) []bson.E {
	bounds := bson.D{}
	if w.after != "" {
		bounds = append(bounds, is("$lt", w.after))
	}
	if w.until != "" {
		bounds = append(bounds, is("$gte", w.until))
	}
	if len(bounds) == 0 {
		return nil
	}
	return []bson.E{is(by.field, bounds)}
}

// Leads is desk.Store's. A page is a stretch of the sort's index: at most
// desk.Window keys of it, of which those that pass the filters are read. A
// search that few leads match goes by the indexes of the searched fields instead,
// so that it finds them however old they are.
func (s *Store) Leads(ctx context.Context, site string, q desk.Query) (desk.Page, error) {
	by := sortingOf(q.Sort)
	if by == nil {
		return desk.Page{}, fmt.Errorf("mongostore: list leads: unknown sort %q", q.Sort)
	}
	after, err := q.After()
	if err != nil {
		return desk.Page{}, err
	}
	w := stretch{}
	if q.Cursor != "" {
		w.after = by.key(after)
	}
	few, err := s.few(ctx, site, &q)
	if err != nil {
		return desk.Page{}, fail("list leads", err)
	}
	read := s.window
	if few {
		read = s.searched
	}
	page, err := read(ctx, site, &q, by, w)
	return page, fail("list leads", err)
}

// window gives a page from a stretch of the sort's index.
func (s *Store) window(ctx context.Context, site string, q *desk.Query, by *sorting, w stretch) (page desk.Page, err error) {
	ends, err := find[leadDoc](ctx, s.listed, query{filter: of(site, by.within(w)...), sort: down(by.field),
		skip: s.look - 1, limit: 1, fields: []string{by.field}})
	if err != nil {
		return page, err
	}
	if len(ends) > 0 {
		w.until = by.of(&ends[0])
	}
	limit := q.PageSize()
	page.Leads, err = s.findLeads(ctx, s.listed, query{filter: of(site, append(by.within(w), passing(q)...)...),
		sort: down(by.field), limit: limit + 1})
	switch {
	case err != nil:
		return desk.Page{}, err
	case len(page.Leads) > limit:
		page.Leads = page.Leads[:limit]
		page.Next = desk.PlaceOf(page.Leads[limit-1]).Cursor(q.Sort)
	case w.until != "":
		page.Next, err = by.cursor(w.until, q.Sort)
	}
	return page, err
}

// cursor gives the cursor of a key.
func (by *sorting) cursor(key, sort string) (string, error) {
	var p desk.Place
	text := key
	if by.field == "urgent" {
		if _, err := fmt.Sscanf(key, "%3d/", &p.Priority); err != nil {
			return "", broken("place", key)
		}
		text = key[4:]
	}
	var seen uint64
	if _, err := fmt.Sscanf(text, "%16x/", &seen); err != nil {
		return "", broken("place", key)
	}
	p.Seen, p.ID = int64(seen^(1<<63)), text[17:]
	return p.Cursor(sort), nil
}

// passing are the filters of a query.
func passing(q *desk.Query) (filters []bson.E) {
	if q.Stage != "" {
		filters = append(filters, is("stage", q.Stage))
	} else {
		filters = append(filters, is("stage", bson.D{is("$nin", []string{"", "anonymous"})}))
	}
	switch len(q.Grade) {
	case 0:
	case 1:
		filters = append(filters, is("grade", bson.D{is("$gte", q.Grade), is("$lt", q.Grade+"\U0010FFFF")}))
	default:
		filters = append(filters, is("grade", q.Grade))
	}
	for _, f := range []struct{ name, value string }{
		{"band", q.Band}, {"owner", q.Owner}, {"form", q.Form}, {"verdict", q.Verdict},
	} {
		if f.value != "" {
			filters = append(filters, is(f.name, f.value))
		}
	}
	if q.Nurturing != nil {
		filters = append(filters, is("nurturing", *q.Nurturing))
	}
	if ranges := searching(q); ranges != nil {
		filters = append(filters, is("$or", ranges))
	}
	return filters
}
