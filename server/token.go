package main

import (
	"context"
	"fmt"
	"io"

	"assay/server/internal/app"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
)

const tokenHelp = `Usage: assay token COMMAND

  add      make a token for a program
  list     list a site's tokens
  revoke   end a token at once

assay token COMMAND -h tells more of each.
`

const tokenAddHelp = `Usage: assay token add -site KEY -name NAME -role ROLE [flags]

Makes a token and prints its secret, which is kept nowhere else: the store has
its hash. A program sends it as "Authorization: Bearer SECRET" and may then do
what a person of its role may; histories name it token:NAME.

  -site KEY          the site
  -name NAME         1 to 40 of A-Z, a-z, 0-9, '.', '_' and '-'
  -role ROLE         admin, marketer, rep or read
` + storeHelp + `
Example:
  assay token add -site northbeck -name crm-sync -role marketer

Exit codes: 0 it is done, 1 it failed, 2 wrong usage.
`

const tokenListHelp = `Usage: assay token list -site KEY [flags]

Prints a line for each token: name, role, day, id.

  -site KEY          the site
` + storeHelp

const tokenRevokeHelp = `Usage: assay token revoke -site KEY [flags] NAME

Ends a token at once, by its name or its id.

  -site KEY          the site
` + storeHelp + `
Example:
  assay token revoke -site northbeck crm-sync
`

func tokenCommand(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	return choose("assay token", tokenHelp, args, out, errs, map[string]func([]string) int{
		"add":    func(args []string) int { return tokenAdd(ctx, args, getenv, out, errs) },
		"list":   func(args []string) int { return tokenList(ctx, args, getenv, out, errs) },
		"revoke": func(args []string) int { return tokenRevoke(ctx, args, getenv, out, errs) },
	})
}

func tokenAdd(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay token add", tokenAddHelp, getenv, out, errs)
	key, name, role := t.String("site", "", ""), t.String("name", "", ""), t.String("role", "", "")
	if code, done := t.read(args, 0); done {
		return code
	}
	if *name == "" {
		return t.misused(errs, "say what histories call the program: -name NAME")
	}
	if *role == "" {
		return t.misused(errs, "say what it may do: -role admin, marketer, rep or read")
	}
	return t.inSite(ctx, *key, func(tools *app.Tools, s *catalog.Site) error {
		secret, _, err := tools.Auth.AddToken(ctx, s.Key, *name, auth.Role(*role))
		if err != nil {
			return sayWrong(err, map[error]string{
				auth.ErrTokenName:  fmt.Sprintf("%q is no name for a token: want 1 to 40 of A-Z, a-z, 0-9, '.', '_' and '-'", *name),
				auth.ErrTokenTaken: fmt.Sprintf("there is a token %q already: choose another name, or end that one with assay token revoke", *name),
				auth.ErrTokens:     "the site has as many tokens as it can: end one with assay token revoke",
				auth.ErrRole:       noRole(*role)})
		}
		_, err = fmt.Fprintln(out, secret)
		return err
	})
}

// noRole says which roles there are.
func noRole(given string) string {
	return fmt.Sprintf("there is no role %q: want admin, marketer, rep or read", given)
}

func tokenList(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay token list", tokenListHelp, getenv, out, errs)
	return t.list(ctx, args, func(tools *app.Tools, s *catalog.Site) error {
		tokens, err := tools.Auth.Tokens(ctx, s.Key)
		for _, k := range tokens {
			fmt.Fprintf(out, "%-40s %-9s %s %s\n", k.Name, k.Role, k.Created.Format("2006-01-02"), k.ID)
		}
		return err
	})
}

func tokenRevoke(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay token revoke", tokenRevokeHelp, getenv, out, errs)
	key := t.String("site", "", "")
	if code, done := t.read(args, 1); done {
		return code
	}
	return t.inSite(ctx, *key, func(tools *app.Tools, s *catalog.Site) error {
		return sayWrong(tools.Auth.RevokeToken(ctx, s.Key, t.Arg(0)),
			map[error]string{auth.ErrNotFound: "there is no token " + t.Arg(0) + " in this site"})
	})
}
