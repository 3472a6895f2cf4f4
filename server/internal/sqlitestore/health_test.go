package sqlitestore

import (
	"context"
	"errors"
	"testing"
	"time"

	"assay/server/internal/lead"
)

func TestAStoreThatWorksSaysSo(t *testing.T) {
	s := open(t, Options{})
	if err := errors.Join(s.Reads(bg), s.Writes(bg)); err != nil {
		t.Error(err)
	}
	if depth, capacity := s.Queue(); depth != 0 || capacity != 1024 {
		t.Errorf("queue of %d in %d", depth, capacity)
	}
}

func TestAClosedStoreNeitherReadsNorWrites(t *testing.T) {
	s := openIn(t, t.TempDir(), Options{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Reads(bg); err == nil {
		t.Error("it reads")
	}
	if err := s.Writes(bg); !errors.Is(err, ErrClosed) {
		t.Errorf("writes: %v", err)
	}
}

// A writer that stands still has a queue that is full for ever; one that is
// busy lets the question through in time.
func TestAFullQueueCountsAsDeadOnlyWhenItStandsStill(t *testing.T) {
	s := open(t, Options{Queue: 1})
	release := hold(t, s)
	waits := make(chan error, 1)
	go func() { waits <- s.Update(bg, "s", save(&lead.Lead{ID: "l1"})) }()
	queued(t, s, 1)
	if depth, _ := s.Queue(); depth != 1 {
		t.Errorf("depth %d", depth)
	}
	still, cancel := context.WithTimeout(bg, 3*askAgain)
	defer cancel()
	if s.Writes(still) == nil {
		t.Error("a writer that stands still has answered")
	}
	moving, cancel := context.WithTimeout(bg, time.Minute)
	defer cancel()
	answer := make(chan error, 1)
	go func() { answer <- s.Writes(moving) }()
	release()
	if err := errors.Join(<-answer, <-waits); err != nil {
		t.Errorf("a writer that moves: %v", err)
	}
}
