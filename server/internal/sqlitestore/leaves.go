package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

const day = 24 * time.Hour

// SaveLeave is intake.LeaveStore's.
func (s *Store) SaveLeave(ctx context.Context, site string, l *lead.Leave, most int) (inserted bool, err error) {
	doc, err := json.Marshal(l)
	if err != nil {
		return false, fmt.Errorf("sqlitestore: encode leave: %w", err)
	}
	from := l.Received.UTC().Truncate(day)
	err = s.do(ctx, &job{site: site, fn: func(t *tx) error {
		inserted = false
		var known, n int
		if err := t.c.row(`SELECT count(*) FROM leaves WHERE site = ? AND id = ?`, site, l.ID).Scan(&known); err != nil {
			return t.fault("look for leave", err)
		}
		if known > 0 {
			return nil
		}
		err := t.c.row(`SELECT count(*) FROM (SELECT 1 FROM leaves WHERE site = ? AND received >= ? AND received < ? LIMIT ?)`,
			site, from.UnixMilli(), from.Add(day).UnixMilli(), most).Scan(&n)
		if err != nil {
			return t.fault("count leaves", err)
		}
		if n >= most {
			return intake.ErrFull
		}
		_, err = t.exec("save leave", `INSERT INTO leaves (site, id, received, identity, doc) VALUES (?, ?, ?, ?, ?)`,
			site, l.ID, l.Received.UnixMilli(), l.By, string(doc))
		inserted = err == nil
		return err
	}})
	return inserted && err == nil, err
}

// Leaves is intake.LeaveStore's.
func (s *Store) Leaves(ctx context.Context, site string, after intake.LeavePlace, limit int) ([]*lead.Leave, error) {
	return s.leaves(ctx, `SELECT identity, doc FROM leaves WHERE site = ? AND (received, id) > (?, ?) ORDER BY received, id LIMIT ?`,
		site, after.Received, after.ID, max(limit, 0))
}

// LeavesBy is intake.LeaveStore's.
func (s *Store) LeavesBy(ctx context.Context, site string, by []string) ([]*lead.Leave, error) {
	list, err := json.Marshal(by)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read leaves: %w", err)
	}
	return s.leaves(ctx, `SELECT identity, doc FROM leaves WHERE site = ? AND identity IN (SELECT value FROM json_each(?)) ORDER BY received, id`,
		site, string(list))
}

func (s *Store) leaves(ctx context.Context, q string, args ...any) (list []*lead.Leave, err error) {
	err = s.read.each(ctx, func(r scanner) error {
		l := new(lead.Leave)
		var doc []byte
		if err := r.Scan(&l.By, &doc); err != nil {
			return err
		}
		list = append(list, l)
		return json.Unmarshal(doc, l)
	}, q, args...)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read leaves: %w", err)
	}
	return list, nil
}

// DropLeaves is intake.LeaveStore's. Where there are none it does not ask the writer.
func (s *Store) DropLeaves(ctx context.Context, site string, before time.Time, limit int) (int, error) {
	var old int
	err := s.read.row(ctx, `SELECT count(*) FROM (SELECT 1 FROM leaves WHERE site = ? AND received < ? LIMIT 1)`, site, before.UnixMilli()).Scan(&old)
	if err != nil {
		return 0, fmt.Errorf("sqlitestore: look for old leaves: %w", err)
	}
	if old == 0 {
		return 0, nil
	}
	var gone int64
	err = s.do(ctx, &job{site: site, fn: func(t *tx) (err error) {
		gone, err = t.exec("drop leaves", `DELETE FROM leaves WHERE site = ?1 AND id IN
			(SELECT id FROM leaves WHERE site = ?1 AND received < ?2 ORDER BY received LIMIT ?3)`, site, before.UnixMilli(), max(limit, 0))
		return err
	}})
	return int(gone), err
}
