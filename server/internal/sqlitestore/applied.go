package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Applied is intake.Store's. What another process wrote it may miss until the next
// write of this one, which looks for that; InsertTouch misses nothing.
func (s *Store) Applied(ctx context.Context, site, touch string) (lead string, known bool, err error) {
	n, err := s.names(ctx, ctx, site).touch(touch)
	if err != nil {
		return "", false, fmt.Errorf("sqlitestore: look for touch: %w", err)
	}
	err = s.read.row(ctx, `SELECT lead FROM touches WHERE n = ? AND site = ? AND id = ?`, n, site, touch).Scan(&lead)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, nil
	case err != nil:
		return "", false, fmt.Errorf("sqlitestore: look for touch: %w", err)
	case lead == erased:
		return "", true, nil
	}
	return lead, lead != "", nil
}
