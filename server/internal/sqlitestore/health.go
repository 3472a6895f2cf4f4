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

// probeAgain is how long a disk that took no write is given.
const probeAgain = time.Second

// Queue gives how many units of work wait for the writer, and how many may.
func (s *Store) Queue() (depth, capacity int) { return len(s.queue), cap(s.queue) }

// Reads fails when the file cannot be read.
func (s *Store) Reads(ctx context.Context) error {
	var n int
	if err := s.read.row(ctx, `SELECT count(*) FROM (SELECT 1 FROM sites LIMIT 1)`).Scan(&n); err != nil {
		return fmt.Errorf("sqlitestore: read: %w", err)
	}
	return nil
}

// Writes fails when the writer does not take a unit of work before the context is
// done, and, since the disk did not take a write, until it has taken a probe of
// 64 KB, which is tried once a second. A queue that is full is no failure as long
// as it moves.
func (s *Store) Writes(ctx context.Context) error {
	again := time.NewTicker(askAgain)
	defer again.Stop()
	for {
		j, err := s.question()
		if err == nil {
			err = s.do(ctx, j)
		}
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

// question is a unit of work that changes nothing. Nothing of it reaches the disk,
// unless there is cause to ask it too; what the writer puts in order with it may.
func (s *Store) question() (*job, error) {
	last := s.writer.unwritten.Load()
	switch {
	case last == nil:
		return &job{fn: func(*tx) error { return nil }}, nil
	case time.Since(last.at) < probeAgain:
		return nil, last.err
	}
	return &job{fn: probe, probes: true}, nil
}

// probe writes as much as the largest touch takes, and takes it back.
func probe(t *tx) error {
	_, err := t.exec("probe the disk", `INSERT INTO sessions (hash, site, person, expires) VALUES ('probe', '', hex(zeroblob(32768)), 0)`)
	if err == nil {
		_, err = t.exec("end probe", `DELETE FROM sessions WHERE hash = 'probe'`)
	}
	return err
}
