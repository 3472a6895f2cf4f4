package sqlitestore

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// A command that erased beside a server whose reader was in the way left the
// bytes in the log for good, and said nothing.
func TestWhatACommandErasesBesideAServerGoesWithTheServersNextWrite(t *testing.T) {
	dir := t.TempDir()
	server := withSecrets(t, dir)
	nothingToForget(t, server)
	reading := must(server.read.db.BeginTx(bg, nil))(t)
	var n int
	if err := reading.QueryRow("SELECT count(*) FROM leads").Scan(&n); err != nil || n != 20 {
		t.Fatal(n, err)
	}
	command := must(Open(dir, Options{}))(t)
	must(command.DeleteSamples(bg, "s"))(t)
	if err := command.Close(); !errors.Is(err, ErrRemains) {
		t.Errorf("the command says %v", err)
	}
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	if !holds(t, dir, secret) {
		t.Fatal("the reader was not in the way")
	}
	if err := server.Update(bg, "s", save(&lead.Lead{ID: "next"})); err != nil {
		t.Fatal(err)
	}
	gone(t, dir, secret)
}

// One whose reader leaves in time is waited for.
func TestACommandThatErasedWaitsForAReaderWhenItCloses(t *testing.T) {
	dir := t.TempDir()
	server := withSecrets(t, dir)
	reading := must(server.read.db.BeginTx(bg, nil))(t)
	var n int
	if err := reading.QueryRow("SELECT count(*) FROM leads").Scan(&n); err != nil || n != 20 {
		t.Fatal(n, err)
	}
	command := must(Open(dir, Options{}))(t)
	must(command.DeleteSamples(bg, "s"))(t)
	if !holds(t, dir, secret) {
		t.Fatal("the reader was not in the way")
	}
	closed := make(chan error, 1)
	go func() { closed <- command.Close() }()
	<-command.done // it has done its work, and closes
	if err := errors.Join(reading.Rollback(), <-closed); err != nil {
		t.Fatal(err)
	}
	if holds(t, dir, secret) {
		t.Error("erased bytes are still in the files")
	}
}

// nothingToForget waits until a store's log is known to hold nothing erased.
func nothingToForget(t *testing.T, s *Store) {
	t.Helper()
	end := time.Now().Add(time.Minute)
	for owing := true; owing; runtime.Gosched() {
		if err := s.do(bg, &job{fn: func(*tx) error { owing = s.writer.erased; return nil }}); err != nil || time.Now().After(end) {
			t.Fatal("the log is not emptied", err)
		}
	}
}
