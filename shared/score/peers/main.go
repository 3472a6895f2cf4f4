// Command peers runs one job of 25 rules over 21 attributes of a lead through
// package score, a function written by hand, expr and cel-go, in one run, and
// prints what each costs. It fails when package score breaks a promise.
//
// All four are given what a form's reader and a signal counter would have made
// before: facts as small codes. All four give the same two scores, fit and
// engagement, each 0 to 100, for every lead (see the tests).
//
// What each does beyond that, and does not:
//
//   - package score walks the lead's log of signals, checks every byte of it,
//     and counts for itself. It also writes the ledger, one row with its reason
//     for each rule that earned points, limits included, and finds letter,
//     level, band, gates, criteria and intent. Its rules can be changed while it
//     runs. Nothing ages in this job, because the others have no notion of it.
//   - The function by hand is given the signals counted. It gives two numbers and
//     no reasons, and another job needs another function.
//   - expr and cel-go are given the signals counted, and each evaluates one
//     expression, compiled and optimised once, to one number that holds both
//     sums; two lines of Go take it apart and bring it into range. Their
//     attributes lie in maps made before, holding integers of their own kind.
//     They give no reasons; any other expression would do as well, which is what
//     they are for.
//
// Leads are scored one after another, as an import or a backtest does it: a
// processor learns the branches of a few leads by heart, which flatters whatever
// has least to do besides.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run() error {
	leads, err := randomLeads(1000)
	if err != nil {
		return err
	}
	all, err := engines()
	if err != nil {
		return err
	}
	times, err := race(all, leads)
	if err != nil {
		return err
	}
	print(os.Stdout, times)
	return promises(times)
}
