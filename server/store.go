package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
)

// storeFlags are those that commands on a store share.
type storeFlags struct {
	*flag.FlagSet
	dir, keys, mongo string
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

// parse reads flags, and puts in what follows from them. When done is true there
// is nothing left to do, and the code is the program's.
func (f *storeFlags) parse(args []string, help string, out, errs io.Writer) (code int, done bool) {
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, help)
		return fine, true
	case err != nil:
		return f.misused(errs, err.Error()), true
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
