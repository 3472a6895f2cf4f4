// Command faults breaks servers and looks whether anything was lost or came
// twice. It is for developers and part of nothing that is shipped.
//
// Every server runs as a process of its own, which is this program again; the
// visitors, the reps and the faults come from the parent. After each round
// all that was acknowledged is compared with what is there. A violation is exit
// code 1, and its evidence stays in a folder that is named.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
)

// Exit codes.
const (
	fine    = 0
	failure = 1
	misuse  = 2
)

// errViolated: everything was tried, and something was lost or came twice.
var errViolated = errors.New("a promise is broken")

func main() {
	if len(os.Args) > 1 && os.Args[1] == childCommand {
		os.Exit(code(beChild(os.Args[2:])))
	}
	os.Exit(run(os.Args[1:]))
}

func code(err error) int {
	if err == nil {
		return fine
	}
	if !errors.Is(err, errViolated) {
		fmt.Fprintln(os.Stderr, "faults:", err)
	}
	return failure
}

// run tries what the arguments ask for and gives the exit code.
func run(args []string) int {
	fs := flag.NewFlagSet("faults", flag.ContinueOnError)
	fs.Usage = func() {
		fmt.Fprintf(fs.Output(), "Usage: go run ./server/faults [flags]\n\nFaults:\n")
		for _, f := range faults {
			fmt.Fprintf(fs.Output(), "  %-12s %s\n", f.name, f.does)
		}
		fmt.Fprintln(fs.Output(), "\nFlags:")
		fs.PrintDefaults()
	}
	rounds := fs.Int("rounds", 5, "rounds of each fault")
	seed := fs.Uint64("seed", 0, "repeats the choices of an earlier run; their timing is never the same (default: a new one)")
	only := fs.String("only", "", "faults to try, separated by commas (default: all)")
	race := fs.Bool("race", false, "build the servers with the race detector; needs gcc")
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		return fine
	} else if err != nil {
		return misuse
	}
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	chosen, err := choose(*only)
	if err == nil && (*rounds < 1 || fs.NArg() > 0) {
		err = errors.New("want at least one round, and no arguments")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		return misuse
	}
	s := &suite{seed: *seed, race: *race, out: os.Stdout}
	return code(s.run(chosen, *rounds))
}

// choose gives the faults with some names, or all.
func choose(names string) ([]fault, error) {
	if names == "" {
		return faults, nil
	}
	var chosen []fault
	for name := range strings.SplitSeq(names, ",") {
		i := slices.IndexFunc(faults, func(f fault) bool { return f.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no fault %q", name)
		}
		chosen = append(chosen, faults[i])
	}
	return chosen, nil
}
