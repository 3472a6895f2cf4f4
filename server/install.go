package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"assay/server/internal/app"
	"assay/server/internal/catalog"
	"assay/server/internal/install"
)

const installHelp = `Usage: assay install COMMAND

  tag     print the tag for a site's pages
  check   check how a page has the tag and its forms

assay install COMMAND -h tells more of each.
`

const installTagHelp = `Usage: assay install tag -site KEY -public-url ORIGIN [flags]

Prints the tag to paste into a site's pages.

  -site KEY            the site
  -public-url ORIGIN   where browsers reach the server   (ASSAY_PUBLIC_URL)
  -pinned              of this version alone, with its hash
` + storeHelp + `
Example:
  assay install tag -site northbeck -public-url https://assay.northbeck.test
`

const installCheckHelp = `Usage: assay install check -site KEY -public-url ORIGIN [flags] URL

Fetches a page as a browser is served it and says what works: the tag, the
page's Content-Security-Policy, the way to the server, the forms and the fields
that are understood. What scripts add later it cannot see. It connects directly,
through no proxy.

  -site KEY            the site
  -public-url ORIGIN   where browsers reach the server   (ASSAY_PUBLIC_URL)
  -local               the page may be on this machine
  -json                print the report as JSON
` + storeHelp + `
Example:
  assay install check -site northbeck -public-url https://assay.northbeck.test https://www.northbeck.test/demo

Exit codes: 0 it works, 1 it does not or the check failed, 2 wrong usage.
`

var errInstall = errors.New("the page needs what is said above")

func installCommand(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	return choose("assay install", installHelp, args, out, errs, map[string]func([]string) int{
		"tag":   func(args []string) int { return installTag(ctx, args, getenv, out, errs) },
		"check": func(args []string) int { return installCheck(ctx, args, getenv, out, errs) },
	})
}

func installTag(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay install tag", installTagHelp, getenv, out, errs)
	key, public := t.String("site", "", ""), t.String("public-url", getenv("ASSAY_PUBLIC_URL"), "")
	pinned := t.Bool("pinned", false, "")
	if code, done := t.read(args, 0); done {
		return code
	}
	return t.installer(ctx, *key, *public, false, func(c *install.Checker, s *catalog.Site) error {
		tags := c.Tags(s.Key)
		text := tags.Tag
		if *pinned {
			text = tags.PinnedTag
		}
		_, err := fmt.Fprintln(out, text)
		return err
	})
}

func installCheck(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay install check", installCheckHelp, getenv, out, errs)
	key, public := t.String("site", "", ""), t.String("public-url", getenv("ASSAY_PUBLIC_URL"), "")
	local, asJSON := t.Bool("local", false, ""), t.Bool("json", false, "")
	if code, done := t.read(args, 1); done {
		return code
	}
	return t.installer(ctx, *key, *public, *local, func(c *install.Checker, s *catalog.Site) error {
		report, err := c.Check(ctx, s.Site, t.Arg(0))
		if errors.Is(err, install.ErrURL) {
			return &misuseError{fmt.Sprintf("%q: %s", t.Arg(0), err)}
		}
		if err != nil {
			return err
		}
		if *asJSON {
			err = json.NewEncoder(out).Encode(report)
		} else {
			err = printCheck(out, report)
		}
		if err == nil && !report.Works {
			err = errInstall
		}
		return err
	})
}

// installer opens the store for a function that works with a site's tag.
func (t *tool) installer(ctx context.Context, key, public string, local bool, f func(*install.Checker, *catalog.Site) error) int {
	if _, err := install.CheckURL(public); err != nil {
		return t.misused(t.errs, "say where browsers reach the server: -public-url https://HOST")
	}
	return t.inSite(ctx, key, func(tools *app.Tools, s *catalog.Site) error {
		c, err := tools.Installer(public, local)
		if err != nil {
			return err
		}
		return f(c, s)
	})
}

// printCheck writes a line for each finding, and below it what to do.
func printCheck(out io.Writer, r *install.Report) error {
	if _, err := fmt.Fprintln(out, r.URL); err != nil {
		return err
	}
	for _, f := range r.Findings {
		if _, err := fmt.Fprintf(out, "%-8s %s\n", f.Severity, f.Sentence); err != nil {
			return err
		}
		if f.Do == "" {
			continue
		}
		if _, err := fmt.Fprintf(out, "%-8s %s\n", "", f.Do); err != nil {
			return err
		}
	}
	return nil
}
