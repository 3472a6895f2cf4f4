package mongostore

import (
	"context"
	"encoding/json"
	"fmt"

	"assay/server/internal/alert"
	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// entryDoc is an event in a site's feed.
type entryDoc struct {
	ID     string `bson:"_id"`
	Site   string `bson:"site"`
	Cursor int64  `bson:"cursor"`
	Event  string `bson:"event"` // its id
	Doc    []byte `bson:"doc"`
}

func newEntryDoc(site string, cursor int64, e *lead.Event) (*entryDoc, error) {
	doc, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("mongostore: encode event: %w", err)
	}
	return &entryDoc{ID: entryID(site, cursor), Site: site, Cursor: cursor, Event: e.ID, Doc: doc}, nil
}

// Newer is alert.Store's. A feed has no gaps: it goes on after a cursor where it
// has the next one.
func (s *Store) Newer(ctx context.Context, heads map[string]int64) ([]string, error) {
	if len(heads) == 0 {
		return nil, nil
	}
	var sites, next []string
	for site, head := range heads {
		sites, next = append(sites, site), append(next, entryID(site, head+1))
	}
	found, err := find[entryDoc](ctx, s.feed, query{filter: bson.D{is("_id", in(next)), is("site", in(sites))}, fields: []string{"site"}})
	var newer []string
	for _, d := range found {
		newer = append(newer, d.Site)
	}
	return newer, fail("ask for news", err)
}

// Feed is alert.Store's. Should a part of it be hidden, on a server that lags
// behind, it ends there: nobody ever sees a cursor before the one below it.
func (s *Store) Feed(ctx context.Context, site string, after int64, limit int) ([]alert.Entry, error) {
	if limit <= 0 {
		return nil, nil
	}
	after = max(after, 0)
	found, err := find[entryDoc](ctx, s.feed, query{sort: up("_id"), limit: limit,
		filter: of(site, is("_id", bson.D{is("$gt", entryID(site, after)), is("$lt", afterAll(site))}))})
	if err != nil {
		return nil, fail("read feed", err)
	}
	var list []alert.Entry
	for i, d := range found {
		if d.Cursor != after+1+int64(i) {
			break
		}
		e := alert.Entry{Cursor: d.Cursor}
		if err := json.Unmarshal(d.Doc, &e.Event); err != nil {
			return nil, fail("read feed", broken("entry", d.ID))
		}
		list = append(list, e)
	}
	return list, nil
}

// Last is alert.Store's.
func (s *Store) Last(ctx context.Context, site string) (int64, error) {
	found, err := find[entryDoc](ctx, s.feed, query{sort: down("_id"), limit: 1, fields: []string{"cursor"},
		filter: of(site, is("_id", bson.D{is("$gte", entryID(site, 0)), is("$lt", afterAll(site))}))})
	if err != nil || len(found) == 0 {
		return 0, fail("read end of feed", err)
	}
	return found[0].Cursor, nil
}
