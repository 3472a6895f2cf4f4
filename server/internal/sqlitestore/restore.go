package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// restoring ends the name of a copy that is not in place yet.
const restoring = ".restoring"

// Restored is what Restore did.
type Restored struct {
	Contents
	Aside string // where the store that was there before is now; empty without one
}

// Restore puts a backup in place as a folder's store: ErrInUse while a server
// runs there. A store that is there is refused, unless it is to be replaced;
// then it is kept beside the new one under a name with the instant. The copy is
// checked before it is in place, which is one rename: whatever happens, the
// folder has the old store or the new one.
func Restore(ctx context.Context, from, dir string, replace bool, now time.Time) (_ *Restored, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	held, err := lockServer(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, held.release()) }()
	target := filepath.Join(dir, File)
	_, err = os.Lstat(target)
	old := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if old && !replace {
		return nil, fmt.Errorf("%s is there already: add -replace to move it aside", target)
	}
	copied := target + restoring
	defer os.Remove(copied) // of a restore that failed
	if err := copyFile(from, copied); err != nil {
		return nil, err
	}
	c, err := Check(ctx, copied)
	if err != nil {
		return nil, fmt.Errorf("copy of %s: %w", from, err)
	}
	r := &Restored{Contents: *c}
	if old {
		r.Aside = target + ".before-" + now.UTC().Format("20060102T150405Z")
		if err := setAside(target, r.Aside); err != nil {
			return nil, err
		}
	}
	if err := dropLog(target); err != nil {
		return nil, err
	}
	if err := os.Rename(copied, target); err != nil {
		return nil, err
	}
	return r, syncDir(dir)
}

// copyFile makes a copy that only we can read, on the disk.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// setAside gives a store a second name, and its log too: what a killed server
// acknowledged last may be in there alone.
func setAside(store, aside string) error {
	for _, ending := range []string{"", "-wal"} {
		if err := os.Link(store+ending, aside+ending); err != nil && !(ending != "" && errors.Is(err, fs.ErrNotExist)) {
			return fmt.Errorf("move the old store aside: %w", err)
		}
	}
	return syncDir(filepath.Dir(store))
}

// dropLog removes the log of the store that is going: SQLite would fold it into
// the new one.
func dropLog(store string) error {
	for _, ending := range []string{"-wal", "-shm"} {
		if err := os.Remove(store + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return syncDir(filepath.Dir(store))
}
