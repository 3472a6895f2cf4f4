package sqlitestore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// unit stores a touch and its lead, one per number, as intake does.
func unit(t *testing.T, s *Store, n int64) {
	id := fmt.Sprint("n", n)
	err := s.Update(bg, "s", func(tx lead.Tx) error {
		if _, err := tx.InsertTouch(&lead.Touch{ID: id, Received: time.Now(), Profile: map[string]string{"message": strings.Repeat("x", 500)}}); err != nil {
			return err
		}
		if err := tx.SaveLead(&lead.Lead{ID: id, LastSeen: time.Now(), Profile: map[string]string{"email": id + "@one.test"}}); err != nil {
			return err
		}
		return tx.SetApplied(id, id)
	})
	if err != nil {
		t.Errorf("unit %d: %v", n, err)
	}
}

// writing keeps eight writers busy until the function that it gives is called.
// Up is the number of the newest unit such that all before it are acknowledged.
func writing(t *testing.T, s *Store) (up func() int64, stop func()) {
	var next, done atomic.Int64
	var mu sync.Mutex
	acknowledged := map[int64]bool{}
	var wg sync.WaitGroup
	var ended atomic.Bool
	for range 8 {
		wg.Go(func() {
			for !ended.Load() {
				n := next.Add(1)
				unit(t, s, n)
				mu.Lock()
				acknowledged[n] = true
				for acknowledged[done.Load()+1] {
					done.Add(1)
				}
				mu.Unlock()
			}
		})
	}
	stop = sync.OnceFunc(func() { ended.Store(true); wg.Wait() })
	t.Cleanup(stop)
	return done.Load, stop
}

func TestBackupsOfABusyStoreHoldAllThatWasAcknowledgedBefore(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	s := openIn(t, dir, Options{Alone: true})
	up, stop := writing(t, s)
	var before []int64
	for i := range 5 {
		for begin := up(); up() < begin+100; { // the store is busy
			runtime.Gosched()
		}
		before = append(before, up())
		c, err := Backup(bg, dir, filepath.Join(out, fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		if c.Touches < before[i] || c.Leads != c.Touches {
			t.Errorf("backup %d has %d touches and %d leads, want at least %d and as many", i, c.Touches, c.Leads, before[i])
		}
	}
	stop()
	for i, least := range before {
		into := filepath.Join(t.TempDir(), "data")
		if _, err := Restore(bg, filepath.Join(out, fmt.Sprint(i)), into, false, time.Now()); err != nil {
			t.Fatal(err)
		}
		whole(t, openIn(t, into, Options{Alone: true}), least)
	}
	if left := must(filepath.Glob(filepath.Join(out, "*")))(t); len(left) != 5 {
		t.Errorf("files beside the backups: %v", left)
	}
}

// whole checks that a store has the units up to a number, and of no unit a part.
func whole(t *testing.T, s *Store, least int64) {
	t.Helper()
	for n := int64(1); n <= least; n++ {
		id := fmt.Sprint("n", n)
		l, err := s.Lead(bg, "s", id)
		if err != nil || l.Profile["email"] != id+"@one.test" {
			t.Fatalf("lead %s of %d: %v", id, least, err)
		}
		if touches := must(s.Touches(bg, "s", id, 9))(t); len(touches) != 1 || touches[0].ID != id {
			t.Fatalf("lead %s has touches %v", id, touches)
		}
	}
	if half := must(s.Unapplied(bg, "s", time.Now().Add(time.Hour), 9))(t); len(half) > 0 {
		t.Errorf("%d touches are part of no lead", len(half))
	}
	unit(t, s, 1<<40) // and it can be written
}

func TestABackupIsOursAloneAndReplacesNothing(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "a new #%41 ?file")
	s := openIn(t, dir, Options{})
	unit(t, s, 1)
	must(Backup(bg, dir, to))(t)
	if info := must(os.Stat(to))(t); info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("mode %v of %d bytes", info.Mode(), info.Size())
	}
	first := must(os.ReadFile(to))(t)
	unit(t, s, 2)
	if _, err := Backup(bg, dir, to); err == nil || !strings.Contains(err.Error(), "another name") {
		t.Errorf("over a file: %v", err)
	}
	if again := must(os.ReadFile(to))(t); string(again) != string(first) {
		t.Error("the first backup was changed")
	}
	if err := os.WriteFile(to+"2"+partial, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(bg, dir, to+"2"); err == nil || !strings.Contains(err.Error(), "delete") {
		t.Errorf("beside another backup: %v", err)
	}
	if _, err := Backup(bg, t.TempDir(), to+"3"); err == nil || !strings.Contains(err.Error(), "-data-dir") {
		t.Errorf("of no store: %v", err)
	}
	if left := must(filepath.Glob(filepath.Join(filepath.Dir(to), "*")))(t); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAStoppedServersStoreCanBeBackedUp(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "b")
	s := openIn(t, dir, Options{})
	unit(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if c, err := Backup(bg, dir, to); err != nil || c.Touches != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestAFolderHasOneServer(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{Alone: true})
	if _, err := Open(dir, Options{Alone: true}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second server: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openIn(t, dir, Options{Alone: true})
	if beside, err := Open(dir, Options{}); err != nil || beside.Close() != nil {
		t.Errorf("a command beside a server: %v", err)
	}
}
