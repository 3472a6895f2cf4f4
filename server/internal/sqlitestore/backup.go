package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// partial ends the name of a file that is not whole yet.
const partial = ".partial"

// Backup copies the store in a folder, in which a server may be writing, to a
// file of its own: a snapshot of one moment, with everything that was
// acknowledged before Backup was called. The file has mode 0600, is checked,
// and appears under its name once it is on the disk; an existing one is never
// replaced.
//
// It is VACUUM INTO over a reading connection of its own: writers go on
// meanwhile, but their log grows until it is done.
func Backup(ctx context.Context, dir, to string) (*Contents, error) {
	source := filepath.Join(dir, File)
	if _, err := os.Stat(source); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no store at %s: name its folder with -data-dir", source)
	}
	held, err := lockContents(dir, shared, ErrRestoring)
	if err != nil {
		return nil, err
	}
	defer held.release()
	if _, err := os.Lstat(to); err == nil {
		return nil, fmt.Errorf("%s is there already: a backup replaces nothing, so choose another name", to)
	}
	f, err := os.OpenFile(to+partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is there: wait for the other backup, or delete what a broken one left", to+partial)
	} else if err != nil {
		return nil, err
	}
	defer os.Remove(to + partial)
	if err := f.Close(); err != nil {
		return nil, err
	}
	if err := vacuumInto(ctx, source, to+partial); err != nil {
		return nil, fmt.Errorf("copy the store: %w", err)
	}
	c, err := Check(ctx, to+partial)
	if err != nil {
		return nil, err
	}
	return c, publish(to+partial, to)
}

// vacuumInto writes a snapshot of a database into an empty file.
func vacuumInto(ctx context.Context, source, to string) error {
	source, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", snapshotDSN(source))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return errors.Join(err, db.Close())
}

// publish gives a whole file its name, and makes file and name durable. SQLite
// does not sync what VACUUM INTO writes. A link fails where a name is taken,
// and a rename would not.
func publish(whole, name string) error {
	if err := syncFile(whole); err != nil {
		return err
	}
	if err := os.Link(whole, name); err != nil {
		return err
	}
	return errors.Join(os.Remove(whole), syncDir(filepath.Dir(name)))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
