// Package transfer brings contacts in from files and out into files: it reads
// CSV and NDJSON, guesses what their columns mean, and gives every row to intake
// as a touch of its own. It knows neither transport nor store, holds no more
// than some rows in memory, and no row that is wrong stops another.
package transfer

import (
	"fmt"
	"io"
)

// Bounds of a file.
const (
	MaxRow     = 256 << 10 // bytes of one row; contacts gather more than the 64 KiB that one touch may say
	maxColumns = 500
	headRows   = 1000    // rows from which formats are guessed
	headBytes  = 1 << 20 // and their bytes
)

// Format is how a file is written.
type Format string

// The formats.
const (
	CSV    Format = "csv" // comma, semicolon, tab or bar between values, a header first
	NDJSON Format = "ndjson"
)

// FormatOf gives the format of a name.
func FormatOf(name string) (Format, error) {
	if f := Format(name); f == CSV || f == NDJSON {
		return f, nil
	}
	return "", fmt.Errorf("format %q: want csv or ndjson", name)
}

// Fault is what is wrong with a row.
type Fault struct {
	Column string `json:"column,omitempty"` // as the file names it; empty: the row as a whole
	Code   string `json:"code"`             // stable
	Detail string `json:"detail"`           // what was expected; nothing of what the row says
}

// record is one row as it was read.
type record struct {
	row     int      // as a spreadsheet counts: of a CSV file the header is 1
	size    int      // bytes
	values  []string // by column; those at the end may be missing
	guessed bool     // it is no UTF-8, and was taken for Windows-1252
	fault   *Fault   // why the row cannot be read
}

func (r *record) value(column int) string {
	if column >= len(r.values) {
		return ""
	}
	return r.values[column]
}

// source gives a file's rows. Its columns may grow from row to row.
type source interface {
	columns() []string
	next() (*record, error) // io.EOF after the last
}

// head reads the first rows, to be given again before the others.
func head(src source) (list []*record, err error) {
	size := 0
	for len(list) < headRows && size < headBytes {
		r, err := src.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		list = append(list, r)
		size += r.size
	}
	return list, nil
}
