package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// fault is one kind of things that go wrong.
type fault struct {
	name, does string
	try        func(s *suite, t *trial) error
}

// faults are all that are tried, in this order.
var faults = []fault{
	{"kill", "kill -9 at random moments under load, over the embedded store", (*suite).tryKill},
	{"store", "MongoDB's stand-in cut off, slow, reset or narrow for one of two servers or both", (*suite).tryStore},
	{"pair", "one of two servers over one store dies, and the other goes on", (*suite).tryPair},
	{"disk", "no room on the disk, and room again", (*suite).tryDisk},
	{"clock", "the clock jumps by hours and days", (*suite).tryClock},
	{"subscribers", "reps who do not read, vanish, or come and go by the thousand", (*suite).trySubscribers},
}

// suite is one run of all that is tried.
type suite struct {
	seed   uint64
	race   bool
	out    io.Writer
	dir    string // of everything that is written
	binary string // that children are
}

// trial is one fault and its rounds.
type trial struct {
	name   string
	rounds int
	rng    *rand.Rand
	counts *counts
	codes  *tally
}

// run tries faults, says what came of each, and keeps the evidence of
// violations.
func (s *suite) run(chosen []fault, rounds int) (err error) {
	if s.dir, err = os.MkdirTemp("", "assay-faults-"); err != nil {
		return err
	}
	if err := s.build(); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "seed %d, %d rounds each\n", s.seed, rounds)
	var faults []error
	for _, f := range chosen {
		faults = append(faults, s.try(f, rounds))
	}
	if err := errors.Join(faults...); err != nil {
		fmt.Fprintf(s.out, "FAILED: the evidence is in %s; repeat with -seed=%d\n", s.dir, s.seed)
		return err
	}
	fmt.Fprintln(s.out, "nothing was lost, and nothing came twice")
	return os.RemoveAll(s.dir)
}

// trial makes the trial of a fault, whose choices follow from the seed.
func (s *suite) trial(name string, rounds int) *trial {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	return &trial{name: name, rounds: rounds, rng: rand.New(rand.NewPCG(s.seed, h.Sum64())), counts: new(counts), codes: new(tally)}
}

// try tries one fault.
func (s *suite) try(f fault, rounds int) error {
	t := s.trial(f.name, rounds)
	begun := time.Now()
	fmt.Fprintf(s.out, "\n%s: %s\n", f.name, f.does)
	err := f.try(s, t)
	t.counts.print(s.out)
	fmt.Fprintf(s.out, "  %-11s %s\n  %-11s %s\n", "answers", t.codes, "took", time.Since(begun).Round(100*time.Millisecond))
	if err == nil && t.counts.violations() > 0 {
		err = errViolated
	}
	if err != nil {
		fmt.Fprintf(s.out, "  BROKEN: %v\n", err)
	}
	return err
}

// build makes the program that children are: this one, or one that looks for
// races, too.
func (s *suite) build() (err error) {
	if !s.race {
		s.binary, err = os.Executable()
		return err
	}
	s.binary = filepath.Join(s.dir, "faults-race")
	if out, err := exec.Command("go", "build", "-race", "-o", s.binary, "assay/server/faults").CombinedOutput(); err != nil {
		return fmt.Errorf("the servers cannot be built with the race detector: %w\n%s", err, out)
	}
	return nil
}

// round has a world of n servers go through something under load, and checks
// what is left. Prepare may change it before anything starts.
func (s *suite) round(t *trial, n int, p pressure, prepare func(*world) error, suffer func(*world) error) error {
	w, err := s.newWorld(t, n)
	if err != nil {
		return err
	}
	if prepare != nil {
		err = prepare(w)
	}
	if err == nil {
		err = w.live(p, suffer)
	}
	w.close()
	if found := w.violated(); err != nil || len(found) > 0 {
		for _, text := range found[:min(len(found), 5)] {
			fmt.Fprintf(s.out, "  ! %s\n", text)
		}
		return errors.Join(err, w.keep())
	}
	return os.RemoveAll(w.dir)
}

// live is a round from the first server's start to the last check.
func (w *world) live(p pressure, suffer func(*world) error) error {
	if err := w.open(); err != nil {
		return err
	}
	var err error
	if w.quiet, err = w.servers[0].gauge(w.client, "go_goroutines"); err != nil {
		return err
	}
	w.begin(p)
	if err := suffer(w); err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	if err := w.check(); err != nil {
		return err
	}
	if w.after != nil {
		return w.after()
	}
	return nil
}

// between gives a duration of some milliseconds.
func (w *world) between(least, most int) time.Duration {
	return time.Duration(least+w.rng.IntN(most-least+1)) * time.Millisecond
}

// pause waits for a random time.
func (w *world) pause(least, most int) { pauseFor(context.Background(), w.between(least, most)) }
