package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"assay/server/internal/config"
	"assay/server/internal/sqlitestore"
)

// copying is a command that copies the embedded store and its keys: backup or
// restore.
type copying struct {
	*storeFlags
	file   string // the backup
	noKeys bool
	words  copyWords
}

// copyWords are what backup and restore say differently.
type copyWords struct {
	flag    string // that names the backup
	help    string
	missing string // when no backup is named
	instead string // what to do with a store on MongoDB
}

func newCopying(name string, words copyWords, getenv func(string) string) *copying {
	c := &copying{storeFlags: newStoreFlags(name, getenv), words: words}
	c.StringVar(&c.file, words.flag, "", "")
	c.BoolVar(&c.noKeys, "no-keys", false, "")
	return c
}

// read parses arguments. When done is true there is nothing left to do, and the
// code is the program's.
func (c *copying) read(args []string, out, errs io.Writer) (code int, done bool) {
	if code, done := c.parse(args, c.words.help, out, errs); done {
		return code, true
	}
	switch {
	case c.NArg() > 0:
		return c.misused(errs, fmt.Sprintf("takes no argument, but was given %q", c.Arg(0))), true
	case c.mongo != "":
		return c.misused(errs, "a MongoDB address is set (ASSAY_MONGODB_URI or -mongodb-uri), and this is for the embedded store: "+c.words.instead), true
	case c.file == "":
		return c.misused(errs, c.words.missing), true
	}
	return fine, false
}

// copied tells what was copied to a place, and how long it took.
func copied(out io.Writer, to string, c *sqlitestore.Contents, begun time.Time) {
	fmt.Fprintf(out, "%s: %s, %s, %s, in %s\n", to, megabytes(c.Bytes), many(int(c.Leads), "lead", "leads"), many(int(c.Touches), "touch", "touches"), time.Since(begun).Round(time.Millisecond))
}

// keysBeside names the copy of the key file that belongs to a backup.
func keysBeside(backup string) string { return backup + ".keys.json" }

// copyKeys makes a durable copy of a sound key file, with mode 0600, where
// there is no file yet.
func copyKeys(from, to string) (err error) {
	if _, err := config.ReadKeys(from); err != nil {
		return err
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	if err = errors.Join(err, out.Sync(), out.Close(), syncFolder(to)); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// syncFolder makes a new file's name as durable as what is in it.
func syncFolder(file string) error {
	d, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// megabytes shows a size to people.
func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
