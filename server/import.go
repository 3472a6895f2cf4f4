package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"assay/server/internal/app"
	"assay/server/internal/intake"
	"assay/server/internal/transfer"
)

const importHelp = `Usage: assay import -site KEY [flags] FILE|-

Brings leads in from a CSV file with a header, or from one JSON object a line,
also while the server runs. Columns are guessed as HubSpot, Salesforce and assay
export name them; see what it makes of them with -dry-run. A row becomes a touch
that is unverified and raises no alert; it takes nobody back and overrules
nobody. A row that is wrong is named and stops no other. The same file again
changes nothing, so an import that was cut off is simply run again.

  -site KEY            the site
  -dry-run             show what each column becomes and which rows are wrong,
                       and store nothing; needs no store
  -format csv|ndjson   by the file's name without it (.ndjson, .jsonl), else csv
  -map FILE            JSON in place of guesses:
                       {"columns":{"COLUMN":"FIELD","OTHER":"-"},
                        "stages":{"WORD":"STAGE"},"dates":"day_first"}
  -name NAME           of the import, and the form of its touches (import)
  -alert               reps hear of new prospects in it
  -results FILE        write a line of JSON for each row
` + storeHelp + `
Example:
  assay import -site northbeck -dry-run contacts.csv
  assay import -site northbeck contacts.csv

Exit codes: 0 all rows are in, 1 some are wrong or it failed, 2 wrong usage.
`

// maxMap is the longest column map in bytes.
const maxMap = 1 << 20

func importCommand(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay import", importHelp, getenv, out, errs)
	im := &transfer.Import{Now: time.Now}
	key, dry := t.String("site", "", ""), t.Bool("dry-run", false, "")
	format, mapFile, results := t.String("format", "", ""), t.String("map", "", ""), t.String("results", "", "")
	t.StringVar(&im.Name, "name", transfer.DefaultName, "")
	t.BoolVar(&im.Alert, "alert", false, "")
	if code, done := t.read(args, 1); done {
		return code
	}
	var err error
	if im.Format, err = formatBy(*format, t.Arg(0)); err != nil {
		return t.misused(errs, err.Error())
	}
	if im.Map, err = columnMap(*mapFile); err != nil {
		return t.misused(errs, err.Error())
	}
	if *dry {
		im.Site = intake.Site{Key: *key}
		code, err := t.load(ctx, im, t.Arg(0), *results)
		if err != nil {
			return t.failed(errs, err)
		}
		return code
	}
	code := fine
	opened := t.with(ctx, false, func(tools *app.Tools) error {
		s, err := site(ctx, tools, *key)
		if err != nil {
			return err
		}
		im.Into, im.Site = tools.Intake, s.Intake
		code, err = t.load(ctx, im, t.Arg(0), *results)
		return err
	})
	return max(code, opened)
}

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

// load imports a file and tells of it.
func (t *tool) load(ctx context.Context, im *transfer.Import, name, results string) (code int, err error) {
	in, total, err := input(name)
	if err != nil {
		return failure, err
	}
	defer in.Close()
	written, err := newResults(results)
	if err != nil {
		return failure, err
	}
	read := &counter{Reader: in}
	p := newProgress(t.errs, "rows", total, read.n.Load)
	rows, failed := 0, 0
	sum, err := im.Run(ctx, read, func(r *transfer.Result) error {
		rows++
		if r.Status == transfer.Failed {
			failed++
			t.complain(p, r, failed)
		}
		p.at(rows, fmt.Sprintf(", %s failed", thousands(failed)))
		return written.add(r)
	})
	p.end()
	if err = errors.Join(err, written.close()); errors.Is(err, transfer.ErrHeader) {
		err = errors.New("want a first row with the names of 1 to 500 columns")
	}
	t.summarise(im, sum, time.Since(p.begun))
	if err != nil || failed > 0 {
		return failure, err
	}
	return fine, nil
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

// maxComplaints is how many rows are named on the terminal.
const maxComplaints = 20

// complain names a row that is wrong.
func (t *tool) complain(p *progress, r *transfer.Result, failed int) {
	if failed > maxComplaints {
		return
	}
	p.end()
	for _, f := range r.Errors {
		where := ""
		if f.Column != "" {
			where = f.Column + ": "
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
		fmt.Fprintln(t.errs, "note:", w)
	}
	if im.Into != nil {
		var unknown []string
		for _, c := range sum.Columns {
			if c.Target == "" {
				unknown = append(unknown, c.Name)
			}
		}
		if len(unknown) > 0 {
			fmt.Fprintf(t.errs, "note: not imported, since nobody knows what they are: %s\n", strings.Join(unknown, ", "))
		}
		fmt.Fprintf(t.out, "%s rows: %s created, %s updated, %s known already, %s failed, in %s\n", thousands(sum.Rows), thousands(sum.Created),
			thousands(sum.Updated), thousands(sum.Unchanged), thousands(sum.Failed), took.Round(time.Millisecond))
		return
	}
	fmt.Fprintf(t.out, "%s rows: %s can be imported, %s are wrong; nothing was stored\n", thousands(sum.Rows), thousands(sum.Rows-sum.Failed), thousands(sum.Failed))
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
		fmt.Fprintf(t.out, "%-32s %-14s %5.0f%%  %s\n", shown(c.Name, 32), target, filled, shown(c.Sample, 40))
	}
}

// shown makes a file's text fit for a terminal: so many letters, none of which
// moves its cursor.
func shown(s string, most int) string {
	var b strings.Builder
	n := 0
	for _, c := range s {
		if n++; n > most {
			return b.String()[:len(b.String())-1] + "…"
		}
		if c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 {
			c = ' '
		}
		b.WriteRune(c)
	}
	return b.String()
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
