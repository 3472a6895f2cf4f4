package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"assay/server/internal/sqlitestore"
)

const restoreHelp = `Usage: assay restore -from FILE [flags]

Puts a backup in place as the store of a folder on which no server and no other
command runs. The copy is checked first, and put in place in one step.
FILE.keys.json becomes the key file.

  -from FILE         what assay backup made
  -data-dir FOLDER   to restore to           (ASSAY_DATA_DIR, ./data)
  -keys FILE         the server's key file   (ASSAY_KEYS, FOLDER/keys.json)
  -replace           when there is a store or another key file already: keep it
                     beside the new one, as assay.db.before-DATE, and go on
  -no-keys           restore no keys: the key file is in place, or will be

A store on MongoDB is restored with mongorestore --oplogReplay.

Exit codes: 0 it is done, 1 it failed and the old store is in place, 2 wrong usage.
`

// restore puts a backup and its keys in place.
func restore(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	f := newCopying("assay restore", copyWords{flag: "from", help: restoreHelp, missing: "say which backup to restore: -from FILE",
		instead: "use mongorestore --oplogReplay, and copy the key file"}, getenv)
	replace := f.Bool("replace", false, "")
	if code, done := f.read(args, out, errs); done {
		return code
	}
	from, now := f.file, time.Now()
	if !f.noKeys {
		if err := keysFit(keysBeside(from), f.keys, *replace); err != nil {
			return f.failed(errs, err)
		}
	}
	r, err := sqlitestore.Restore(ctx, from, f.dir, *replace, now)
	if err != nil {
		return f.failed(errs, err)
	}
	copied(out, f.dir, &r.Contents, now)
	if r.Aside != "" {
		fmt.Fprintf(out, "%s: what was there before; delete it when you need it no more: it holds contact data\n", r.Aside)
	}
	if f.noKeys {
		return fine
	}
	aside, err := restoreKeys(keysBeside(from), f.keys, now)
	if err != nil {
		return f.failed(errs, fmt.Errorf("the store is in place, but not its keys: copy %s to %s: %w", keysBeside(from), f.keys, err))
	}
	if aside != "" {
		fmt.Fprintf(out, "%s: the keys that were there before\n", aside)
	}
	return fine
}

// keysFit fails when the backup has no keys, or when others are in place and
// are not to be replaced.
func keysFit(from, place string, replace bool) error {
	same, err := sameKeys(from, place)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s, the backup's keys, is not there: without them people who are known look new; "+
			"put the key file in place and add -no-keys", from)
	case err != nil:
		return err
	case !same && !replace:
		return fmt.Errorf("%s holds other keys than the backup's: add -replace to move it aside", place)
	}
	return nil
}

// sameKeys reports whether a key file holds the backup's keys, or is not there:
// fs.ErrNotExist when those of the backup are not.
func sameKeys(from, place string) (bool, error) {
	backed, err := os.ReadFile(from)
	if err != nil {
		return false, err
	}
	present, err := os.ReadFile(place)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return bytes.Equal(backed, present), err
}

// restoreKeys puts a backup's keys in place, and says where those went that
// were there.
func restoreKeys(from, place string, now time.Time) (aside string, err error) {
	if same, err := sameKeys(from, place); err != nil {
		return "", err
	} else if !same {
		if aside, err = sqlitestore.AsideName(place, now); err != nil {
			return "", err
		}
		if err := os.Rename(place, aside); err != nil {
			return "", err
		}
	}
	if err := copyKeys(from, place); err != nil && !errors.Is(err, fs.ErrExist) { // the same are there
		return aside, err
	}
	return aside, nil
}
