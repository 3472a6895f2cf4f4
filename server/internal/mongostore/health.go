package mongostore

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Queue gives how many units of work wait, and how many may.
func (s *Store) Queue() (depth, capacity int) { return int(s.gate.waiting.Load()), int(s.gate.most) }

// Reads fails when nothing can be read that a majority has.
func (s *Store) Reads(ctx context.Context) error {
	_, err := find[bson.D](ctx, s.sites, query{filter: bson.D{}, fields: []string{"_id"}, limit: 1})
	return fail("read", err)
}

// Writes fails when a majority does not take a write.
func (s *Store) Writes(ctx context.Context) error {
	_, err := s.meta.ReplaceOne(ctx, bson.D{is("_id", "beat")}, bson.D{is("_id", "beat"), is("at", s.tick())}, options.Replace().SetUpsert(true))
	if duplicate(err) { // another server's beat came first
		return nil
	}
	return fail("write", err)
}
