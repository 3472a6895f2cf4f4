package mongostore

import (
	"context"
	"encoding/json"

	"assay/server/internal/lead"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// How an event gets into the feed, once and without a gap, though servers die
// and several of them collect the same outboxes at the same time:
//
//  1. Read the feed's last cursor n.
//  2. Read which of the events that wait stand in the feed already.
//  3. Insert those that do not as n+1, n+2 … in this order, under these numbers
//     as _id, up to the first that is taken. Then start again at 1.
//  4. Empty the outboxes, each on the condition that its lead is as it was read.
//
// No gap: a number is only ever inserted by somebody who has seen the one below
// it in the feed, in 1, or has put it there just before, in 3.
//
// Once: say that a collector inserts an event as number k. All numbers below k
// were in the feed by then, for want of gaps. Those up to n were there at 1, so
// that 2, which comes later, saw them; those above n are its own, of this round.
// So the event is under none of them, and every later collector that comes upon
// it, at its own 2, reads a feed that ends at k or later, or loses number k to it
// in its own 3. That 2 is never answered by a server that knows less than 1 did is
// what the causal session is for, and that a number once read does not vanish
// again, with the primary that had it, is why both are majority reads.
//
// A crash after 3 leaves events in feed and outbox, and 2 finds them. There is no
// lease: one would not make this more right, and who waits for a dead server's
// lease to expire is late with an alert. A collector that loses a number to
// another has lost one round trip, and that other has done its work.

const (
	collected  = 200 // events that one round moves, and some
	outboxes   = 100 // leads that it reads
	insertion  = 100 // entries of one insert
	collisions = 20  // with other collectors, until the next round
)

// Waiting is alert.Store's.
func (s *Store) Waiting(ctx context.Context) ([]string, error) {
	sites, err := distinct(ctx, s.leads, "site", bson.D{is("filled", bson.D{is("$gt", 0)})})
	return sites, fail("look for events that wait", err)
}

// Collect is alert.Store's.
func (s *Store) Collect(ctx context.Context, site string) (more bool, err error) {
	defer s.collectors.take(site)()
	ctx, end, err := s.causal(ctx)
	if err != nil {
		return false, err
	}
	defer end()
	full, err := find[leadDoc](ctx, s.leads, query{filter: of(site, is("filled", bson.D{is("$gt", 0)})), sort: up("filled", "_id"),
		limit: outboxes, fields: []string{"_id", "id", "rev", "outbox"}})
	if err != nil {
		return false, fail("read outboxes", err)
	}
	more = len(full) == outboxes
	events, n, err := waiting(full)
	if err != nil || n == 0 {
		return false, fail("read outboxes", err)
	}
	done, err := s.append(ctx, site, events)
	if err != nil || !done {
		return true, fail("append to feed", err)
	}
	emptied, err := s.empty(ctx, site, full[:n])
	return more || n < len(full) || !emptied, fail("empty outboxes", err)
}

// waiting gives what is in the first n outboxes, as many as a round moves.
func waiting(full []leadDoc) (events []lead.Event, n int, err error) {
	for n < len(full) && len(events) < collected {
		var some []lead.Event
		if err := json.Unmarshal(full[n].Outbox, &some); err != nil {
			return nil, 0, broken("outbox", full[n].ID)
		}
		events = append(events, some...)
		n++
	}
	return events, n, nil
}

// append puts those events into a site's feed that are not there yet. It is not
// done when others were quicker too often.
func (s *Store) append(ctx context.Context, site string, events []lead.Event) (done bool, err error) {
	for range collisions {
		last, err := s.Last(ctx, site)
		if err != nil {
			return false, err
		}
		fresh, err := s.fresh(ctx, site, events)
		if err != nil {
			return false, err
		}
		for len(fresh) > 0 && err == nil {
			n := min(len(fresh), insertion)
			err = s.insertEntries(ctx, site, last, fresh[:n])
			last, fresh = last+int64(n), fresh[n:]
		}
		if !duplicate(err) {
			return err == nil, err
		}
	}
	return false, nil
}

// fresh gives those of some events, each once, whose ids are not in the feed.
func (s *Store) fresh(ctx context.Context, site string, events []lead.Event) ([]*lead.Event, error) {
	ids := make([]string, len(events))
	for i := range events {
		ids[i] = events[i].ID
	}
	found, err := find[entryDoc](ctx, s.feed, query{filter: of(site, is("event", in(ids))), fields: []string{"event"}})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, d := range found {
		known[d.Event] = true
	}
	var fresh []*lead.Event
	for i := range events {
		if e := &events[i]; !known[e.ID] {
			known[e.ID] = true
			fresh = append(fresh, e)
		}
	}
	return fresh, nil
}

// insertEntries inserts events under the cursors after last, in order, up to the
// first cursor that is taken.
func (s *Store) insertEntries(ctx context.Context, site string, last int64, events []*lead.Event) error {
	docs := make([]*entryDoc, len(events))
	for i, e := range events {
		var err error
		if docs[i], err = newEntryDoc(site, last+1+int64(i), e); err != nil {
			return err
		}
	}
	_, err := s.feed.InsertMany(ctx, docs, options.InsertMany().SetOrdered(true))
	return err
}

// empty empties the outboxes of leads that are as they were read; of another,
// the next round finds what is new. The revision counts up: who read the full
// outbox cannot write it back.
func (s *Store) empty(ctx context.Context, site string, full []leadDoc) (all bool, err error) {
	var writes []mongo.WriteModel
	for _, d := range full {
		writes = append(writes, mongo.NewUpdateOneModel().SetFilter(append(one(site, d.Lead), is("rev", d.Rev))).
			SetUpdate(append(set(is("outbox", nil), is("filled", 0)), is("$inc", bson.D{is("rev", 1)}))))
	}
	done, err := s.leads.BulkWrite(ctx, writes, options.BulkWrite().SetOrdered(false))
	if err != nil {
		return false, err
	}
	return int(done.MatchedCount) == len(full), nil
}
