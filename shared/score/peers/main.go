// Command peers runs one job of 25 rules over 21 attributes of a lead through
// package score, a function written by hand, expr and cel-go, in one run, and
// prints what each costs. It fails when package score breaks a promise.
//
// All start from facts read before: what was said is a small code for each
// field. All give the same two scores, fit and engagement, each 0 to 100, for
// every lead (see the tests).
//
// What each does beyond that, and does not:
//
//   - package score walks the lead's log of signals, checks every byte of it,
//     and counts for itself. It also writes the ledger, one row with its reason
//     for each rule that earned points and for each cap and limit, and finds
//     letter, level, band, gates, criteria and intent. Its rules are data.
//     Nothing ages in this job, because the others have no notion of it.
//   - The function by hand walks the same log with the same reader and counts.
//     It gives two numbers and no reasons, and another job needs another
//     function. It is timed once more with the signals counted by somebody else:
//     that is the bare arithmetic, and no promise is made about it.
//   - expr and cel-go cannot read a log and are given the signals counted. Each
//     evaluates one expression, compiled and optimised once, to one number that
//     holds both sums; two lines of Go take it apart and bring it into range.
//     Their attributes lie in maps made before, holding integers of their own
//     kind. They give no reasons; any other expression would do as well, which is
//     what they are for.
//
// There are 1,000 leads in turn: a processor learns the branches of one lead by
// heart.
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
