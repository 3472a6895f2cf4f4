package sqlitestore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// InUse reports whether a server has the folder, or a restore. It shares the
// lock for an instant, in which no server can begin.
func InUse(dir string) (bool, error) {
	f, err := os.Open(filepath.Join(dir, LockFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	l, err := lockOpened(f, shared, ErrInUse)
	if errors.Is(err, ErrInUse) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, l.release()
}

// ifAServerRuns is why a command must not change the schema.
func ifAServerRuns(dir string) error {
	used, err := InUse(dir)
	if used {
		return errOlderServer
	}
	return err
}
