package mongostore

import (
	"context"
	"time"

	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// Lead is lead.Tx's.
func (t *tx) Lead(id string) (*lead.Lead, error) {
	found, err := find[leadDoc](t.ctx, t.s.leads, query{filter: one(t.site, id)})
	if err != nil {
		return nil, t.fault("read lead", err)
	}
	if len(found) == 0 {
		return nil, lead.ErrNotFound
	}
	if filled := found[0].Filled; filled != 0 {
		if t.filled == nil {
			t.filled = map[string]int64{}
		}
		t.filled[id] = filled
	}
	l, err := found[0].lead()
	if err != nil {
		return nil, t.fault("read lead", err)
	}
	return l, nil
}

// Lead is desk.Store's.
func (s *Store) Lead(ctx context.Context, site, id string) (*lead.Lead, error) {
	list, err := s.findLeads(ctx, s.leads, query{filter: one(site, id)})
	if err != nil {
		return nil, fail("read lead", err)
	}
	if len(list) == 0 {
		return nil, lead.ErrNotFound
	}
	return list[0], nil
}

func (s *Store) findLeads(ctx context.Context, c *mongo.Collection, q query) ([]*lead.Lead, error) {
	found, err := find[leadDoc](ctx, c, q)
	if err != nil {
		return nil, err
	}
	list := make([]*lead.Lead, len(found))
	for i := range found {
		if list[i], err = found[i].lead(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// LeadsByID is alert.Store's.
func (s *Store) LeadsByID(ctx context.Context, site string, ids []string) (map[string]*lead.Lead, error) {
	byID := make(map[string]*lead.Lead, len(ids))
	if len(ids) == 0 {
		return byID, nil
	}
	found, err := find[leadDoc](ctx, s.leads, query{filter: some(site, ids),
		fields: []string{"_id", "site", "id", "stage", "owner", "profile", "merged"}})
	if err != nil {
		return nil, fail("read leads", err)
	}
	for i := range found {
		l, err := found[i].face()
		if err != nil {
			return nil, fail("read leads", err)
		}
		byID[l.ID] = l
	}
	return byID, nil
}

// Due is intake.Store's.
func (s *Store) Due(ctx context.Context, site string, now time.Time, limit int) ([]string, error) {
	ids, err := s.ids(ctx, query{sort: up("changes", "id"), limit: limit,
		filter: of(site, is("changes", bson.D{is("$gt", 0), is("$lte", now.UnixMilli())}))})
	return ids, fail("read leads that are due", err)
}

// Outdated is intake.Store's.
func (s *Store) Outdated(ctx context.Context, site, model string, limit int) ([]string, error) {
	ids, err := s.ids(ctx, query{limit: limit, filter: of(site, is("model", bson.D{is("$gt", ""), is("$ne", model)}))})
	return ids, fail("read leads under another model", err)
}

func (s *Store) ids(ctx context.Context, q query) ([]string, error) {
	if q.limit <= 0 {
		return nil, nil
	}
	q.fields = []string{"id"}
	found, err := find[leadDoc](ctx, s.leads, q)
	var ids []string
	for _, d := range found {
		ids = append(ids, d.Lead)
	}
	return ids, err
}

// Postpone is intake.Store's.
func (s *Store) Postpone(ctx context.Context, site, id string, until time.Time) error {
	_, err := s.leads.UpdateOne(ctx, one(site, id), set(is("changes", changes(until)), is("model", "")))
	return fail("postpone lead", err)
}

// Colleagues is desk.Store's.
func (s *Store) Colleagues(ctx context.Context, site, domain string, limit int) ([]*lead.Lead, error) {
	if domain == "" || limit <= 0 { // an empty one stands for none in the field
		return nil, nil
	}
	list, err := s.findLeads(ctx, s.listed, query{filter: of(site, is("domain", domain)), sort: down("recent"), limit: limit})
	return list, fail("read colleagues", err)
}

// LeadsAfter is desk.Store's.
func (s *Store) LeadsAfter(ctx context.Context, site, id string, limit int) ([]*lead.Lead, error) {
	if limit <= 0 {
		return nil, nil
	}
	list, err := s.findLeads(ctx, s.listed, query{sort: up("_id"), limit: limit,
		filter: of(site, is("_id", bson.D{is("$gt", docID(site, id)), is("$lt", afterAll(site))}), is("stage", bson.D{is("$ne", "")}))})
	return list, fail("read leads", err)
}

// Owners is lead.Tx's.
func (t *tx) Owners(domain string, limit int) (owners []string, err error) {
	if domain == "" || limit <= 0 { // an empty one stands for none in the field
		return nil, nil
	}
	owners, err = distinct(t.ctx, t.s.leads, "owner", of(t.site, is("domain", domain), is("owner", bson.D{is("$gt", "")})))
	if err != nil {
		return nil, t.fault("read owners", err)
	}
	return owners[:min(limit, len(owners))], nil
}
