package mongotest

import (
	"context"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func counters(t *testing.T, s *Server) *mongo.Collection {
	client, err := mongo.Connect(options.Client().ApplyURI(s.URI("counting")))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Disconnect(context.Background()) })
	return client.Database("counting").Collection("counters")
}

// The stand-in alone loses some of these, without a word.
func TestNoWriteThatRacesIsLost(t *testing.T) {
	c := counters(t, Start(t))
	ctx := context.Background()
	if _, err := c.InsertOne(ctx, bson.D{{Key: "_id", Value: 1}, {Key: "n", Value: 0}}); err != nil {
		t.Fatal(err)
	}
	const writers, each = 32, 20
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range each {
				if _, err := c.UpdateByID(ctx, 1, bson.D{{Key: "$inc", Value: bson.D{{Key: "n", Value: 1}}}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var got struct{ N int }
	if err := c.FindOne(ctx, bson.D{}).Decode(&got); err != nil || got.N != writers*each {
		t.Errorf("counted %d of %d, %v", got.N, writers*each, err)
	}
}

func TestWritesAreCutBeforeOrAfterTheyHappen(t *testing.T) {
	s := Start(t)
	c := counters(t, s)
	ctx := context.Background()
	for i, f := range []struct {
		fate Fate
		want int64
	}{{Pass, 1}, {CutBefore, 1}, {CutUnheard, 2}} {
		s.Judge(func(string) Fate { return f.fate })
		_, err := c.InsertOne(ctx, bson.D{{Key: "_id", Value: i}})
		if (err == nil) != (f.fate == Pass) {
			t.Errorf("fate %d: %v", f.fate, err)
		}
		s.Judge(nil)
		if n, err := c.CountDocuments(ctx, bson.D{}); err != nil || n != f.want {
			t.Errorf("fate %d: %d documents, want %d, %v", f.fate, n, f.want, err)
		}
	}
	s.Cut()
	if _, err := c.InsertOne(ctx, bson.D{{Key: "_id", Value: "again"}}); err != nil {
		if _, err = c.InsertOne(ctx, bson.D{{Key: "_id", Value: "again"}}); err != nil {
			t.Errorf("after all connections were cut: %v", err)
		}
	}
}
