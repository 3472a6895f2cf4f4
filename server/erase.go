package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"assay/server/internal/app"
	"assay/server/internal/catalog"
	"assay/server/internal/lead"
)

const eraseHelp = `Usage: assay erase -site KEY [flags] ADDRESS|ID

Erases a person, by mail address or by a lead's id: the lead, those that were
merged into it, all touches, and what the person was known by. Nothing of it can
be read from the store's files afterwards; backups are yours to delete. On a
terminal it asks before it does so.

  -site KEY          the site
  -yes               do not ask
` + storeHelp + `
Example:
  assay erase -site northbeck -yes ann@works.test

Exit codes: 0 it is gone, 1 it failed or was never there, 2 wrong usage.
`

func erase(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay erase", eraseHelp, getenv, out, errs)
	key, sure := t.String("site", "", ""), t.Bool("yes", false, "")
	if code, done := t.read(args, 1); done {
		return code
	}
	answer := ""
	if !*sure && !(t.ask(&answer, "Erase this person for good? Type yes") && answer == "yes") {
		return t.misused(errs, "nothing was erased: say -yes")
	}
	return t.inSite(ctx, *key, func(tools *app.Tools, s *catalog.Site) error {
		var err error
		id := t.Arg(0)
		if strings.Contains(id, "@") {
			id, err = tools.Intake.EraseMail(ctx, s.Intake, id)
		} else {
			err = tools.Intake.Erase(ctx, s.Intake, id)
		}
		if errors.Is(err, lead.ErrNotFound) {
			return errors.New("nobody in this site has that mail address or id")
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, "erased", id)
		return err
	})
}
