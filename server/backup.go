package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"assay/server/internal/sqlitestore"
)

const backupHelp = `Usage: assay backup -to FILE [flags]

Copies the embedded store as it is at one moment, also while the server runs
and is busy. The copy is one file with everything that was acknowledged before,
is checked before it gets its name, and can be read by you alone (mode 0600).
It holds contact data. The key file is copied beside it as FILE.keys.json:
without these keys, people who are known would look new. Who holds both can
impersonate visitors' sessions, so keep them as you keep passwords. Nothing that
exists is replaced.

  -to FILE           the backup; a name that is not taken
  -data-dir FOLDER   of the store            (ASSAY_DATA_DIR, ./data)
  -keys FILE         the server's key file   (ASSAY_KEYS, FOLDER/keys.json)
  -no-keys           leave the key file out, because you keep it elsewhere

A store on MongoDB is backed up with mongodump --oplog.

Exit codes: 0 it is done, 1 it failed and left nothing, 2 wrong usage.
`

// backup copies the embedded store and its keys.
func backup(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	f := newCopying("assay backup", copyWords{flag: "to", help: backupHelp, missing: "say where to put the backup: -to FILE",
		instead: "use mongodump --oplog, and copy the key file"}, getenv)
	if code, done := f.read(args, out, errs); done {
		return code
	}
	to, begun := f.file, time.Now()
	if _, err := os.Stat(filepath.Dir(to)); errors.Is(err, fs.ErrNotExist) {
		return f.failed(errs, fmt.Errorf("there is no folder %s: make it first, or name another one with -to", filepath.Dir(to)))
	}
	if !f.noKeys {
		if err := copyKeys(f.keys, keysBeside(to)); err != nil {
			return f.failed(errs, keysFault(err, keysBeside(to)))
		}
	}
	c, err := sqlitestore.Backup(ctx, f.dir, to)
	if err != nil {
		if !f.noKeys {
			err = errors.Join(err, os.Remove(keysBeside(to)))
		}
		return f.failed(errs, err)
	}
	copied(out, to, c, begun)
	if f.noKeys {
		fmt.Fprintf(out, "without keys: a server can use it only with the key file that you keep\n")
	} else {
		fmt.Fprintf(out, "%s: its keys\n", keysBeside(to))
	}
	return fine
}

// keysFault says what to do when keys cannot be copied.
func keysFault(err error, to string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: name it with -keys, or leave it out with -no-keys", err)
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already: a backup replaces nothing, so choose another name", to)
	}
	return err
}
