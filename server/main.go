// Command assay scores leads while they fill in a form, and tells reps.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"assay/server/internal/app"
	"assay/server/internal/config"
)

// Exit codes.
const (
	fine    = 0
	failure = 1
	misuse  = 2
)

// command is one word of the command line.
type command struct {
	name, does string
	run        func(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int
}

// commands are listed by help in this order.
var commands = []command{
	{"serve", "run the server", serve},
	{"site", "add a site, list them, show and set one's settings", siteCommand},
	{"user", "add people, give them passwords, list them", userCommand},
	{"token", "make, list and revoke the tokens of programs", tokenCommand},
	{"install", "print a site's tag, check how a page has it", installCommand},
	{"import", "bring leads in from a file", importCommand},
	{"export", "write leads into a file", exportCommand},
	{"erase", "erase a person", erase},
	{"backup", "copy the embedded store, also while the server runs", backup},
	{"restore", "put a backup in place", restore},
	{"model", "say what a model can and cannot do", func(_ context.Context, args []string, _ func(string) string, out, errs io.Writer) int {
		return modelCommand(args, out, errs)
	}},
	{"version", "print the version", version},
}

func help() string {
	var b strings.Builder
	b.WriteString("Usage: assay COMMAND [flags]\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %-9s %s\n", c.name, c.does)
	}
	b.WriteString("\nassay COMMAND -h tells more of each.\n")
	return b.String()
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run does what the arguments ask for and gives the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	if len(args) == 0 {
		fmt.Fprint(errs, help())
		return misuse
	}
	switch args[0] {
	case "-h", "-help", "--help", "help":
		fmt.Fprint(out, help())
		return fine
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(ctx, args[1:], getenv, out, errs)
		}
	}
	fmt.Fprintf(errs, "assay: there is no command %q\n\n%s", args[0], help())
	return misuse
}

func serve(ctx context.Context, args []string, getenv func(string) string, out, errs io.Writer) int {
	c, err := config.Parse(args, getenv, out)
	if errors.Is(err, flag.ErrHelp) {
		return fine
	}
	if err != nil {
		fmt.Fprintf(errs, "assay serve: %s\nassay serve -h lists all flags.\n", err)
		return misuse
	}
	if err := serveWith(ctx, c, out, errs); err != nil {
		fmt.Fprintf(errs, "assay serve: %s\n", err)
		return failure
	}
	return fine
}

func serveWith(ctx context.Context, c *config.Config, out, errs io.Writer) error {
	a, err := app.Open(ctx, c, logger(c, errs))
	if err != nil {
		return err
	}
	if err := a.PrintDemo(out); err != nil {
		return errors.Join(err, a.Close())
	}
	return errors.Join(a.Run(ctx), a.Close())
}

func logger(c *config.Config, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

func version(_ context.Context, args []string, _ func(string) string, out, errs io.Writer) int {
	if len(args) == 1 && (args[0] == "-h" || args[0] == "-help" || args[0] == "--help") {
		fmt.Fprint(out, "Usage: assay version\n\nPrints the version, and the commit that it was built from.\n")
		return fine
	}
	if len(args) > 0 {
		fmt.Fprint(errs, "assay version: takes no arguments\n")
		return misuse
	}
	text, commit := app.Version()
	fmt.Fprintln(out, strings.TrimSpace("assay "+text+" "+commit))
	return fine
}
