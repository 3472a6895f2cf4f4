package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"assay/server/internal/config"
)

// storeFlags are those that commands on a store share.
type storeFlags struct {
	*flag.FlagSet
	dir, keys, mongo string
	noKeys           bool
}

func newStoreFlags(name string, getenv func(string) string) *storeFlags {
	f := &storeFlags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	f.SetOutput(io.Discard)
	dir := getenv("ASSAY_DATA_DIR")
	if dir == "" {
		dir = "./data"
	}
	f.StringVar(&f.dir, "data-dir", dir, "")
	f.StringVar(&f.keys, "keys", getenv("ASSAY_KEYS"), "")
	f.StringVar(&f.mongo, "mongodb-uri", getenv("ASSAY_MONGODB_URI"), "")
	return f
}

// newCopyFlags adds those that backup and restore share.
func newCopyFlags(name string, getenv func(string) string) *storeFlags {
	f := newStoreFlags(name, getenv)
	f.BoolVar(&f.noKeys, "no-keys", false, "")
	return f
}

// read parses arguments. When done is true there is nothing left to do, and the
// code is the program's.
func (f *storeFlags) read(args []string, help, instead string, out, errs io.Writer) (code int, done bool) {
	err := f.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, help)
		return fine, true
	case err != nil:
		return f.misused(errs, err.Error()), true
	case f.NArg() > 0:
		return f.misused(errs, fmt.Sprintf("takes no argument, but was given %q", f.Arg(0))), true
	case f.mongo != "":
		return f.misused(errs, "a MongoDB address is set (ASSAY_MONGODB_URI or -mongodb-uri), and this is for the embedded store: "+instead), true
	}
	if f.keys == "" {
		f.keys = filepath.Join(f.dir, "keys.json")
	}
	return fine, false
}

func (f *storeFlags) misused(errs io.Writer, text string) int {
	fmt.Fprintf(errs, "%s: %s\n%s -h tells more.\n", f.Name(), text, f.Name())
	return misuse
}

func (f *storeFlags) failed(errs io.Writer, err error) int {
	fmt.Fprintf(errs, "%s: %s\n", f.Name(), err)
	return failure
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
