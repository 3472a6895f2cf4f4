package mongostore

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// ErrKeys: the database belongs to servers with another key file.
var ErrKeys = errors.New("mongostore: the key file is not that of the servers which use this database: give ASSAY_KEYS a copy of theirs")

// Agree has all servers of a database use the same keys: the first one leaves
// the fingerprint of its own, and whoever comes with another gets ErrKeys.
func (s *Store) Agree(ctx context.Context, fingerprint string) error {
	_, err := s.meta.InsertOne(ctx, bson.D{is("_id", "keys"), is("fingerprint", fingerprint)})
	if err == nil || !duplicate(err) {
		return fail("note the keys", err)
	}
	n, err := s.meta.CountDocuments(ctx, bson.D{is("_id", "keys"), is("fingerprint", fingerprint)})
	if err == nil && n == 0 {
		return ErrKeys
	}
	return fail("compare the keys", err)
}
