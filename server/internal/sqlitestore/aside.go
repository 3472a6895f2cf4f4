package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// setAside gives a store a second name, and leaves no log beside the first, which
// SQLite would fold into the store that comes. What a killed server acknowledged
// last is in the log alone, so it is folded before it goes: the old store is whole
// for as long as it has its name. A log that a damaged store does not take is kept
// under the second name.
func setAside(ctx context.Context, store, aside string) error {
	whole := fold(ctx, store) == nil
	if err := os.Link(store, aside); err != nil {
		return err
	}
	if !whole {
		if err := os.Link(store+"-wal", aside+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := syncDir(filepath.Dir(store)); err != nil {
		return err
	}
	return dropLog(store)
}

// fold puts what is in a store's log into its file, on the disk.
func fold(ctx context.Context, store string) error {
	path, err := filepath.Abs(store)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", writerDSN(path, "FULL", mostLog))
	if err != nil {
		return err
	}
	var busy, frames, folded int
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	if err == nil && busy != 0 {
		err = errors.New("somebody reads it")
	}
	return errors.Join(err, db.Close())
}

// dropLog removes a store's log.
func dropLog(store string) error {
	for _, ending := range []string{"-wal", "-shm"} {
		if err := os.Remove(store + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return syncDir(filepath.Dir(store))
}
