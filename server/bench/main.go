// Command bench measures the server side by side with the barest program that
// does the same work, in one run on one machine. It is for developers and part
// of nothing that is shipped.
//
// Every server runs as a process of its own, which is this program again; the
// load comes from the parent. Rounds of the server and of its yardstick take
// turns, so that a busy machine disturbs both. What is promised is checked, and
// a broken promise is exit code 1.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

const help = `Usage: go run ./server/bench [COMMAND] [flags]

  ingest    durable touches from 64 clients, beside a bare handler over SQLite
  fanout    one alert to 5,000 sockets, beside a bare loop over sockets
  sockets   the memory of 5,000 idle sockets, beside the same
  lists     pages of leads and of the feed over a million leads
  soak      half of the peak for ten minutes: does memory stay flat?

Without a command all but soak run, one after the other. Each prints
a table and a line per promise; the exit code is 1 when one is broken.
COMMAND -h tells more.
`

// Exit codes.
const (
	fine    = 0
	failure = 1
	misuse  = 2
)

// errBroken: all was measured, and a promise does not hold.
var errBroken = errors.New("a promise is broken")

// commands are what is measured when nobody asks for one of them, in this order.
var commands = []struct {
	name string
	run  func(ctx context.Context, args []string) error
}{
	{"ingest", ingest},
	{"fanout", fanout},
	{"sockets", sockets},
	{"lists", lists},
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == childCommand {
		signal.Ignore(os.Interrupt) // a child ends when its parent does
		os.Exit(code(beChild(os.Args[2:])))
	}
	debug.SetGCPercent(400) // the load's own garbage must not be what is measured
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run measures what the arguments name and gives the exit code.
func run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		var faults []error
		for _, c := range commands {
			faults = append(faults, c.run(ctx, nil))
		}
		return code(errors.Join(faults...))
	}
	for _, c := range commands {
		if c.name == args[0] {
			return code(c.run(ctx, args[1:]))
		}
	}
	switch args[0] {
	case "soak":
		return code(soak(ctx, args[1:]))
	case "-h", "-help", "--help", "help":
		fmt.Print(help)
		return fine
	}
	fmt.Fprintf(os.Stderr, "bench: there is no command %q\n\n%s", args[0], help)
	return misuse
}

func code(err error) int {
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return fine
	case !errors.Is(err, errBroken):
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	return failure
}
