package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

var bg = context.Background()

func TestFailingUnitsTakeBackTheirOwnWritesAlone(t *testing.T) {
	s := open(t, Options{})
	mine := errors.New("mine")
	bad := func(end func() error) func(lead.Tx) error {
		return func(tx lead.Tx) error {
			if err := tx.SaveLead(&lead.Lead{ID: "bad"}); err != nil {
				return err
			}
			return end()
		}
	}
	errs := inOneGroup(t, s,
		save(&lead.Lead{ID: "l0"}),
		bad(func() error { return mine }),
		save(&lead.Lead{ID: "l2"}),
		bad(func() error { panic("who@example.test") }),
		bad(func() error { var l *lead.Lead; return fmt.Errorf("%s", l.ID) }),
		save(&lead.Lead{ID: "l5"}))

	var first, second *PanicError
	if !errors.Is(errs[1], mine) || !errors.As(errs[3], &first) || !errors.As(errs[4], &second) {
		t.Errorf("errors of the bad ones: %v", errs)
	}
	if got, want := errs[3].Error(), "sqlitestore: unit of work panicked with string"; got != want {
		t.Errorf("a panic's text is %q, want %q", got, want)
	}
	for _, i := range []int{0, 2, 5} {
		if errs[i] != nil {
			t.Errorf("unit %d: %v", i, errs[i])
		}
		if _, err := s.Lead(bg, "s", fmt.Sprint("l", i)); err != nil {
			t.Errorf("lead %d: %v", i, err)
		}
	}
	if _, err := s.Lead(bg, "s", "bad"); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("the bad one's lead: %v", err)
	}
}

func TestFailingCommitFailsTheGroup(t *testing.T) {
	s := open(t, Options{})
	errs := inOneGroup(t, s,
		save(&lead.Lead{ID: "l0"}),
		byWriter(func(lead.Tx) error { // as a full disk ends a transaction
			_, err := s.writer.c.exec("ROLLBACK")
			return err
		}),
		save(&lead.Lead{ID: "l2"}))
	for i, err := range errs {
		if err == nil {
			t.Errorf("unit %d was acknowledged", i)
		}
	}
	for _, id := range []string{"l0", "l2"} {
		if _, err := s.Lead(bg, "s", id); !errors.Is(err, lead.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l3"})); err != nil {
		t.Errorf("the next unit: %v", err)
	}
}

func TestSwallowedFaultFailsTheUnit(t *testing.T) {
	s := open(t, Options{})
	err := s.Update(bg, "s", func(tl lead.Tx) error {
		_, _ = tl.(*tx).exec("break", "INSERT INTO nothing VALUES (1)")
		return nil
	})
	if err == nil {
		t.Error("a unit of which a write is missing was acknowledged")
	}
}

func TestFullQueueIsBusyAtOnce(t *testing.T) {
	s := open(t, Options{Queue: 2})
	release := hold(t, s)
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			if err := s.Update(bg, "s", save(&lead.Lead{ID: fmt.Sprint("l", i)})); err != nil {
				t.Errorf("queued: %v", err)
			}
		})
	}
	queued(t, s, 2)
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l3"})); !errors.Is(err, intake.ErrBusy) {
		t.Errorf("got %v, want busy", err)
	}
	release()
	wg.Wait()
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l3"})); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestCancelledInTheQueueIsNotRun(t *testing.T) {
	s := open(t, Options{})
	release := hold(t, s)
	ctx, cancel := context.WithCancel(bg)
	answer := make(chan error)
	go func() {
		answer <- s.Update(ctx, "s", save(&lead.Lead{ID: "l1"}))
	}()
	queued(t, s, 1)
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want cancelled", err)
	}
	release()
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l2"})); err != nil { // the queue has been worked off
		t.Fatal(err)
	}
	if _, err := s.Lead(bg, "s", "l1"); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("the cancelled one's lead: %v", err)
	}
}

func TestCancelledWhileRunningIsAnsweredWithTheTruth(t *testing.T) {
	s := open(t, Options{})
	ctx, cancel := context.WithCancel(bg)
	err := s.Update(ctx, "s", byWriter(func(tx lead.Tx) error {
		cancel()
		return tx.SaveLead(&lead.Lead{ID: "l1"})
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Lead(bg, "s", "l1"); err != nil {
		t.Error(err)
	}
}

func TestCloseDrains(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	release := hold(t, s)
	var wg sync.WaitGroup
	for i := range 300 { // more than a group
		wg.Go(func() {
			if err := s.Update(bg, "s", save(&lead.Lead{ID: fmt.Sprint("l", i)})); err != nil {
				t.Errorf("queued: %v", err)
			}
		})
	}
	queued(t, s, 300)
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	for refuses := false; !refuses; runtime.Gosched() {
		s.mu.RLock()
		refuses = s.closed
		s.mu.RUnlock()
	}
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "late"})); !errors.Is(err, ErrClosed) {
		t.Errorf("an update after closing: %v", err)
	}
	release()
	wg.Wait()
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	again := openIn(t, dir, Options{})
	for i := range 300 {
		if _, err := again.Lead(bg, "s", fmt.Sprint("l", i)); err != nil {
			t.Fatalf("lead %d: %v", i, err)
		}
	}
}
