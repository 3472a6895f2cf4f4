package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"
)

// The promises of package score.
const (
	mostOfByHand  = 10 // times what the function by hand takes for the same facts and log
	leastOfOthers = 5  // times faster than the fastest of the rule engines
)

// rounds is how often each engine has its turn. Turns alternate, and the
// fastest of each counts: on a shared machine the others measure the neighbours.
const (
	rounds = 40
	passes = 10
)

// timing is what an engine cost.
type timing struct {
	engine
	rounds []float64 // ns a lead, ascending
	allocs float64   // a lead
}

func (t *timing) fastest() float64 { return t.rounds[0] }

func (t *timing) median() float64 { return t.rounds[len(t.rounds)/2] }

// race times all engines over the same leads, in turns.
func race(all []engine, leads []*prepared) ([]timing, error) {
	times := make([]timing, len(all))
	for range rounds {
		for i, e := range all {
			ns, err := turn(e, leads)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e.name, err)
			}
			times[i].rounds = append(times[i].rounds, ns)
		}
	}
	for i, e := range all {
		t := &times[i]
		t.engine = e
		slices.Sort(t.rounds)
		t.allocs = testing.AllocsPerRun(1, func() { _, _ = turn(e, leads) }) / float64(passes*len(leads))
	}
	return times, nil
}

// turn scores every lead passes times and gives the time of one score in ns.
func turn(e engine, leads []*prepared) (float64, error) {
	start := time.Now()
	for range passes {
		for _, l := range leads {
			if _, err := e.score(l); err != nil {
				return 0, err
			}
		}
	}
	return float64(time.Since(start).Nanoseconds()) / float64(passes*len(leads)), nil
}

// print shows the times and their ratios; ours comes first, the function by
// hand second.
func print(w io.Writer, times []timing) {
	ours := &times[0]
	fmt.Fprintf(w, "25 rules over 21 attributes, equal scores; ns a lead, fastest of %d turns (median)\n", rounds)
	for i := range times {
		t := &times[i]
		fmt.Fprintf(w, "  %-16s %7.1f (%.1f), %.0f allocations, %.2f times ours\n",
			t.name, t.fastest(), t.median(), t.allocs, t.fastest()/ours.fastest())
	}
	fmt.Fprintf(w, "ratio: %.1f times by hand (promised: at most %d); %.1f times faster than %s (promised: at least %d)\n",
		ours.fastest()/times[1].fastest(), mostOfByHand, bestOther(times).fastest()/ours.fastest(), bestOther(times).name, leastOfOthers)
}

// bestOther gives the fastest rule engine besides ours.
func bestOther(times []timing) *timing {
	var best *timing
	for i := range times {
		if t := &times[i]; t.expression && (best == nil || t.fastest() < best.fastest()) {
			best = t
		}
	}
	return best
}

// promises gives an error for each promise that the times break.
func promises(times []timing) error {
	ours, hand, other := &times[0], &times[1], bestOther(times)
	var broken []error
	if ours.allocs != 0 {
		broken = append(broken, fmt.Errorf("a score allocates %.2f times; it may never", ours.allocs))
	}
	if n := ours.fastest() / hand.fastest(); n > mostOfByHand {
		broken = append(broken, fmt.Errorf("a score takes %.1f times the function by hand; at most %d are promised", n, mostOfByHand))
	}
	if n := other.fastest() / ours.fastest(); n < leastOfOthers {
		broken = append(broken, fmt.Errorf("a score is %.1f times faster than %s; at least %d are promised", n, other.name, leastOfOthers))
	}
	return errors.Join(broken...)
}
