package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"assay/server/internal/app"
	"assay/server/internal/auth"
)

const siteHelp = `Usage: assay site COMMAND

  add    add a site: its pages may then send to this server
  list   list the sites
  show   print a site's settings
  set    replace a site's settings

assay site COMMAND -h tells more of each.
`

const siteAddHelp = `Usage: assay site add -name NAME -origin ORIGIN [flags]

Adds a site with the starter model and prints its key, which is public: the
page's script carries it as data-site. On a terminal it asks for what is missing.

  -name NAME         what people call it
  -origin ORIGIN     where its pages are; repeat it for each
  -key KEY           a-z, 0-9 and -; a random one without it
  -consent required|not-required
                     whether evidence waits for the visitor's consent (required)
` + storeHelp + `
Example:
  assay site add -name Northbeck -key northbeck -origin https://www.northbeck.test

Exit codes: 0 it is there, 1 it failed, 2 wrong usage.
`

const siteListHelp = `Usage: assay site list [flags]

Prints a line for each site: key, name, origins.

` + storeHelp

func siteCommand(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	return choose("assay site", siteHelp, args, out, errs, map[string]func([]string) int{
		"add":  func(args []string) int { return siteAdd(ctx, args, getenv, out, errs) },
		"list": func(args []string) int { return siteList(ctx, args, getenv, out, errs) },
		"show": func(args []string) int { return siteShow(ctx, args, getenv, out, errs) },
		"set":  func(args []string) int { return siteSet(ctx, args, getenv, out, errs) },
	})
}

func siteAdd(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay site add", siteAddHelp, getenv, out, errs)
	s := &auth.Site{}
	t.StringVar(&s.Name, "name", "", "")
	t.StringVar(&s.Key, "key", "", "")
	t.StringVar(&s.Consent, "consent", auth.ConsentRequired, "")
	t.Func("origin", "", func(o string) error {
		s.Origins = append(s.Origins, strings.TrimSuffix(o, "/"))
		return nil
	})
	if code, done := t.read(args, 0); done {
		return code
	}
	if !t.ask(&s.Name, "Name of the site") {
		return t.misused(errs, "say what the site is called: -name NAME")
	}
	var origin string
	if len(s.Origins) == 0 && t.ask(&origin, "Origin of its pages, such as https://www.northbeck.test") {
		s.Origins = []string{strings.TrimSuffix(origin, "/")}
	}
	if len(s.Origins) == 0 {
		return t.misused(errs, "say where its pages are: -origin https://HOST")
	}
	return t.with(ctx, true, func(tools *app.Tools) error {
		if err := tools.AddSite(ctx, s); err != nil {
			return sayWrong(err, map[error]string{auth.ErrTaken: fmt.Sprintf("there is a site %q already", s.Key)})
		}
		_, err := fmt.Fprintln(out, s.Key)
		return err
	})
}

func siteList(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay site list", siteListHelp, getenv, out, errs)
	if code, done := t.read(args, 0); done {
		return code
	}
	return t.with(ctx, false, func(tools *app.Tools) error {
		keys, err := tools.Auth.Sites(ctx)
		if err != nil {
			return err
		}
		for _, key := range keys {
			s, err := tools.Sites.Site(ctx, key)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(out, "%-20s %-30s %s\n", s.Key, s.Name, strings.Join(s.Origins, " ")); err != nil {
				return err
			}
		}
		return nil
	})
}

// sayWrong turns a fault of what was given into one of usage, in better words
// where some are given.
func sayWrong(err error, words map[error]string) error {
	for _, known := range []error{auth.ErrTaken, auth.ErrPassword, auth.ErrEmail, auth.ErrName, auth.ErrKey, auth.ErrOrigin,
		auth.ErrConsent, auth.ErrRole, auth.ErrTokenName, auth.ErrTokenTaken, auth.ErrTokens, auth.ErrNotFound} {
		if !errors.Is(err, known) {
			continue
		}
		text := words[known]
		if text == "" {
			text = known.Error()
		}
		switch known {
		case auth.ErrTaken, auth.ErrTokenTaken, auth.ErrTokens, auth.ErrNotFound:
			return errors.New(text)
		}
		return &misuseError{text}
	}
	return err
}
