package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"assay/server/internal/alert"
	"assay/server/internal/lead"
)

// Outbox is alert.Store's. Leads come in the order of the writes that filled
// their empty outboxes; those of one lead stay together.
func (s *Store) Outbox(ctx context.Context, site string, limit int) ([]lead.Event, error) {
	var list []lead.Event
	err := s.read.each(ctx, func(r scanner) error {
		var outbox []byte
		if err := r.Scan(&outbox); err != nil {
			return err
		}
		var events []lead.Event
		if err := json.Unmarshal(outbox, &events); err != nil {
			return err
		}
		list = append(list, events[:min(len(events), limit-len(list))]...)
		return nil
	}, `SELECT outbox FROM leads WHERE site = ? AND filled > 0 ORDER BY filled LIMIT ?`, site, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read outboxes: %w", err)
	}
	return list, nil
}

// Feed is alert.Store's.
func (s *Store) Feed(ctx context.Context, site string, after int64, limit int) ([]alert.Entry, error) {
	var list []alert.Entry
	err := s.read.each(ctx, func(r scanner) error {
		var (
			e   alert.Entry
			doc []byte
		)
		if err := r.Scan(&e.Cursor, &doc); err != nil {
			return err
		}
		if err := json.Unmarshal(doc, &e.Event); err != nil {
			return err
		}
		list = append(list, e)
		return nil
	}, `SELECT cursor, doc FROM feed WHERE site = ? AND cursor > ? ORDER BY cursor LIMIT ?`, site, after, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read feed: %w", err)
	}
	return list, nil
}

const selectLast = `SELECT coalesce(max(cursor), 0) FROM feed WHERE site = ?`

// Last is alert.Store's.
func (s *Store) Last(ctx context.Context, site string) (last int64, err error) {
	if err := s.read.row(ctx, selectLast, site).Scan(&last); err != nil {
		return 0, fmt.Errorf("sqlitestore: read end of feed: %w", err)
	}
	return last, nil
}

// Append is alert.Store's: one unit of work.
func (s *Store) Append(ctx context.Context, site string, events []lead.Event) ([]alert.Entry, error) {
	if len(events) == 0 {
		return nil, nil
	}
	var added []alert.Entry
	err := s.do(ctx, &job{site: site, fn: func(t *tx) (err error) {
		if added, err = t.appendFeed(events); err != nil {
			return err
		}
		sent := make(map[string]map[string]bool) // ids by lead
		for _, e := range events {
			if sent[e.Lead] == nil {
				sent[e.Lead] = make(map[string]bool)
			}
			sent[e.Lead][e.ID] = true
		}
		for id, events := range sent {
			if err := t.takeOut(id, events); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// appendFeed inserts those events that the feed does not have.
func (t *tx) appendFeed(events []lead.Event) ([]alert.Entry, error) {
	var last int64
	if err := t.c.row(selectLast, t.site).Scan(&last); err != nil {
		return nil, t.fault("read end of feed", err)
	}
	added := make([]alert.Entry, 0, len(events))
	for _, e := range events {
		doc, err := json.Marshal(&e)
		if err != nil {
			return nil, fmt.Errorf("sqlitestore: encode event: %w", err)
		}
		n, err := t.exec("append to feed", `INSERT INTO feed (site, cursor, id, doc) VALUES (?, ?, ?, ?)
			ON CONFLICT (site, id) DO NOTHING`, t.site, last+1, e.ID, string(doc))
		if err != nil {
			return nil, err
		}
		if n == 1 {
			last++
			added = append(added, alert.Entry{Cursor: last, Event: e})
		}
	}
	return added, nil
}

// takeOut removes events from a lead's outbox. A lead that is gone, or has
// none of them, is left alone.
func (t *tx) takeOut(id string, sent map[string]bool) error {
	var outbox []byte
	err := t.c.row(`SELECT outbox FROM leads WHERE site = ? AND id = ? AND filled > 0`, t.site, id).Scan(&outbox)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return t.fault("read outbox", err)
	}
	var events, rest []lead.Event
	if err := json.Unmarshal(outbox, &events); err != nil {
		return t.fault("decode outbox", err)
	}
	for _, e := range events {
		if !sent[e.ID] {
			rest = append(rest, e)
		}
	}
	if len(rest) == len(events) {
		return nil
	}
	text, err := encodeOutbox(rest)
	if err != nil {
		return err
	}
	_, err = t.exec("empty outbox", `UPDATE leads SET rev = rev + 1, outbox = ?3,
		filled = CASE WHEN ?3 = '' THEN 0 ELSE filled END WHERE site = ?1 AND id = ?2`, t.site, id, text)
	return err
}
