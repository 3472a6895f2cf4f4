package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"assay/server/internal/app"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
)

const siteShowHelp = `Usage: assay site show -site KEY [flags]

Prints a site's settings as JSON, as GET /v1/sites/KEY answers.

  -site KEY          the site
` + storeHelp + `
Example:
  assay site show -site northbeck > northbeck.json
`

const siteSetHelp = `Usage: assay site set -site KEY -file FILE|- [flags]

Replaces a site's settings as a whole by a file, also while the server runs,
which goes by them within two seconds: print them with assay site show, change
them, and give them back. What the file leaves out gets its default; rev, name,
origins and consent have none. Where somebody else changed them after they were
printed, which their rev tells, nothing happens.

  -site KEY          the site
  -file FILE|-       JSON; - is standard input
` + storeHelp + `
Members:
  name, origins      what people call it, and where its pages are
  consent            required or not-required
  allow_automation   automated browsers are not suspect
  live               pages tell who is on a form now
  leave              and which forms were begun and left, and how far; what was
                     entered stays in the page
  forms              {"NAME":{"kind":"demo","selector":"CSS"}}: kinds of forms,
                     and selectors of those without data-assay-form
  pages              [{"signal":"pricing_viewed","path":"/pricing"}]: what pages
                     are about, the first match first
  answers            names of further fields that go along with a form
  panel              {"on":true,"booking_url":"https://CALENDAR","ask":["timing"]}:
                     pages offer a call once a form is hot, and ask one of the
                     profile fields that a form does not ask (company_size, role,
                     industry, need, timing, budget, authority)
  routing            everybody_after and admins_after: minutes until an ask that
                     nobody takes goes to all, and to the admins (0: 5 and 15,
                     below 0: never); hours, in which they pass: zone, days,
                     from, to; null for all times
  rev                of the settings that these are a change of

Example:
  assay site set -site northbeck -file northbeck.json

Exit codes: 0 they hold, 1 it failed or somebody was first, 2 wrong usage or a
wrong setting.
`

func siteShow(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay site show", siteShowHelp, getenv, out, errs)
	return t.list(ctx, args, func(tools *app.Tools, s *catalog.Site) error {
		text, err := tools.Settings(s.Site)
		if err != nil {
			return err
		}
		_, err = out.Write(text)
		return err
	})
}

func siteSet(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay site set", siteSetHelp, getenv, out, errs)
	key, file := t.String("site", "", ""), t.String("file", "", "")
	if code, done := t.read(args, 0); done {
		return code
	}
	if *file == "" {
		return t.misused(errs, "say what to set: -file FILE, or -file - for standard input")
	}
	return t.inSite(ctx, *key, func(tools *app.Tools, s *catalog.Site) error {
		body, err := settingsIn(*file)
		if err != nil {
			return err
		}
		now, changed, unknown, err := tools.SetSite(ctx, s.Key, body)
		var wrong *app.SettingsError
		switch {
		case errors.As(err, &wrong):
			return &misuseError{wrong.Error()}
		case errors.Is(err, auth.ErrChanged):
			return fmt.Errorf("the settings have rev %d by now, since somebody has changed them: nothing was changed; look at them with assay site show, and go on from there", now.Rev)
		case err != nil:
			return err
		}
		if unknown > 0 {
			fmt.Fprintf(errs, "note: %s passed over\n", many(unknown, "member means nothing and was", "members mean nothing and were"))
		}
		what := strings.Join(changed, ", ")
		if what == "" {
			what = "nothing, it was so already"
		}
		_, err = fmt.Fprintf(out, "changed: %s; rev %d\n", what, now.Rev)
		return err
	})
}

// settingsIn reads a file, or standard input for "-", up to what a body may have.
func settingsIn(name string) ([]byte, error) {
	in, _, err := input(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, app.MaxSettings+1))
	if err == nil && len(b) > app.MaxSettings {
		err = fmt.Errorf("settings have at most %d bytes", app.MaxSettings)
	}
	return b, err
}
