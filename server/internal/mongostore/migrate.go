package mongostore

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// migrations are numbered from 1 in this order. A released one is never changed.
// Each may be run again, also by two servers at once: what it makes may be there.
var migrations = []func(context.Context, *Store) error{
	makeIndexes,
	indexLeaves,
}

// migrateWithin bounds what an index over a large collection may take.
const migrateWithin = time.Hour

// migrate runs those migrations that the database does not have yet.
func (s *Store) migrate(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, migrateWithin)
	defer cancel()
	for i := range migrations {
		number := i + 1
		done, err := s.migrated(ctx, number)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		if err := migrations[i](ctx, s); err != nil {
			return fmt.Errorf("migration %d: %w", number, err)
		}
		_, err = s.meta.InsertOne(ctx, bson.D{{Key: "_id", Value: migrationID(number)}})
		if err != nil && !duplicate(err) { // another server was there as well
			return fail("note a migration", err)
		}
	}
	newer, err := s.migrated(ctx, len(migrations)+1)
	if err == nil && newer {
		err = fmt.Errorf("mongostore: the database was used by a newer program, this one knows %d migrations: use the newer program", len(migrations))
	}
	return err
}

func (s *Store) migrated(ctx context.Context, number int) (bool, error) {
	n, err := s.meta.CountDocuments(ctx, bson.D{{Key: "_id", Value: migrationID(number)}})
	return n > 0, fail("read migrations", err)
}

func migrationID(number int) string { return fmt.Sprintf("migration/%04d", number) }

// filtered are the values that lists filter by: the lists' indexes carry them
// all, so that looking at desk.Window rows of one reads no lead.
var filtered = []string{"stage", "grade", "band", "owner", "form", "verdict", "nurturing"}

// indexed is a collection with the keys of its indexes; a minus sorts down.
type indexed struct {
	of   *mongo.Collection
	keys [][]string
}

func makeIndexes(ctx context.Context, s *Store) error {
	return makeAll(ctx, []indexed{
		{s.leads, [][]string{
			append([]string{"site", "-recent"}, filtered...),
			append([]string{"site", "-urgent"}, filtered...),
			{"site", "email"}, {"site", "name"}, {"site", "company"},
			{"site", "domain", "-recent"}, {"site", "domain", "owner"},
			{"site", "changes", "id"}, {"site", "model"}, {"site", "sample"}, {"filled", "site"},
		}},
		{s.touches, [][]string{{"site", "lead", "suspect", "received", "id"}, {"site", "sample"}}},
		{s.feed, [][]string{{"site", "event"}}},
		{s.people, [][]string{{"site", "email"}}},
		{s.addresses, [][]string{{"person"}}},
		{s.logins, [][]string{{"expires"}}},
		{s.tokens, [][]string{{"site", "id"}}},
		{s.present, [][]string{{"site", "seen"}, {"seen"}}},
	})
}

func indexLeaves(ctx context.Context, s *Store) error {
	return makeAll(ctx, []indexed{{s.left, [][]string{{"site", "received", "id"}, {"site", "identity"}}}})
}

func makeAll(ctx context.Context, list []indexed) error {
	for _, c := range list {
		for _, keys := range c.keys { // one by one: FerretDB fails over several of which some are there
			if _, err := c.of.Indexes().CreateOne(ctx, mongo.IndexModel{Keys: indexKeys(keys)}); err != nil {
				return fail("make indexes of "+c.of.Name(), err)
			}
		}
	}
	return nil
}

func indexKeys(names []string) (keys bson.D) {
	for _, name := range names {
		direction := 1
		if name[0] == '-' {
			name, direction = name[1:], -1
		}
		keys = append(keys, bson.E{Key: name, Value: direction})
	}
	return keys
}
