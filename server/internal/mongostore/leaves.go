package mongostore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// leaveDoc is a form that was left.
type leaveDoc struct {
	ID       string `bson:"_id"`
	Site     string `bson:"site"`
	Leave    string `bson:"id"`
	Received int64  `bson:"received"` // unix ms
	Identity string `bson:"identity"` // of who left it
	Doc      []byte `bson:"doc"`
}

const day = 24 * time.Hour

// SaveLeave is intake.LeaveStore's.
func (s *Store) SaveLeave(ctx context.Context, site string, l *lead.Leave, most int) (inserted bool, err error) {
	doc, err := json.Marshal(l)
	if err != nil {
		return false, fmt.Errorf("mongostore: encode leave: %w", err)
	}
	known, err := s.left.CountDocuments(ctx, one(site, l.ID))
	if err != nil || known > 0 {
		return false, fail("look for leave", err)
	}
	from := l.Received.UTC().Truncate(day)
	today := bson.D{is("$gte", from.UnixMilli()), is("$lt", from.Add(day).UnixMilli())}
	n, err := s.left.CountDocuments(ctx, of(site, is("received", today)), options.Count().SetLimit(int64(most)))
	if err != nil {
		return false, fail("count leaves", err)
	}
	if n >= int64(most) {
		return false, intake.ErrFull
	}
	_, err = s.left.InsertOne(ctx, leaveDoc{ID: docID(site, l.ID), Site: site, Leave: l.ID, Received: l.Received.UnixMilli(), Identity: l.By, Doc: doc})
	if duplicate(err) {
		return false, nil
	}
	return err == nil, fail("save leave", err)
}

// Leaves is intake.LeaveStore's.
func (s *Store) Leaves(ctx context.Context, site string, after intake.LeavePlace, limit int) ([]*lead.Leave, error) {
	if limit <= 0 {
		return nil, nil
	}
	later := bson.A{
		bson.D{is("received", bson.D{is("$gt", after.Received)})},
		bson.D{is("received", after.Received), is("id", bson.D{is("$gt", after.ID)})},
	}
	return s.leaves(ctx, query{filter: of(site, is("received", bson.D{is("$gte", after.Received)}), is("$or", later)), limit: limit})
}

// LeavesBy is intake.LeaveStore's.
func (s *Store) LeavesBy(ctx context.Context, site string, by []string) ([]*lead.Leave, error) {
	if len(by) == 0 {
		return nil, nil
	}
	return s.leaves(ctx, query{filter: of(site, is("identity", in(by)))})
}

func (s *Store) leaves(ctx context.Context, q query) ([]*lead.Leave, error) {
	q.sort = up("received", "id")
	found, err := find[leaveDoc](ctx, s.left, q)
	if err != nil {
		return nil, fail("read leaves", err)
	}
	var list []*lead.Leave
	for _, d := range found {
		l := &lead.Leave{By: d.Identity}
		if err := json.Unmarshal(d.Doc, l); err != nil {
			return nil, fail("read leaves", broken("leave", d.ID))
		}
		list = append(list, l)
	}
	return list, nil
}

// DropLeaves is intake.LeaveStore's.
func (s *Store) DropLeaves(ctx context.Context, site string, before time.Time, limit int) (int, error) {
	if limit <= 0 {
		return 0, nil
	}
	old, err := find[leaveDoc](ctx, s.left, query{filter: of(site, is("received", bson.D{is("$lt", before.UnixMilli())})),
		sort: up("received", "id"), limit: limit, fields: []string{"id"}})
	if err != nil || len(old) == 0 {
		return 0, fail("look for old leaves", err)
	}
	ids := make([]string, len(old))
	for i, d := range old {
		ids[i] = d.Leave
	}
	gone, err := s.left.DeleteMany(ctx, some(site, ids))
	if err != nil {
		return 0, fail("drop leaves", err)
	}
	return int(gone.DeletedCount), nil
}
