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

var (
	// ErrRestoring: a restore is under way in the folder.
	ErrRestoring = errors.New("sqlitestore: a restore is under way in this folder: wait for its end")
	// ErrCommands: a command has the folder's store open.
	ErrCommands = errors.New("sqlitestore: another assay command is working in this folder: wait for its end")
)

// errLocked: another process has a lock that does not go with ours.
var errLocked = errors.New("locked by another process")

// sharing tells whether others may have a lock too.
type sharing bool

const (
	exclusive sharing = false
	shared    sharing = true
)

// lock is the lock on a folder. Its zero value holds none.
type lock struct{ file *os.File }

// lockServer takes the place of a folder's server: ErrInUse.
func lockServer(dir string) (*lock, error) {
	f, err := os.OpenFile(filepath.Join(dir, LockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: lock folder: %w", err)
	}
	return lockOpened(f, exclusive, ErrInUse)
}

// lockContents has the store stay in place while it is open (shared), or keeps
// others from opening it while it is replaced. The lock is on the folder itself: a
// server holds the other one. It fails with refusal where somebody is in the way.
func lockContents(dir string, how sharing, refusal error) (*lock, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: lock folder: %w", err)
	}
	return lockOpened(f, how, refusal)
}

// lockOpened locks a file until it is closed. It fails with refusal where another
// process is in the way.
func lockOpened(f *os.File, how sharing, refusal error) (*lock, error) {
	err := lockFile(f, how)
	if err == nil {
		return &lock{f}, nil
	}
	if errors.Is(err, errLocked) {
		err = refusal
	}
	return nil, errors.Join(fmt.Errorf("%w (%s)", err, f.Name()), f.Close())
}

// release gives the folder back. A lock that was never taken has nothing to
// give.
func (l *lock) release() error {
	if l == nil || l.file == nil {
		return nil
	}
	return l.file.Close()
}
