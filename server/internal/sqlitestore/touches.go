package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"assay/server/internal/lead"
)

func encodeTouch(t *lead.Touch) (string, error) {
	doc, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("sqlitestore: encode touch: %w", err)
	}
	return string(doc), nil
}

func scanTouch(r scanner, site string) (*lead.Touch, error) {
	var doc []byte
	if err := r.Scan(&doc); err != nil {
		return nil, err
	}
	t := new(lead.Touch)
	if err := json.Unmarshal(doc, t); err != nil {
		return nil, err
	}
	t.Site = site
	return t, nil
}

// Unapplied is intake.Store's.
func (s *Store) Unapplied(ctx context.Context, site string, before time.Time, limit int) ([]*lead.Touch, error) {
	return s.touches(ctx, "read unapplied touches", site, `SELECT doc FROM touches
		WHERE site = ? AND lead = '' AND suspect IN (0, 1) AND received < ? ORDER BY received, id LIMIT ?`,
		site, before.UnixMilli(), max(limit, 0))
}

// Touches is desk.Store's.
func (s *Store) Touches(ctx context.Context, site, leadID string, limit int) ([]*lead.Touch, error) {
	if leadID == "" { // stands for none in the column
		return nil, nil
	}
	return s.touches(ctx, "read touches", site, `SELECT doc FROM touches
		WHERE site = ? AND lead = ? ORDER BY received, id LIMIT ?`,
		site, leadID, max(limit, 0))
}

func (s *Store) touches(ctx context.Context, doing, site, q string, args ...any) ([]*lead.Touch, error) {
	var list []*lead.Touch
	err := s.read.each(ctx, func(r scanner) error {
		t, err := scanTouch(r, site)
		if err == nil {
			list = append(list, t)
		}
		return err
	}, q, args...)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: %s: %w", doing, err)
	}
	return list, nil
}
