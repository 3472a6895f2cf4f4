package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"

	"assay/server/internal/alert"
	"assay/server/internal/lead"
)

// Waiting is alert.Store's: events reach the feed with the write of their lead.
func (s *Store) Waiting(context.Context) ([]string, error) { return nil, nil }

// Collect is alert.Store's: nothing ever waits.
func (s *Store) Collect(context.Context, string) (more bool, err error) { return false, nil }

// Newer is alert.Store's.
func (s *Store) Newer(ctx context.Context, heads map[string]int64) ([]string, error) {
	asked, err := json.Marshal(heads)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: ask for news: %w", err)
	}
	var sites []string
	err = s.read.each(ctx, func(r scanner) error {
		var site string
		err := r.Scan(&site)
		sites = append(sites, site)
		return err
	}, `SELECT key FROM json_each(?) a WHERE EXISTS (SELECT 1 FROM feed WHERE site = a.key AND cursor > a.value)`, string(asked))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: ask for news: %w", err)
	}
	return sites, nil
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

// storedEvent is an event as the feed keeps it.
type storedEvent struct{ id, doc string }

func encodeEvents(events []lead.Event) ([]storedEvent, error) {
	var list []storedEvent
	for i := range events {
		doc, err := json.Marshal(&events[i])
		if err != nil {
			return nil, fmt.Errorf("sqlitestore: encode event: %w", err)
		}
		list = append(list, storedEvent{events[i].ID, string(doc)})
	}
	return list, nil
}

const appendFeed = `INSERT INTO feed (site, cursor, id, doc)
	VALUES (?1, (SELECT coalesce(max(cursor), 0) + 1 FROM feed WHERE site = ?1), ?2, ?3)
	ON CONFLICT (site, id) DO NOTHING`

// publish gives events the feed's next cursors. One whose id stands there
// already keeps its cursor.
func (t *tx) publish(events []storedEvent) error {
	for _, e := range events {
		if _, err := t.exec("append to feed", appendFeed, t.site, e.id, e.doc); err != nil {
			return err
		}
	}
	return nil
}
