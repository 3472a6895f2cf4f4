package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/lead"
)

var feeds = []check{
	{name: "outboxes are read in the order of writes", run: outboxOrder},
	{name: "an outbox is a part of its lead", run: outboxWhole},
	{name: "appending numbers events and empties outboxes", run: appendOnce},
	{name: "appending again changes nothing", run: appendAgain},
	{name: "a lead read before its outbox was emptied cannot fill it again", run: appendBumps},
	{name: "the feed has no gaps and no repeats under concurrency", run: appendTogether},
}

func outboxOrder(t *testing.T, s Store) {
	save(t, s, site, newLead("l3"), newLead("l1"), newLead("l2"))
	equal(t, "empty", outboxIDs(t, s, site, 10), []string{})
	send(t, s, site, "l2", "e1")
	send(t, s, site, "l3", "e2", "e3")
	send(t, s, site, "l1", "e4")
	equal(t, "in order", outboxIDs(t, s, site, 10), []string{"e1", "e2", "e3", "e4"})
	equal(t, "the first two", outboxIDs(t, s, site, 2), []string{"e1", "e2"})
	change(t, s, site, "l2", func(l *lead.Lead) { l.Owner = "p1" })
	equal(t, "after a write of something else", outboxIDs(t, s, site, 10), []string{"e1", "e2", "e3", "e4"})
	send(t, s, site, "l2", "e5")
	ids := outboxIDs(t, s, site, 10)
	equal(t, "with a second event of the first", len(ids), 5)
	if slices.Index(ids, "e1") > slices.Index(ids, "e5") || ids[0] != "e1" {
		t.Errorf("a lead's events out of order: %v", ids)
	}
}

func outboxWhole(t *testing.T, s Store) {
	l := newLead("l1")
	l.Outbox = []lead.Event{event("l1", "e1"), {ID: "e2", Type: lead.TypeLead, Lead: "l1", At: noon,
		Change: &lead.Change{What: "claimed", Owner: "p1", Stage: "prospect", Grade: "A1", Band: "hot"}}}
	save(t, s, site, l)
	got, err := s.Lead(bg, site, "l1")
	ok(t, err)
	same(t, "lead", got, l)
	events, err := s.Outbox(bg, site, 10)
	ok(t, err)
	same(t, "outbox", events, l.Outbox)
	change(t, s, site, "l1", func(l *lead.Lead) { l.Outbox = l.Outbox[1:] })
	equal(t, "after the lead took one out", outboxIDs(t, s, site, 10), []string{"e2"})
}

func appendOnce(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"), newLead("l2"))
	send(t, s, site, "l1", "e1", "e2")
	send(t, s, site, "l2", "e3")
	events, err := s.Outbox(bg, site, 10)
	ok(t, err)
	last, err := s.Last(bg, site)
	ok(t, err)
	equal(t, "end of an empty feed", last, 0)

	entries, err := s.Append(bg, site, []lead.Event{events[0], events[2]})
	ok(t, err)
	same(t, "entries", entries, []alert.Entry{{Cursor: 1, Event: events[0]}, {Cursor: 2, Event: events[2]}})
	equal(t, "outbox", outboxIDs(t, s, site, 10), []string{"e2"})
	l, err := s.Lead(bg, site, "l1")
	ok(t, err)
	same(t, "the lead's own", l.Outbox, events[1:2])
	_, err = s.Append(bg, site, events[1:2])
	ok(t, err)
	equal(t, "outbox at the end", outboxIDs(t, s, site, 10), []string{})
	equal(t, "feed", feedIDs(t, s, site, 0, 10), []string{"e1", "e3", "e2"})
	equal(t, "feed after 1", feedIDs(t, s, site, 1, 1), []string{"e3"})
	equal(t, "feed after the end", feedIDs(t, s, site, 3, 10), []string{})
	feed, err := s.Feed(bg, site, 0, 1)
	ok(t, err)
	same(t, "an entry", feed, entries[:1])
	last, err = s.Last(bg, site)
	ok(t, err)
	equal(t, "end", last, 3)
}

func appendAgain(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"))
	send(t, s, site, "l1", "e1", "e2")
	for _, want := range []int{2, 0} {
		entries, err := s.Append(bg, site, []lead.Event{event("l1", "e1"), event("l1", "e2"), event("l1", "e1")})
		ok(t, err)
		equal(t, "new entries", len(entries), want)
	}
	send(t, s, site, "l1", "e2", "e3") // the same cause again
	entries, err := s.Append(bg, site, []lead.Event{event("l1", "e2"), event("l1", "e3"), event("gone", "e4")})
	ok(t, err)
	equal(t, "new entries", len(entries), 2)
	equal(t, "outbox", outboxIDs(t, s, site, 10), []string{})
	equal(t, "feed", feedIDs(t, s, site, 0, 10), []string{"e1", "e2", "e3", "e4"})
	entries, err = s.Append(bg, site, nil)
	ok(t, err)
	equal(t, "new entries of none", len(entries), 0)
}

func appendBumps(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"))
	send(t, s, site, "l1", "e1")
	read, err := s.Lead(bg, site, "l1")
	ok(t, err)
	_, err = s.Append(bg, site, read.Outbox)
	ok(t, err)
	is(t, "saving what was read", s.Update(bg, site, func(tx lead.Tx) error {
		mine := *read
		return tx.SaveLead(&mine)
	}), lead.ErrConflict)
	equal(t, "outbox", outboxIDs(t, s, site, 10), []string{})
}

// Writers fill outboxes while movers empty them.
func appendTogether(t *testing.T, s Store) {
	const writers, each, movers = 6, 8, 4
	for w := range writers {
		save(t, s, site, newLead(fmt.Sprint("l", w)))
	}
	var (
		mu    sync.Mutex
		added []string
	)
	move := func(limit int) (moved int) {
		events, err := s.Outbox(bg, site, limit)
		if err != nil {
			t.Errorf("outbox: %v", err)
			return 0
		}
		entries, err := s.Append(bg, site, events)
		if err != nil {
			t.Errorf("append: %v", err)
			return 0
		}
		mu.Lock()
		defer mu.Unlock()
		for _, e := range entries {
			added = append(added, e.ID)
		}
		return len(events)
	}
	together(writers+movers, func(i int) {
		for n := range each {
			if i < writers {
				id := fmt.Sprint("l", i)
				send(t, s, site, id, fmt.Sprint(id, "/", n))
			} else {
				move(5)
			}
		}
	})
	for end := time.Now().Add(time.Minute); move(5) > 0; {
		if time.Now().After(end) {
			t.Fatal("outboxes do not get empty")
		}
	}
	feed := feedIDs(t, s, site, 0, 1000)
	equal(t, "events in the feed", len(feed), writers*each)
	slices.Sort(added)
	slices.Sort(feed)
	equal(t, "events that some call added", added, feed)
	equal(t, "different events", len(slices.Compact(feed)), writers*each)
}
