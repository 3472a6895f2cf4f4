package main

import (
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"assay/server/internal/sqlitestore"
)

func TestWhatAServerWasDoingIsKnownFromItsFiles(t *testing.T) {
	dir := t.TempDir()
	s, err := sqlitestore.Open(dir, sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, sqlitestore.File)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	said := func(when string, want amid) {
		t.Helper()
		if got, err := amidWhat(dir); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", when, got, err, want)
		}
	}
	do := func(text string) {
		t.Helper()
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	do(`INSERT INTO names_new (site, name, value) VALUES ('s', 'n1', 'l1'), ('s', 'n2', 'l1')`)
	do(`INSERT INTO terms_new VALUES (1, 's', 'ada@works.test', '', '', '')`)
	said("all waits", amid{})
	do(`INSERT INTO names SELECT site, name, value FROM names_new WHERE name = 'n2'`)
	said("a name is in order and waits", amid{tidying: true})
	do(`DELETE FROM names_new`)
	said("no name waits", amid{})
	do(`INSERT INTO terms VALUES ('s', 1, 'ada@works.test', 1)`)
	said("a term is in order and waits", amid{tidying: true})
	do(`DELETE FROM terms_new`)
	said("nothing waits", amid{})

	index, err := os.OpenFile(path+"-shm", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	var busy, pages, folded uint32
	if err := db.QueryRow("PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &folded); err != nil || folded == 0 {
		t.Fatal(folded, err)
	}
	for _, at := range []int64{foldedAt, foldingAt} {
		number := make([]byte, 4)
		if _, err := index.ReadAt(number, at); err != nil || binary.NativeEndian.Uint32(number) != folded {
			t.Errorf("SQLite folded %d pages, and at %d of its index stands %d, %v", folded, at, number, err)
		}
	}
	more := binary.NativeEndian.AppendUint32(nil, folded+1)
	if _, err := index.WriteAt(more, foldingAt); err != nil {
		t.Fatal(err)
	}
	said("folding is begun", amid{folding: true})
	if _, err := index.WriteAt(more, foldedAt); err != nil {
		t.Fatal(err)
	}
	said("folding is done", amid{})
}
