package sqlitestore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
)

var instant = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// backedUp gives a backup of a store with one unit.
func backedUp(t *testing.T) (file string) {
	t.Helper()
	dir := t.TempDir()
	unit(t, openIn(t, dir, Options{}), 1)
	file = filepath.Join(t.TempDir(), "backup")
	must(Backup(bg, dir, file))(t)
	return file
}

func TestARestoreWaitsForNoServer(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{Alone: true})
	unit(t, s, 7)
	if _, err := Restore(bg, backedUp(t), dir, true, instant); !errors.Is(err, ErrInUse) {
		t.Errorf("got %v, want %v", err, ErrInUse)
	}
	if _, err := s.Lead(bg, "s", "n7"); err != nil {
		t.Error(err)
	}
}

// killed gives the folder of a server that was killed with a unit in its log alone.
func killed(t *testing.T, number int64) (dir string) {
	t.Helper()
	dir, from := t.TempDir(), t.TempDir()
	s := openIn(t, from, Options{})
	unit(t, s, number)
	release := hold(t, s) // a copy is one instant's only while nobody writes
	defer release()
	for _, name := range []string{File, File + "-wal", File + "-shm"} {
		if err := os.WriteFile(filepath.Join(dir, name), must(os.ReadFile(filepath.Join(from, name)))(t), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestARestoreReplacesAStoreOnlyWhenToldAndKeepsIt(t *testing.T) {
	file, crashed := backedUp(t), killed(t, 7)
	if _, err := Restore(bg, file, crashed, false, instant); err == nil || !strings.Contains(err.Error(), "-replace") {
		t.Errorf("over a store: %v", err)
	}
	r := must(Restore(bg, file, crashed, true, instant))(t)
	if want := filepath.Join(crashed, "assay.db.before-20261122T100000Z"); r.Aside != want || r.Touches != 1 {
		t.Errorf("got %+v, want the old one at %s", r, want)
	}
	now := openIn(t, crashed, Options{Alone: true})
	if _, err := now.Lead(bg, "s", "n1"); err != nil {
		t.Error(err)
	}
	if _, err := now.Lead(bg, "s", "n7"); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("the old store's lead: %v", err)
	}
	back := t.TempDir() // and with a name of its own the old store is whole
	if err := os.Rename(r.Aside, filepath.Join(back, File)); err != nil {
		t.Fatal(err)
	}
	if _, err := openIn(t, back, Options{}).Lead(bg, "s", "n7"); err != nil {
		t.Errorf("the lead that was in the log alone: %v", err)
	}
}

// The old store was left without its log when the machine went down just before
// the rename.
func TestARestoreThatIsCutOffBeforeItsEndLeavesTheOldStoreWhole(t *testing.T) {
	dir := killed(t, 7)
	store := filepath.Join(dir, File)
	if err := setAside(bg, store, store+".before"); err != nil {
		t.Fatal(err)
	}
	if left := must(filepath.Glob(store + "-*"))(t); len(left) > 0 {
		t.Errorf("left for the new store: %v", left)
	}
	if _, err := openIn(t, dir, Options{}).Lead(bg, "s", "n7"); err != nil {
		t.Errorf("the lead that was in the log alone: %v", err)
	}
}

// A log that its damaged store does not take went away with what was in it.
func TestARestoreOverADamagedStoreKeepsItsLog(t *testing.T) {
	file, dir := backedUp(t), killed(t, 7)
	log := must(os.ReadFile(filepath.Join(dir, File+"-wal")))(t)
	if err := os.WriteFile(filepath.Join(dir, File), []byte(strings.Repeat("damage ", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	r := must(Restore(bg, file, dir, true, instant))(t)
	if kept := must(os.ReadFile(r.Aside + "-wal"))(t); !bytes.Equal(kept, log) {
		t.Errorf("%d bytes are kept of a log of %d", len(kept), len(log))
	}
	if _, err := openIn(t, dir, Options{}).Lead(bg, "s", "n1"); err != nil {
		t.Error(err)
	}
}

// A restore beside a command took the file away that the command wrote to.
func TestARestoreAndACommandDoNotMeet(t *testing.T) {
	dir, file := t.TempDir(), backedUp(t)
	command := must(Open(dir, Options{}))(t)
	if _, err := Restore(bg, file, dir, true, instant); !errors.Is(err, ErrCommands) {
		t.Errorf("beside a command: %v", err)
	}
	if err := command.Close(); err != nil {
		t.Fatal(err)
	}
	restore := must(lockContents(dir, exclusive, ErrCommands))(t)
	if s, err := Open(dir, Options{}); !errors.Is(err, ErrRestoring) {
		t.Error("a command beside a restore", s, err)
	}
	if _, err := Backup(bg, dir, filepath.Join(t.TempDir(), "backup")); !errors.Is(err, ErrRestoring) {
		t.Error("a backup beside a restore", err)
	}
	if err := restore.release(); err != nil {
		t.Fatal(err)
	}
	must(Restore(bg, file, dir, true, instant))(t)
}

func TestWhatIsNoSoundStoreIsNotPutInPlace(t *testing.T) {
	good := must(os.ReadFile(backedUp(t)))(t)
	damaged := append([]byte{}, good...)
	for i := 4096; i < len(damaged); i += 4096 { // the heads of all pages but the first
		copy(damaged[i:], "damage")
	}
	newer := append([]byte{}, good...)
	newer[63] = 99 // user_version, big-endian at byte 60
	for what, c := range map[string]struct{ bytes, says string }{
		"half a backup":           {string(good[:len(good)/2]), "no sound store"},
		"a damaged one":           {string(damaged), "no sound store"},
		"one of a newer program":  {string(newer), "newer program"},
		"an empty file":           {"", "holds no store"},
		"something else entirely": {strings.Repeat("not a database ", 500), "no sound store"},
	} {
		dir, file := t.TempDir(), filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(file, []byte(c.bytes), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(bg, file, dir, false, instant); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", what, err, c.says)
		}
		if left := must(filepath.Glob(filepath.Join(dir, "assay.db*")))(t); len(left) > 0 {
			t.Errorf("%s left %v", what, left)
		}
	}
}
