package mongostore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// presenceDoc is a visitor on a form.
type presenceDoc struct {
	ID   string `bson:"_id"`
	Site string `bson:"site"`
	Seen int64  `bson:"seen"` // unix ns
	Doc  []byte `bson:"doc"`
}

// SavePresence is alert.PresenceStore's.
func (s *Store) SavePresence(ctx context.Context, site string, p lead.Presence) error {
	doc, err := json.Marshal(&p)
	if err != nil {
		return fmt.Errorf("mongostore: encode presence: %w", err)
	}
	d := presenceDoc{ID: docID(site, p.Session), Site: site, Seen: p.Seen.UnixNano(), Doc: doc}
	// One that was seen later does not match, and then the insert finds its _id taken.
	older := append(one(site, p.Session), is("seen", bson.D{is("$lte", d.Seen)}))
	if _, err := s.present.ReplaceOne(ctx, older, d, options.Replace().SetUpsert(true)); err != nil && !duplicate(err) {
		return fail("save presence", err)
	}
	return s.sweep(ctx, p.Seen)
}

// sweep removes those who are gone, of all sites, once in their life.
func (s *Store) sweep(ctx context.Context, now time.Time) error {
	gone := now.Add(-lead.PresenceLife).UnixNano()
	last := s.swept.Load()
	if last > gone || !s.swept.CompareAndSwap(last, now.UnixNano()) {
		return nil
	}
	_, err := s.present.DeleteMany(ctx, bson.D{is("seen", bson.D{is("$lt", gone)})})
	return fail("sweep presence", err)
}

// Presences is alert.PresenceStore's.
func (s *Store) Presences(ctx context.Context, sites []string, after time.Time) (map[string][]lead.Presence, error) {
	if len(sites) == 0 {
		return nil, nil
	}
	found, err := find[presenceDoc](ctx, s.present, query{
		filter: bson.D{is("site", in(sites)), is("seen", bson.D{is("$gt", after.UnixNano())})}})
	if err != nil {
		return nil, fail("read presence", err)
	}
	bySite := map[string][]lead.Presence{}
	for _, d := range found {
		var p lead.Presence
		if err := json.Unmarshal(d.Doc, &p); err != nil {
			return nil, fail("read presence", broken("presence", d.ID))
		}
		bySite[d.Site] = append(bySite[d.Site], p)
	}
	return bySite, nil
}
