package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// File is the name of the database in its folder.
const File = "assay.db"

func (o *Options) complete() error {
	switch o.Synchronous {
	case "":
		o.Synchronous = "FULL"
	case "OFF", "NORMAL", "FULL", "EXTRA":
	default:
		return fmt.Errorf("sqlitestore: unknown synchronous setting %q", o.Synchronous)
	}
	if o.Queue <= 0 {
		o.Queue = 1024
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.pace == (pace{}) {
		if o.pace = usual; o.Hurried {
			o.pace = hurried
		}
	}
	return nil
}

// take locks the folder as the options ask for.
func (o *Options) take(dir string) (*lock, error) {
	if o.Alone {
		return lockServer(dir)
	}
	return lockContents(dir, shared, ErrRestoring)
}

// prepare makes folder and file, readable by nobody else: what is kept there
// is contact data. SQLite gives its other files the mode of this one.
func prepare(dir string) (path string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("sqlitestore: make folder: %w", err)
	}
	if path, err = filepath.Abs(filepath.Join(dir, File)); err != nil {
		return "", fmt.Errorf("sqlitestore: find folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", fmt.Errorf("sqlitestore: make file: %w", err)
	}
	if err := errors.Join(f.Close(), syncDir(filepath.Dir(path))); err != nil {
		return "", fmt.Errorf("sqlitestore: make file: %w", err)
	}
	return path, nil
}

// firstConn opens the file. SQLite waits for nobody who turns a new one to its log
// at the same time, so we do.
func firstConn(db *sql.DB, end time.Time) (*sql.Conn, error) {
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		c, err := db.Conn(context.Background())
		if faultOf(err) != sqlite3.SQLITE_BUSY || time.Now().After(end) {
			return c, err
		}
		<-again.C
	}
}

// syncDir makes a new file's name as durable as what is in it.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// busyWait is how many ms a connection waits for another process's lock.
const busyWait = 10_000

// The log may have so many pages of 4 KB before whoever commits has to fold it, 192 MB.
// Beside the writer it is folded sooner (folder). A log that fills a small disk before
// it is folded can never be.
const (
	mostLog  = 48_000
	leastLog = 1000
	logPart  = 4 // of the room that there is

	pageSize = 4096 // bytes
)

func logPages(bytes int64, known bool, most int) int {
	if !known {
		return most
	}
	return int(min(int64(most), max(leastLog, bytes/logPart/pageSize)))
}

// writerDSN: erased bytes are overwritten (secure_delete), and savepoints are kept
// in memory.
func writerDSN(path, synchronous string, log int) string {
	return dsn(path, url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyWait),
		"journal_mode(WAL)",
		"synchronous(" + synchronous + ")",
		"secure_delete(ON)",
		"temp_store(MEMORY)",
		fmt.Sprintf("wal_autocheckpoint(%d)", log),
		"cache_size(-65536)",
	}})
}

// folderDSN is for a connection that writes nothing of its own. It gives way at once.
func folderDSN(path, synchronous string) string {
	return dsn(path, url.Values{"_pragma": {"synchronous(" + synchronous + ")", "wal_autocheckpoint(0)"}})
}

func readerDSN(path string) string {
	return dsn(path, url.Values{"mode": {"ro"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyWait),
		"query_only(ON)",
		"temp_store(MEMORY)",
		"cache_size(-8192)",
	}})
}

// snapshotDSN is for one look at a whole file, which nothing may change.
func snapshotDSN(path string) string {
	return dsn(path, url.Values{"mode": {"ro"}, "_pragma": {fmt.Sprintf("busy_timeout(%d)", busyWait), "temp_store(MEMORY)"}})
}

func dsn(path string, v url.Values) string {
	return (&url.URL{Scheme: "file", Path: path, RawQuery: v.Encode()}).String()
}
