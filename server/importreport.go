package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"assay/server/internal/transfer"
)

// maxComplaints is how many rows are named on the terminal.
const maxComplaints = 20

// Letters of a file's texts that the terminal shows.
const (
	nameWidth = 32  // of a column's name
	noteWidth = 300 // of a note, which may quote a name
)

// complain names a row that is wrong.
func (t *tool) complain(p *progress, r *transfer.Result, failed int) {
	if failed > maxComplaints {
		return
	}
	p.end()
	for _, f := range r.Errors {
		where := ""
		if f.Column != "" {
			where = shown(f.Column, nameWidth) + ": "
		}
		fmt.Fprintf(t.errs, "row %d: %s%s\n", r.Row, where, f.Detail)
	}
	if failed == maxComplaints {
		fmt.Fprintln(t.errs, "further rows that are wrong are only counted here; -results FILE has them all")
	}
}

// summarise says what became of a file.
func (t *tool) summarise(im *transfer.Import, sum *transfer.Summary, took time.Duration) {
	if im.Into == nil {
		t.showColumns(sum)
	}
	for _, w := range sum.Warnings {
		fmt.Fprintln(t.errs, "note:", shown(w, noteWidth))
	}
	if im.Into != nil {
		var unknown []string
		for _, c := range sum.Columns {
			if c.Target == "" {
				unknown = append(unknown, shown(c.Name, nameWidth))
			}
		}
		if len(unknown) > 0 {
			fmt.Fprintf(t.errs, "note: not imported, since nobody knows what they are: %s\n", strings.Join(unknown, ", "))
		}
		fmt.Fprintf(t.out, "%s: %s created, %s updated, %s known already, %s failed, in %s\n", many(sum.Rows, "row", "rows"), thousands(sum.Created),
			thousands(sum.Updated), thousands(sum.Unchanged), thousands(sum.Failed), took.Round(time.Millisecond))
		return
	}
	fmt.Fprintf(t.out, "%s: %s can be imported, %s; nothing was stored\n", many(sum.Rows, "row", "rows"), thousands(sum.Rows-sum.Failed), many(sum.Failed, "is wrong", "are wrong"))
}

// showColumns is the table of a dry run.
func (t *tool) showColumns(sum *transfer.Summary) {
	fmt.Fprintf(t.out, "%-32s %-14s %6s  %s\n", "COLUMN", "BECOMES", "FILLED", "SUCH AS")
	for _, c := range sum.Columns {
		target := c.Target
		switch target {
		case "":
			target = "(unknown)"
		case "-":
			target = "(left out)"
		}
		filled := 0.0
		if sum.Rows > 0 {
			filled = 100 * float64(c.Filled) / float64(sum.Rows)
		}
		fmt.Fprintf(t.out, "%-32s %-14s %5.0f%%  %s\n", shown(c.Name, nameWidth), target, filled, shown(c.Sample, 40))
	}
}

// shown makes a file's text fit for a terminal: so many letters, none of which
// moves its cursor or turns its text around.
func shown(s string, most int) string {
	letters := []rune(s[:min(len(s), most*utf8.UTFMax+1)])
	if len(letters) > most {
		letters = append(letters[:most-1], '…')
	}
	for i, c := range letters {
		if !unicode.IsPrint(c) {
			letters[i] = ' '
		}
	}
	return string(letters)
}

// resultsFile holds a line for each row. Its zero value takes none.
type resultsFile struct {
	file *os.File
	buf  *bufio.Writer
}

func newResults(name string) (*resultsFile, error) {
	if name == "" {
		return &resultsFile{}, nil
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	return &resultsFile{f, bufio.NewWriter(f)}, nil
}

func (w *resultsFile) add(r *transfer.Result) error {
	if w.file == nil {
		return nil
	}
	return json.NewEncoder(w.buf).Encode(r)
}

func (w *resultsFile) close() error {
	if w.file == nil {
		return nil
	}
	return errors.Join(w.buf.Flush(), w.file.Close())
}
