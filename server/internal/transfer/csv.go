package transfer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrHeader: a CSV file does not begin with the names of its columns.
var ErrHeader = errors.New("transfer: want a first row with at least one and at most 500 names of columns")

// csvFile is a CSV file with a header.
type csvFile struct {
	rows  *splitter
	names []string
	row   int
}

func openCSV(in *bufio.Reader) (*csvFile, error) {
	b, err := in.Peek(peek / 2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	line, _, _ := strings.Cut(string(b), "\n")
	f := &csvFile{}
	if mark, ok := strings.CutPrefix(strings.TrimSpace(line), "sep="); ok && len(mark) <= 1 { // for spreadsheets alone
		if _, err := in.Discard(len(line) + 1); err != nil {
			return nil, ErrHeader
		}
		f.rows = newSplitter(in, append([]byte(mark), '\t')[0])
		f.row++
	} else {
		f.rows = newSplitter(in, delimiter([]byte(line)))
	}
	header, err := f.next()
	if err == io.EOF || err == nil && header.fault != nil {
		return nil, ErrHeader
	}
	if err != nil {
		return nil, err
	}
	for i, name := range header.values {
		header.values[i] = strings.TrimSpace(name)
	}
	f.names, f.rows.width = header.values, len(header.values)
	if len(f.names) > maxColumns || strings.Join(f.names, "") == "" {
		return nil, ErrHeader
	}
	return f, nil
}

func (f *csvFile) columns() []string { return f.names }

// next gives the next row that is not blank.
func (f *csvFile) next() (*record, error) {
	for {
		raw, fault, err := f.rows.next()
		if err != nil {
			return nil, err
		}
		f.row++
		r := &record{row: f.row, size: len(raw), fault: fault}
		if fault != nil {
			return r, nil
		}
		if len(raw) == 0 {
			continue
		}
		raw, r.guessed = decoded(raw)
		r.values = fields(raw, f.rows.delim)
		if f.names != nil {
			f.fit(r)
		}
		return r, nil
	}
}

// fit takes what makes cells safe away, and empty values behind the last column. Some programs leave the last
// columns of a row out; values that no column is for are a fault.
func (f *csvFile) fit(r *record) {
	for i := len(f.names); i < len(r.values); i++ {
		if r.values[i] != "" {
			r.fault = &Fault{Code: "columns", Detail: fmt.Sprintf("want at most %d values, as the header has names", len(f.names))}
			return
		}
	}
	r.values = r.values[:min(len(r.values), len(f.names))]
	for i, v := range r.values {
		r.values[i] = unguard(v)
	}
}
