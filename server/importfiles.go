package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"assay/server/internal/transfer"
)

// formatBy gives the format that is asked for, or that a file's name tells.
func formatBy(name, file string) (transfer.Format, error) {
	if name != "" {
		return transfer.FormatOf(name)
	}
	switch strings.ToLower(filepath.Ext(file)) {
	case ".ndjson", ".jsonl":
		return transfer.NDJSON, nil
	}
	return transfer.CSV, nil
}

func columnMap(name string) (*transfer.Map, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxMap))
	if err != nil {
		return nil, err
	}
	return transfer.ParseMap(b)
}

// sameFile reports whether what is read from one name is replaced by writing to
// another; "-" is standard input.
func sameFile(read, written string) bool {
	if written == "" {
		return false
	}
	to, err := os.Stat(written)
	if err != nil || !to.Mode().IsRegular() {
		return false
	}
	from, err := os.Stat(read)
	if f, ok := stdin.(*os.File); ok && read == "-" {
		from, err = f.Stat()
	}
	return err == nil && os.SameFile(from, to)
}

// input opens a file, or standard input for "-", and gives its size if known.
func input(name string) (in io.ReadCloser, size int64, err error) {
	if name == "-" {
		return io.NopCloser(stdin), 0, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}
