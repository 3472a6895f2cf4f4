package main

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"assay/server/internal/sqlitestore"
)

// amid is what a server over the embedded store was doing when it died.
type amid struct {
	tidying bool // new names or terms: some were in order and not yet deleted
	folding bool // the log: some pages may have been in the file, and not yet counted
}

// amidWhat tells it by the files that the server left, which stay as they are: that
// the store recovers, the server's next start shall see.
func amidWhat(dir string) (a amid, err error) {
	if a.folding, err = foldsIn(dir); err != nil {
		return a, err
	}
	copied, err := os.MkdirTemp(filepath.Dir(dir), "amid-")
	if err != nil {
		return a, err
	}
	defer func() { err = joined(err, os.RemoveAll(copied)) }()
	for _, end := range []string{"", "-wal"} {
		if err := copyFile(filepath.Join(dir, sqlitestore.File+end), filepath.Join(copied, sqlitestore.File+end)); err != nil {
			return a, err
		}
	}
	a.tidying, err = tidiesIn(filepath.Join(copied, sqlitestore.File))
	return a, err
}

// halfTidied finds what is in order and waits to be, too.
const halfTidied = `SELECT EXISTS (SELECT 1 FROM names_new w JOIN names n ON n.site = w.site AND n.name = w.name)
	OR EXISTS (SELECT 1 FROM terms_new w JOIN terms t ON t.site = w.site AND t.kind = 1 AND t.term = w.email AND t.lead = w.lead)`

func tidiesIn(path string) (found bool, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return false, err
	}
	defer func() { err = joined(err, db.Close()) }()
	return found, db.QueryRow(halfTidied).Scan(&found)
}

// Where SQLite's index of the log (the file that ends in -shm) tells how many pages of
// the log are folded into the file, and of how many that was begun: walformat.html of
// SQLite, "WAL-Index Format". The numbers have the machine's byte order.
const (
	foldedAt   = 96
	foldingAt  = 128
	indexBytes = 136
)

func foldsIn(dir string) (bool, error) {
	f, err := os.Open(filepath.Join(dir, sqlitestore.File+"-shm"))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	defer f.Close()
	index := make([]byte, indexBytes)
	if _, err := io.ReadFull(f, index); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return binary.NativeEndian.Uint32(index[foldingAt:]) > binary.NativeEndian.Uint32(index[foldedAt:]), nil
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = joined(err, out.Close()) }()
	if _, err = io.Copy(out, in); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return nil
}
