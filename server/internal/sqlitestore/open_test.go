package sqlitestore

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

func pragma(t *testing.T, s *Store, name string) (v string) {
	t.Helper()
	err := s.do(bg, &job{fn: func(tx *tx) error { return tx.c.row("PRAGMA " + name).Scan(&v) }})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSettings(t *testing.T) {
	for synchronous, number := range map[string]string{"": "2", "OFF": "0", "NORMAL": "1", "FULL": "2", "EXTRA": "3"} {
		s := open(t, Options{Synchronous: synchronous})
		for name, want := range map[string]string{"synchronous": number, "journal_mode": "wal", "secure_delete": "1", "busy_timeout": "10000"} {
			if got := pragma(t, s, name); got != want {
				t.Errorf("%q: %s is %s, want %s", synchronous, name, got, want)
			}
		}
	}
	if s, err := Open(t.TempDir(), Options{Synchronous: "full; DROP TABLE leads"}); err == nil {
		s.Close()
		t.Error("an unknown setting was accepted")
	}
}

func TestReadersCannotWrite(t *testing.T) {
	s := open(t, Options{})
	if _, err := s.read.db.Exec("DELETE FROM leads"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestReopenKeepsAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a new #%41 ?folder")
	s := openIn(t, dir, Options{})
	l := &lead.Lead{ID: "l1", Profile: map[string]string{"email": "ada@one.test"}, LastSeen: time.Now(),
		Outbox: []lead.Event{{ID: "e1", Lead: "l1"}, {ID: "e2", Lead: "l1"}}}
	for _, err := range []error{
		s.Update(bg, "s", func(tx lead.Tx) error {
			if _, err := tx.InsertTouch(&lead.Touch{ID: "t1"}); err != nil {
				return err
			}
			if _, err := tx.ClaimIdentities("l1", "h1"); err != nil {
				return err
			}
			return tx.SaveLead(l)
		}),
		s.SaveSite(bg, &auth.Site{Key: "s"}),
		s.SavePerson(bg, "s", &auth.Person{ID: "p1", Email: "rep@one.test"}),
		s.SaveSession(bg, &auth.Session{Hash: "h", Person: "p1", Expires: time.Now().Add(time.Hour)}, time.Now()),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("files after closing: %v", left)
	}
	if info, err := os.Stat(filepath.Join(dir, File)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode: %v, %v", info.Mode(), err)
	}

	for range 2 { // migrating what is up to date changes nothing
		s = openIn(t, dir, Options{})
		got := fmt.Sprintln(
			must(s.Lead(bg, "s", "l1"))(t).Rev, len(must(s.Unapplied(bg, "s", time.Now(), 9))(t)), must(s.Sites(bg))(t),
			must(s.PersonByEmail(bg, "rep@one.test"))(t).ID, must(s.Session(bg, "h", time.Now()))(t).Person,
			must(s.Feed(bg, "s", 0, 9))(t)[0].ID, must(s.Feed(bg, "s", 1, 9))(t)[0].ID)
		if want := "1 1 [s] p1 p1 e1 e2\n"; got != want {
			t.Errorf("after reopening: %s, want %s", got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestMigrationsRunOnce(t *testing.T) {
	dir := t.TempDir()
	reopen := func(forge string) (schema, version string) {
		s := openIn(t, dir, Options{})
		schema, version = pragma(t, s, "schema_version"), pragma(t, s, "user_version")
		if err := s.writer.c.once(forge); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return schema, version
	}
	first, _ := reopen("PRAGMA user_version")
	if second, version := reopen("PRAGMA user_version = 99"); second != first || version != fmt.Sprint(len(must(migrationFiles())(t))) {
		t.Errorf("schema %s and version %s when opened again, was %s", second, version, first)
	}
	if s, err := Open(dir, Options{}); err == nil {
		s.Close()
		t.Error("a newer program's file was opened")
	}
}

const secret = "erase-me@one.test"

// withSecrets gives a store with twenty samples that hold a secret.
func withSecrets(t *testing.T, dir string) *Store {
	t.Helper()
	s := openIn(t, dir, Options{})
	for i := range 20 {
		l := &lead.Lead{ID: fmt.Sprint("l", i), Sample: true, Profile: map[string]string{"email": secret, "message": string(bytes.Repeat([]byte(secret), 500))}}
		err := s.Update(bg, "s", func(tx lead.Tx) error {
			_, err := tx.InsertTouch(&lead.Touch{ID: l.ID, Sample: true, Profile: l.Profile})
			if err != nil {
				return err
			}
			return tx.SaveLead(l)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !holds(t, dir, secret) {
		t.Fatal("the check cannot see what is stored")
	}
	return s
}

// Bytes of erased people must not stay in any file, the log included.
func TestDeletedSamplesLeaveNoBytes(t *testing.T) {
	dir := t.TempDir()
	s := withSecrets(t, dir)
	if n := must(s.DeleteSamples(bg, "s"))(t); n != 20 {
		t.Errorf("%d deleted", n)
	}
	if holds(t, dir, secret) {
		t.Error("erased bytes are still in the files")
	}
}

// A reader who stands in the way must not keep them there, be it that nothing
// is written afterwards, or that the program is killed.
func TestErasedBytesGoOnceTheReaderHasLeft(t *testing.T) {
	dir, crashed := t.TempDir(), t.TempDir()
	s := withSecrets(t, dir)
	reading := must(s.read.db.BeginTx(bg, nil))(t)
	var n int
	if err := reading.QueryRow("SELECT count(*) FROM leads").Scan(&n); err != nil || n != 20 {
		t.Fatal(n, err)
	}
	begun := time.Now()
	must(s.DeleteSamples(bg, "s"))(t)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("writing waited %v for a reader", took)
	}
	if !holds(t, dir, secret) {
		t.Fatal("the reader was not in the way")
	}
	for _, name := range []string{File, File + "-wal"} {
		if err := os.WriteFile(filepath.Join(crashed, name), must(os.ReadFile(filepath.Join(dir, name)))(t), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := reading.Rollback(); err != nil {
		t.Fatal(err)
	}
	again := openIn(t, crashed, Options{})
	for _, d := range []string{dir, crashed} {
		gone(t, d, secret)
	}
	for _, s := range []*Store{s, again} {
		if got := pragma(t, s, "busy_timeout"); got != "10000" {
			t.Errorf("afterwards writing waits %s ms for other processes", got)
		}
	}
}

// gone waits until no file of a folder holds a text.
func gone(t *testing.T, dir, text string) {
	t.Helper()
	until(t, "erased bytes are gone from the files", func() bool { return !holds(t, dir, text) })
}

// until waits for what must come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for end := time.Now().Add(20 * time.Second); !is(); <-look.C {
		if time.Now().After(end) {
			t.Fatal("not so: ", what)
		}
	}
}

func holds(t *testing.T, dir, text string) bool {
	t.Helper()
	for _, name := range must(filepath.Glob(filepath.Join(dir, "*")))(t) {
		if bytes.Contains(must(os.ReadFile(name))(t), []byte(text)) {
			return true
		}
	}
	return false
}
