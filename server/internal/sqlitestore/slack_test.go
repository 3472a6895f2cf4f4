package sqlitestore

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// SQLite leaves copies of index entries in the unused middle of pages from which it
// moved them, and erasing does not find them there. A restored backup has none: what
// the README says to do.
func TestARestoredBackupHoldsNothingInTheSlackOfPages(t *testing.T) {
	dir := t.TempDir()
	s := must(Open(dir, Options{}))(t)
	err := errors.Join(s.Update(bg, "s", save(&lead.Lead{ID: "l1"})), s.Update(bg, "s", claim("l1", "h1")), s.Close())
	if err != nil {
		t.Fatal(err)
	}
	leaveInSlack(t, filepath.Join(dir, File), "names_new", secret)
	if err := openIn(t, dir, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if !holds(t, dir, secret) {
		t.Fatal("there is nothing in the slack")
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(Backup(bg, dir, copied))(t)
	restored := must(Restore(bg, copied, dir, true, time.Now()))(t)
	if err := os.RemoveAll(restored.Aside); err != nil {
		t.Fatal(err)
	}
	if holds(t, dir, secret) || holds(t, filepath.Dir(copied), secret) {
		t.Error("erased bytes are still in the files")
	}
	again := openIn(t, dir, Options{})
	if of := must(again.Lead(bg, "s", "l1"))(t); of.ID != "l1" {
		t.Errorf("it has %s", of.ID)
	}
}

// leaveInSlack writes a text between the pointers and the cells of a table's page that
// has few: SQLite's file format, 1.6.
func leaveInSlack(t *testing.T, path, table, text string) {
	t.Helper()
	db := must(sql.Open("sqlite", path))(t)
	var page int64
	if err := errors.Join(db.QueryRow(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'`, table).Scan(&page), db.Close()); err != nil {
		t.Fatal(err)
	}
	f := must(os.OpenFile(path, os.O_RDWR, 0))(t)
	defer f.Close()
	start := (page - 1) * pageSize
	header := make([]byte, 8)
	must(f.ReadAt(header, start))(t)
	pointersEnd := 8 + 2*int64(binary.BigEndian.Uint16(header[3:]))
	if cells := int64(binary.BigEndian.Uint16(header[5:])); cells < pointersEnd+int64(len(text)) {
		t.Fatalf("the page has no slack: %d to %d", pointersEnd, cells)
	}
	must(f.WriteAt([]byte(text), start+pointersEnd))(t)
}
