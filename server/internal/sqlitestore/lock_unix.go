//go:build unix

package sqlitestore

import (
	"errors"
	"os"
	"syscall"
)

// lockFile locks an open file until it is closed: errLocked.
func lockFile(f *os.File, how sharing) error {
	operation := syscall.LOCK_EX
	if how == shared {
		operation = syscall.LOCK_SH
	}
	err := syscall.Flock(int(f.Fd()), operation|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
