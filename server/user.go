package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"assay/server/internal/app"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
)

const userHelp = `Usage: assay user COMMAND

  add        add somebody who signs in
  password   give somebody another password
  list       list a site's people

assay user COMMAND -h tells more of each.
`

const userAddHelp = `Usage: assay user add -site KEY -email ADDRESS -name NAME -role ROLE [flags]

Adds somebody to a site. Without -password-stdin the password is a random one,
printed once. On a terminal it asks for what is missing.

  -site KEY          the site
  -email ADDRESS     signs in with it; nobody else in the store has it
  -name NAME         what others see
  -role ROLE         admin, marketer, rep or read
  -password-stdin    read the password, a line of at least 8 bytes, from standard
                     input
` + storeHelp + `
Example:
  assay user add -site northbeck -email ann@northbeck.test -name Ann -role rep

Exit codes: 0 it is done, 1 it failed, 2 wrong usage.
`

const userPasswordHelp = `Usage: assay user password -email ADDRESS [flags]

Gives somebody a random password and prints it once.

  -email ADDRESS     whose
  -password-stdin    read the password, a line of at least 8 bytes, from standard
                     input
` + storeHelp + `
Example:
  assay user password -email ann@northbeck.test
`

const userListHelp = `Usage: assay user list -site KEY [flags]

Prints a line for each person: mail address, role, name.

  -site KEY          the site
` + storeHelp

func userCommand(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	return choose("assay user", userHelp, args, out, errs, map[string]func([]string) int{
		"add":      func(args []string) int { return userAdd(ctx, args, getenv, out, errs) },
		"password": func(args []string) int { return userPassword(ctx, args, getenv, out, errs) },
		"list":     func(args []string) int { return userList(ctx, args, getenv, out, errs) },
	})
}

func userAdd(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay user add", userAddHelp, getenv, out, errs)
	p := &auth.Person{}
	var role string
	t.StringVar(&p.Site, "site", "", "")
	t.StringVar(&p.Email, "email", "", "")
	t.StringVar(&p.Name, "name", "", "")
	t.StringVar(&role, "role", "", "")
	given := t.Bool("password-stdin", false, "")
	if code, done := t.read(args, 0); done {
		return code
	}
	for _, q := range []struct {
		value           *string
		question, usage string
	}{
		{&p.Site, "Key of the site", "say to which site: -site KEY"}, {&p.Email, "Mail address", "say who: -email ADDRESS"},
		{&p.Name, "Name", "say what others see: -name NAME"}, {&role, "Role (admin, marketer, rep, read)", "say what they may do: -role admin, marketer, rep or read"},
	} {
		if !(*given && *q.value == "") && t.ask(q.value, q.question) {
			continue
		}
		return t.misused(errs, q.usage)
	}
	p.Role = auth.Role(role)
	return t.inSite(ctx, p.Site, func(tools *app.Tools, _ *catalog.Site) error {
		return setPassword(out, *given, func(password string) (string, error) { return tools.Auth.AddPerson(ctx, p, password) },
			map[error]string{auth.ErrTaken: "somebody has the mail address " + p.Email + " already", auth.ErrRole: noRole(role)})
	})
}

func userPassword(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay user password", userPasswordHelp, getenv, out, errs)
	email := t.String("email", "", "")
	given := t.Bool("password-stdin", false, "")
	if code, done := t.read(args, 0); done {
		return code
	}
	if *email == "" {
		return t.misused(errs, "say whose: -email ADDRESS")
	}
	return t.with(ctx, false, func(tools *app.Tools) error {
		return setPassword(out, *given, func(password string) (string, error) { return tools.Auth.SetPassword(ctx, *email, password) },
			map[error]string{auth.ErrNotFound: "nobody has the mail address " + *email})
	})
}

// setPassword reads a password where one is given, and prints it where it was
// made up.
func setPassword(out io.Writer, given bool, set func(password string) (string, error), words map[error]string) error {
	password := ""
	if given {
		line, err := bufio.NewReader(io.LimitReader(stdin, auth.MaxPassword+2)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if password = strings.TrimRight(line, "\r\n"); password == "" {
			return &misuseError{auth.ErrPassword.Error()}
		}
	}
	made, err := set(password)
	if err != nil || given {
		return sayWrong(err, words)
	}
	_, err = fmt.Fprintln(out, made)
	return err
}

func userList(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	t := newTool("assay user list", userListHelp, getenv, out, errs)
	return t.list(ctx, args, func(tools *app.Tools, s *catalog.Site) error {
		people, err := tools.Auth.Roster(ctx, s.Key)
		byMail := func(a, b *auth.Person) int { return strings.Compare(a.Email, b.Email) }
		for _, p := range slices.SortedFunc(maps.Values(people), byMail) {
			fmt.Fprintf(out, "%-32s %-9s %s\n", p.Email, p.Role, p.Name)
		}
		return err
	})
}
