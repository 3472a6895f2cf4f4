package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"assay/server/internal/app"
	"assay/server/internal/catalog"
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
	for _, read := range []string{t.Arg(0), *mapFile} {
		if sameFile(read, *results) {
			return t.misused(errs, "the results would replace "+read+", which is read: name another file with -results")
		}
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
	opened := t.inSite(ctx, *key, func(tools *app.Tools, s *catalog.Site) error {
		im.Into, im.Site, im.Gentle = tools.Intake, s.Intake, tools.Shared
		code, err = t.load(ctx, im, t.Arg(0), *results)
		return err
	})
	return max(code, opened)
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
	p := newProgress(t.errs, "row", "rows", total, read.n.Load)
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
	switch err = errors.Join(err, written.close()); {
	case errors.Is(err, transfer.ErrHeader):
		err = errors.New("want a first row with the names of 1 to 500 columns")
	case errors.Is(err, context.Canceled):
		err = errors.New("cut off: run it again, and go on where this ended")
	}
	t.summarise(im, sum, time.Since(p.begun))
	if err != nil || failed > 0 {
		return failure, err
	}
	return fine, nil
}
