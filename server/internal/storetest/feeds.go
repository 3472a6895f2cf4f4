package storetest

import (
	"fmt"
	"slices"
	"testing"

	"assay/server/internal/alert"
	"assay/server/internal/lead"
)

var feeds = []check{
	{name: "events reach the feed in the order of writes", run: feedOrder},
	{name: "an entry is its event under the next cursor", run: feedEntries},
	{name: "an event reaches the feed once, however often its lead sends it", run: feedOnce},
	{name: "a lead read before its outbox was emptied cannot fill it again", run: collectBumps},
	{name: "sites with news are named, and no others", run: newer},
	{name: "sites whose outboxes wait are named until they are collected", run: waiting},
	{name: "the feed has no gaps and no repeats under concurrency", run: collectTogether},
}

func feedOrder(t *testing.T, s Store) {
	save(t, s, site, newLead("l3"), newLead("l1"), newLead("l2"))
	last, err := s.Last(bg, site)
	ok(t, err)
	equal(t, "end of an empty feed", last, 0)
	equal(t, "an empty feed", wholeFeed(t, s, site), []string{})
	send(t, s, site, "l2", "e1")
	send(t, s, site, "l3", "e2", "e3")
	change(t, s, site, "l2", func(l *lead.Lead) { l.Owner = "p1" }) // of something else
	send(t, s, site, "l1", "e4")
	equal(t, "in order", wholeFeed(t, s, site), []string{"e1", "e2", "e3", "e4"})
	send(t, s, site, "l2", "e5")
	equal(t, "later", wholeFeed(t, s, site), []string{"e1", "e2", "e3", "e4", "e5"})
	equal(t, "after 1, two", feedIDs(t, s, site, 1, 2), []string{"e2", "e3"})
	equal(t, "after the end", feedIDs(t, s, site, 5, 10), []string{})
	last, err = s.Last(bg, site)
	ok(t, err)
	equal(t, "end", last, 5)
}

func feedEntries(t *testing.T, s Store) {
	l := newLead("l1")
	events := []lead.Event{event("l1", "e1"), {ID: "e2", Type: lead.TypeLead, Lead: "l1", At: noon,
		Change: &lead.Change{What: "claimed", Owner: "p1", Stage: "prospect", Grade: "A1", Band: "hot"}}}
	l.Outbox = slices.Clone(events)
	save(t, s, site, l)
	collect(t, s, site)
	entries, err := s.Feed(bg, site, 0, 10)
	ok(t, err)
	same(t, "entries", entries, []alert.Entry{{Cursor: 1, Event: events[0]}, {Cursor: 2, Event: events[1]}})
	got, err := s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "events still in the outbox", len(got.Outbox), 0)
	equal(t, "address", got.Profile["email"], "l1@example.test")
}

func feedOnce(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"))
	send(t, s, site, "l1", "e1", "e2", "e1")
	equal(t, "feed", wholeFeed(t, s, site), []string{"e1", "e2"})
	send(t, s, site, "l1", "e2", "e3") // the same cause again
	equal(t, "feed after a repeat", wholeFeed(t, s, site), []string{"e1", "e2", "e3"})
	equal(t, "feed after nothing new", wholeFeed(t, s, site), []string{"e1", "e2", "e3"})
}

func collectBumps(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"))
	send(t, s, site, "l1", "e1")
	read, err := s.Lead(bg, site, "l1")
	ok(t, err)
	collect(t, s, site)
	err = s.Update(bg, site, func(tx lead.Tx) error {
		mine := *read
		return tx.SaveLead(&mine)
	})
	if len(read.Outbox) > 0 {
		is(t, "saving what was read", err, lead.ErrConflict)
	} else {
		ok(t, err) // it was in the feed already, and nothing has changed since
	}
	equal(t, "feed", wholeFeed(t, s, site), []string{"e1"})
}

func newer(t *testing.T, s Store) {
	for i, site := range []string{"site-a", "site-b", "site-c"} {
		l := newLead("l1")
		for n := range i {
			l.Outbox = append(l.Outbox, event("l1", fmt.Sprint("e", n)))
		}
		save(t, s, site, l)
		collect(t, s, site)
	}
	for _, c := range []struct {
		heads map[string]int64
		want  []string
	}{
		{nil, []string{}},
		{map[string]int64{"site-a": 0, "site-b": 0, "site-c": 0, "none": 0}, []string{"site-b", "site-c"}},
		{map[string]int64{"site-b": 1, "site-c": 1}, []string{"site-c"}},
		{map[string]int64{"site-b": 7, "site-c": 2}, []string{}},
	} {
		got, err := s.Newer(bg, c.heads)
		ok(t, err)
		slices.Sort(got)
		equal(t, fmt.Sprint("newer than ", c.heads), append([]string{}, got...), c.want)
	}
}

func waiting(t *testing.T, s Store) {
	save(t, s, "site-a", newLead("l1"))
	save(t, s, "site-b", newLead("l1"))
	send(t, s, "site-b", "l1", "e1")
	sites, err := s.Waiting(bg)
	ok(t, err)
	feed := feedIDs(t, s, "site-b", 0, 10)
	if len(feed) == 0 { // it waits
		equal(t, "sites", sites, []string{"site-b"})
	} else {
		equal(t, "sites of a store whose events never wait", len(sites), 0)
	}
	equal(t, "feed", wholeFeed(t, s, "site-b"), []string{"e1"})
	sites, err = s.Waiting(bg)
	ok(t, err)
	equal(t, "sites once they are collected", len(sites), 0)
}

// Writers fill outboxes while several collect.
func collectTogether(t *testing.T, s Store) {
	const writers, each, collectors = 6, 8, 4
	for w := range writers {
		save(t, s, site, newLead(fmt.Sprint("l", w)))
	}
	together(writers+collectors, func(i int) {
		for n := range each {
			if i < writers {
				id := fmt.Sprint("l", i)
				send(t, s, site, id, fmt.Sprint(id, "/", n))
			} else if _, err := s.Collect(bg, site); err != nil {
				t.Errorf("collect: %v", err)
			}
		}
	})
	feed := wholeFeed(t, s, site)
	equal(t, "events in the feed", len(feed), writers*each)
	for w := range writers { // a lead's own stay in order
		at := -1
		for n := range each {
			next := slices.Index(feed, fmt.Sprintf("l%d/%d", w, n))
			if next < at {
				t.Errorf("events of lead %d out of order: %v", w, feed)
			}
			at = next
		}
	}
	slices.Sort(feed)
	equal(t, "different events", len(slices.Compact(feed)), writers*each)
}
