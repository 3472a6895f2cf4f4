package sqlitestore

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// Neither waits for a commit that finds the log too long, nor for the store to close.
func TestTheLogIsFoldedBesideTheWriter(t *testing.T) {
	dir := t.TempDir()
	s := withoutFoldingByCommits(t, dir, usual)
	const said = "what only this lead says"
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l1", Profile: map[string]string{"message": said}})); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, File)
	until(t, "the file holds what was written", func() bool { return bytes.Contains(must(os.ReadFile(path))(t), []byte(said)) })
}

// What was folded stays in the log until that begins anew, which the writer lets it.
func TestALongLogBeginsAnew(t *testing.T) {
	dir := t.TempDir()
	p := usual
	p.log, p.fold = 60, time.Millisecond
	s := withoutFoldingByCommits(t, dir, p)
	path := filepath.Join(dir, File+"-wal")
	begun, wrote := logNumber(t, path), 0
	until(t, "the log begins anew", func() bool {
		wrote++
		if err := s.Update(bg, "s", save(&lead.Lead{ID: fmt.Sprint("l", wrote), Profile: map[string]string{"message": strings.Repeat("long ", 2000)}})); err != nil {
			t.Fatal(err)
		}
		return logNumber(t, path) != begun
	})
}

// While it adds to the log all the time, nobody else folds all of it.
func TestTheWriterFoldsTheRestWhenItIsAsked(t *testing.T) {
	dir := t.TempDir()
	p := usual
	p.fold = time.Hour
	s := withoutFoldingByCommits(t, dir, p)
	const said = "what only this lead says"
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l1", Profile: map[string]string{"message": said}})); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, File)
	if bytes.Contains(must(os.ReadFile(path))(t), []byte(said)) {
		t.Fatal("it is folded already")
	}
	s.folder.now <- struct{}{}
	until(t, "the file holds what was written", func() bool { return bytes.Contains(must(os.ReadFile(path))(t), []byte(said)) })
}

// withoutFoldingByCommits gives a store whose log is folded beside the writer or never.
func withoutFoldingByCommits(t *testing.T, dir string, p pace) *Store {
	t.Helper()
	s := openIn(t, dir, Options{pace: p})
	nothingToForget(t, s)
	err := s.do(bg, &job{site: "s", fn: func(tx *tx) error { return tx.c.once("PRAGMA wal_autocheckpoint = 0") }})
	if err != nil {
		t.Fatal(err)
	}
	// The log is empty and has no beginning: this makes one.
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "first"})); err != nil {
		t.Fatal(err)
	}
	return s
}

// logNumber gives how often the log was begun: the number that its header has at 12
// (SQLite's file format, 4.1).
func logNumber(t *testing.T, path string) uint32 {
	t.Helper()
	return binary.BigEndian.Uint32(must(os.ReadFile(path))(t)[12:])
}
