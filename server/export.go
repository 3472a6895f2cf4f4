package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"assay/server/internal/app"
	"assay/server/internal/catalog"
	"assay/server/internal/desk"
	"assay/server/internal/transfer"
)

const exportHelp = `Usage: assay export -site KEY -to FILE|- [flags]

Writes a site's leads, each once, in the order of their ids, also while the
server runs. In CSV, what a spreadsheet could take for a formula has an
apostrophe in front, also behind a semicolon, tab, quote or line's end within a
cell; assay import takes it away again. The file holds contact data: it is made
with mode 0600, gets its name when it is whole, and replaces nothing.

  -site KEY            the site
  -to FILE|-           where to; - is standard output
  -format csv|ndjson   by the file's name without it (.ndjson, .jsonl), else csv
  -stage STAGE         only leads at a stage
  -grade A|A1          only leads of a grade
  -band cold|warm|hot  only leads of a band
` + storeHelp + `
Example:
  assay export -site northbeck -stage customer -to customers.csv

Exit codes: 0 it is whole, 1 it failed and left nothing, 2 wrong usage.
`

func exportCommand(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay export", exportHelp, getenv, out, errs)
	key, to, format := t.String("site", "", ""), t.String("to", "", ""), t.String("format", "", "")
	var q desk.Query
	t.StringVar(&q.Stage, "stage", "", "")
	t.StringVar(&q.Grade, "grade", "", "")
	t.StringVar(&q.Band, "band", "", "")
	if code, done := t.read(args, 0); done {
		return code
	}
	if *to == "" {
		return t.misused(errs, "say where to: -to FILE, or -to - for standard output")
	}
	f, err := formatBy(*format, *to)
	if err == nil {
		err = askable(&q)
	}
	if err != nil {
		return t.misused(errs, err.Error())
	}
	return t.inSite(ctx, *key, func(tools *app.Tools, s *catalog.Site) error {
		e := &transfer.Export{From: tools.Desk, Site: s.Key, Query: q, Answers: s.Answers, Format: f,
			Name: func(id string) string { return tools.Auth.PersonName(ctx, s.Key, id) }}
		begun := time.Now()
		n, err := t.unload(ctx, e, *to)
		if err == nil {
			fmt.Fprintf(errs, "%s in %s\n", many(n, "lead", "leads"), time.Since(begun).Round(time.Millisecond))
		}
		return err
	})
}

// askable fails when an export asks for what no lead can be: its empty file would
// look like an answer.
func askable(q *desk.Query) error {
	switch stages, bands := desk.Stages(), desk.Bands; {
	case q.Stage != "" && !slices.Contains(stages, q.Stage):
		return fmt.Errorf("there is no stage %q: want %s", q.Stage, either(stages))
	case q.Grade != "" && !desk.IsGrade(q.Grade):
		return fmt.Errorf("there is no grade %q: want %s", q.Grade, desk.GradeWords)
	case q.Band != "" && !slices.Contains(bands, q.Band):
		return fmt.Errorf("there is no band %q: want %s", q.Band, either(bands))
	}
	return nil
}

// either lists words to choose from.
func either(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// unload writes an export into a file that is not there yet, or to standard
// output.
func (t *tool) unload(ctx context.Context, e *transfer.Export, to string) (n int, err error) {
	p := newProgress(t.errs, "lead", "leads", 0, nil)
	each := func(n int) error {
		p.at(n, "")
		return ctx.Err()
	}
	if to == "-" {
		return e.Run(ctx, t.out, each)
	}
	if _, err := os.Lstat(to); err == nil {
		return 0, fmt.Errorf("%s is there already: an export replaces nothing, so choose another name", to)
	}
	part := to + ".partial"
	file, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, err
	}
	n, err = e.Run(ctx, file, each)
	p.end()
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return n, errors.Join(err, os.Remove(part))
	}
	return n, os.Rename(part, to)
}
