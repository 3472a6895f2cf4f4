package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"assay/server/internal/intake"
)

// askAgain is how long a full queue is given before it is asked again.
const askAgain = 20 * time.Millisecond

// Queue gives how many units of work wait for the writer, and how many may.
func (s *Store) Queue() (depth, capacity int) { return len(s.queue), cap(s.queue) }

// Reads fails when the file cannot be read.
func (s *Store) Reads(ctx context.Context) error {
	var n int
	if err := s.read.db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM sites LIMIT 1)`).Scan(&n); err != nil {
		return fmt.Errorf("sqlitestore: read: %w", err)
	}
	return nil
}

// Writes fails when the writer does not take a unit of work, one that changes
// nothing, before the context is done. A queue that is full is no failure as
// long as it moves.
func (s *Store) Writes(ctx context.Context) error {
	again := time.NewTicker(askAgain)
	defer again.Stop()
	for {
		err := s.do(ctx, &job{fn: func(*tx) error { return nil }})
		if !errors.Is(err, intake.ErrBusy) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-again.C:
		}
	}
}
