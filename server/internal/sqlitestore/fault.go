package sqlitestore

import (
	"errors"
	"fmt"
	"time"

	"assay/server/internal/intake"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// faultOf gives the kind of a fault of SQLite's, and 0 for anything else.
func faultOf(err error) int {
	var f *sqlite.Error
	if !errors.As(err, &f) {
		return 0
	}
	return f.Code() & 0xff // without what the extended code adds
}

// forNow makes intake.ErrUnavailable of what is no fault of the unit of work: a
// disk that is full or fails, or another process that does not let go of the file.
func forNow(err error) error {
	switch faultOf(err) {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY:
		return fmt.Errorf("%w: %w", intake.ErrUnavailable, err)
	}
	return err
}

// unwritten is the last write that the disk did not take.
type unwritten struct {
	err error
	at  time.Time
}
