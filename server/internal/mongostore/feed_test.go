package mongostore

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/mongotest"
)

// news is a lead with events in its outbox.
func news(id string, events ...string) *lead.Lead {
	l := &lead.Lead{ID: id, Standing: lead.Standing{Stage: "lead"}}
	for _, e := range events {
		l.Outbox = append(l.Outbox, lead.Event{ID: e, Type: lead.TypeLead, Lead: id})
	}
	return l
}

// write saves leads, however often the connection is cut.
func write(t *testing.T, s *Store, site string, leads ...*lead.Lead) {
	for _, l := range leads {
		for {
			err := s.Update(bg, site, func(tx lead.Tx) error {
				mine := *l
				stored, err := tx.Lead(l.ID)
				switch {
				case err == nil && slices.ContainsFunc(stored.Outbox, func(e lead.Event) bool { return e.ID == l.Outbox[0].ID }):
					return nil // the cut came after it
				case err == nil:
					mine.Rev, mine.Outbox = stored.Rev, append(stored.Outbox, l.Outbox...)
				case !errors.Is(err, lead.ErrNotFound):
					return err
				}
				return tx.SaveLead(&mine)
			})
			if err == nil {
				break
			}
			if !errors.Is(err, lead.ErrConflict) && !errors.Is(err, intake.ErrUnavailable) {
				t.Errorf("write %s: %v", l.ID, err)
				return
			}
		}
	}
}

// feedOf checks that a feed has no gap and no event twice, and gives it.
func feedOf(t *testing.T, s *Store, site string) []string {
	t.Helper()
	entries, err := s.Feed(bg, site, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.Last(bg, site)
	if err != nil || last != int64(len(entries)) {
		t.Errorf("the feed ends at %d and shows %d entries, %v", last, len(entries), err)
	}
	ids, seen := []string{}, map[string]bool{}
	for _, e := range entries {
		if seen[e.ID] {
			t.Errorf("event %s is in the feed twice", e.ID)
		}
		seen[e.ID] = true
		ids = append(ids, e.ID)
	}
	return ids
}

// Three servers collect the same outboxes while others fill them, and every
// fifth write or so is cut, before it happens or before it is heard of.
func TestServersThatCollectTogetherLoseAndRepeatNothing(t *testing.T) {
	const writers, each, servers, site = 4, 12, 3, "demo"
	stand := mongotest.Start(t)
	stores := make([]*Store, servers)
	for i := range stores {
		stores[i] = open(t, stand.URI("feeds"))
	}
	var n atomic.Int64
	stand.Judge(func(string) mongotest.Fate {
		switch n.Add(1) % 11 {
		case 3:
			return mongotest.CutUnheard
		case 8:
			return mongotest.CutBefore
		}
		return mongotest.Pass
	})
	var writing, collecting sync.WaitGroup
	done := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				id := fmt.Sprint("l", w)
				write(t, stores[w%servers], site, news(id, fmt.Sprintf("%s/%02d", id, i)))
			}
		})
	}
	for _, s := range stores {
		collecting.Go(func() {
			for {
				if _, err := s.Collect(bg, site); err != nil && !errors.Is(err, intake.ErrUnavailable) {
					t.Errorf("collect: %v", err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	writing.Wait()
	close(done)
	collecting.Wait()
	stand.Judge(nil)
	for more := true; more; {
		var err error
		if more, err = stores[0].Collect(bg, site); err != nil {
			t.Fatal(err)
		}
	}
	feed := feedOf(t, stores[1], site)
	if len(feed) != writers*each {
		t.Errorf("%d of %d events", len(feed), writers*each)
	}
	for w := range writers {
		prefix := fmt.Sprintf("l%d/", w)
		own := slices.DeleteFunc(slices.Clone(feed), func(id string) bool { return id[:len(prefix)] != prefix })
		if !slices.IsSorted(own) {
			t.Errorf("a lead's events out of order: %v", own)
		}
	}
	if waiting, err := stores[2].Waiting(bg); err != nil || len(waiting) > 0 {
		t.Errorf("events still wait in %v, %v", waiting, err)
	}
	t.Logf("%d events, %d writes, %d of them cut", len(feed), n.Load(), 2*n.Load()/11)
}

// The collector that comes second must see what the first one inserted between
// its two readings: this one is held there.
func TestACollectorThatWasOvertakenRepeatsNothing(t *testing.T) {
	const site = "demo"
	stand := mongotest.Start(t)
	slow, quick := open(t, stand.URI("feeds")), open(t, stand.URI("feeds"))
	write(t, slow, site, news("l1", "e1", "e2"), news("l2", "e3"))
	overtaken := false
	stand.Judge(func(command string) mongotest.Fate {
		if command == "insert" && !overtaken { // the slow one's: it has read and decided
			overtaken = true
			stand.Unlocked(func() {
				if _, err := quick.Collect(bg, site); err != nil {
					t.Errorf("collect: %v", err)
				}
			})
		}
		return mongotest.Pass
	})
	if _, err := slow.Collect(bg, site); err != nil {
		t.Fatal(err)
	}
	stand.Judge(nil)
	if feed := feedOf(t, slow, site); !overtaken || !slices.Equal(feed, []string{"e1", "e2", "e3"}) {
		t.Errorf("overtaken %v, feed %v", overtaken, feed)
	}
}

func TestAFeedEndsBeforeAHole(t *testing.T) {
	const site = "demo"
	s := open(t, mongotest.Start(t).URI("feeds"))
	write(t, s, site, news("l1", "e1", "e2", "e3"))
	if _, err := s.Collect(bg, site); err != nil {
		t.Fatal(err)
	}
	if _, err := s.feed.DeleteOne(bg, one(site, "0000000000000000002")); err != nil {
		t.Fatal(err)
	}
	entries, err := s.Feed(bg, site, 0, 10)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// Outboxes are collected in the order in which they were filled, not in that of
// ids or of later writes.
func TestTheOldestOutboxIsCollectedFirst(t *testing.T) {
	const site = "demo"
	s := open(t, mongotest.Start(t).URI("feeds"))
	began := time.Now().UnixNano()
	write(t, s, site, news("b", "e1"), news("a", "e2"), news("b", "e3"))
	if s.clock.Load() < began {
		t.Error("outboxes are not numbered by the clock")
	}
	if _, err := s.Collect(bg, site); err != nil {
		t.Fatal(err)
	}
	if feed := feedOf(t, s, site); !slices.Equal(feed, []string{"e1", "e3", "e2"}) {
		t.Errorf("feed %v", feed)
	}
}
