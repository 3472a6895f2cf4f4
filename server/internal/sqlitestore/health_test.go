package sqlitestore

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
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

// A touch that a full disk refused got an answer that says never to send it again,
// and the server called itself ready.
func TestAFullDiskIsSaidToBeSoUntilItHasRoom(t *testing.T) {
	s := open(t, Options{})
	mayGrowTo(t, s, pragma(t, s, "page_count"))
	large := func(id string) func(lead.Tx) error {
		return save(&lead.Lead{ID: id, Profile: map[string]string{"message": strings.Repeat("large ", 20_000)}})
	}
	if err := s.Update(bg, "s", large("l1")); !errors.Is(err, intake.ErrUnavailable) {
		t.Errorf("a draft: %v", err)
	}
	if err := s.Update(bg, "s", byWriter(large("l2"))); !errors.Is(err, intake.ErrUnavailable) {
		t.Errorf("a write: %v", err)
	}
	if err := s.Update(bg, "s", func(lead.Tx) error { return nil }); err != nil {
		t.Errorf("what writes nothing: %v", err)
	}
	for _, last := range []time.Time{time.Now(), time.Now().Add(-probeAgain)} {
		s.writer.unwritten.Store(&unwritten{s.writer.unwritten.Load().err, last})
		if err := s.Writes(bg); !errors.Is(err, intake.ErrUnavailable) {
			t.Errorf("it is ready on a full disk: %v", err)
		}
	}
	mayGrowTo(t, s, "100000")
	s.writer.unwritten.Store(&unwritten{s.writer.unwritten.Load().err, time.Now().Add(-probeAgain)})
	if err := s.Writes(bg); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if err := errors.Join(s.Writes(bg), s.Update(bg, "s", large("l1"))); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if left := must(s.read.db.Query("SELECT 1 FROM sessions"))(t); left.Next() {
		t.Error("the probe is still there")
		left.Close()
	}
}

// mayGrowTo lets a store's file have so many pages.
func mayGrowTo(t *testing.T, s *Store, pages string) {
	t.Helper()
	if err := s.do(bg, &job{fn: func(t *tx) error { return t.c.once("PRAGMA max_page_count = " + pages) }}); err != nil {
		t.Fatal(err)
	}
}
