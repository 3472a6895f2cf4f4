package sqlitestore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// LockFile is the name of the file that a running server holds locked in its
// folder. The lock goes with the process, however that ends; the file stays.
const LockFile = "assay.lock"

// ErrInUse: a server runs on this folder, or a restore is under way in it.
var ErrInUse = errors.New("sqlitestore: a server is running on this folder, or a restore is under way: stop it first")

// lock is the lock on a folder. Its zero value holds none.
type lock struct{ file *os.File }

// lockFolder takes a folder for this process alone: ErrInUse.
func lockFolder(dir string) (*lock, error) {
	f, err := os.OpenFile(filepath.Join(dir, LockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: lock folder: %w", err)
	}
	if err := lockFile(f); err != nil {
		return nil, errors.Join(fmt.Errorf("%w (%s)", err, dir), f.Close())
	}
	return &lock{f}, nil
}

// release gives the folder back. A lock that was never taken has nothing to
// give.
func (l *lock) release() error {
	if l == nil || l.file == nil {
		return nil
	}
	return l.file.Close()
}
