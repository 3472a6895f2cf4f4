package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	"assay/server/internal/app"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/config"
)

// stdin is what commands read besides files; tests put another in its place.
var stdin io.Reader = os.Stdin

// storeHelp describes the flags that name a store.
const storeHelp = `  -data-dir FOLDER   of the store            (ASSAY_DATA_DIR, ./data)
  -keys FILE         the server's key file   (ASSAY_KEYS, FOLDER/keys.json)
  -mongodb-uri URI   the store, instead of a folder   (ASSAY_MONGODB_URI)
`

// tool is a command that works on a store, also beside the server that runs on it.
type tool struct {
	*storeFlags
	help      string
	out, errs io.Writer
}

func newTool(name, help string, getenv func(string) string, out, errs io.Writer) *tool {
	return &tool{newStoreFlags(name, getenv), help, out, errs}
}

// read parses arguments, of which so many are no flags. When done is true there
// is nothing left to do, and the code is the program's.
func (t *tool) read(args []string, others int) (code int, done bool) {
	if code, done := t.parse(args, t.help, t.out, t.errs); done {
		return code, true
	}
	switch {
	case t.NArg() > others:
		return t.misused(t.errs, fmt.Sprintf("%q is too much", t.Arg(others))), true
	case t.NArg() < others:
		return t.misused(t.errs, "something is missing"), true
	}
	return fine, false
}

// with opens the store for a function; make makes one where there is none.
func (t *tool) with(ctx context.Context, make bool, f func(*app.Tools) error) int {
	tools, err := app.OpenTools(ctx, &config.Config{DataDir: t.dir, KeyFile: t.keys, MongoURI: t.mongo}, make)
	if err == nil {
		err = errors.Join(f(tools), tools.Close())
	}
	if err == nil {
		return fine
	}
	var wrong *misuseError
	if errors.As(err, &wrong) {
		return t.misused(t.errs, wrong.text)
	}
	return t.failed(t.errs, err)
}

// inSite opens the store, where there is one, for a function that works in a site.
func (t *tool) inSite(ctx context.Context, key string, f func(*app.Tools, *catalog.Site) error) int {
	if key == "" {
		return t.misused(t.errs, "say which site: -site KEY; assay site list prints the keys")
	}
	return t.with(ctx, false, func(tools *app.Tools) error {
		s, err := site(ctx, tools, key)
		if err != nil {
			return err
		}
		return f(tools, s)
	})
}

// list is a command that takes a site and prints what there is in it.
func (t *tool) list(ctx context.Context, args []string, print func(*app.Tools, *catalog.Site) error) int {
	key := t.String("site", "", "")
	if code, done := t.read(args, 0); done {
		return code
	}
	return t.inSite(ctx, *key, print)
}

// misuseError is a fault of the command line that only the store shows.
type misuseError struct{ text string }

// Error implements the error interface.
func (e *misuseError) Error() string { return e.text }

// site reads a site, or says which ones there are.
func site(ctx context.Context, tools *app.Tools, key string) (*catalog.Site, error) {
	s, err := tools.Sites.Site(ctx, key)
	if !errors.Is(err, auth.ErrNotFound) {
		return s, err
	}
	keys, err := tools.Auth.Sites(ctx)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("there is no site yet: assay site add makes one")
	}
	return nil, fmt.Errorf("there is no site %q: name one of %s with -site", key, strings.Join(keys, ", "))
}

// ask fills what a flag left empty by asking for it, on a terminal alone: it
// reports whether there is a value now.
func (t *tool) ask(value *string, question string) bool {
	if *value == "" && terminal(stdin) {
		fmt.Fprintf(t.errs, "%s: ", question)
		line, _ := bufio.NewReader(stdin).ReadString('\n') // what came before an end counts
		*value = strings.TrimSpace(line)
	}
	return *value != ""
}

// terminal reports whether somebody sits there.
func terminal(file any) bool {
	f, ok := file.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// choose runs the command that the first argument names.
func choose(name, help string, args []string, out, errs io.Writer, commands map[string]func(args []string) int) int {
	if len(args) == 0 {
		fmt.Fprint(errs, help)
		return misuse
	}
	switch args[0] {
	case "-h", "-help", "--help", "help":
		fmt.Fprint(out, help)
		return fine
	}
	if run := commands[args[0]]; run != nil {
		return run(args[1:])
	}
	fmt.Fprintf(errs, "%s: there is no command %q\n\n%s", name, args[0], help)
	return misuse
}
