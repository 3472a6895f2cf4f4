package main

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

const day = 24 * time.Hour

// jumps are what the clock does. It stays within bounds: touches are accepted
// for seven days.
var jumps = []time.Duration{-time.Hour, time.Hour, -day, day}

const earliest, latest = -time.Hour, 3 * day

// tryClock has the server's clock jump. Every other time it may be slow, too.
func (s *suite) tryClock(t *trial) error {
	if !canJump {
		t.codes.add("not here: " + jump(0).Error())
		return nil
	}
	for i := range t.rounds {
		least := time.Duration(0)
		if i%2 == 1 {
			least = earliest
		}
		err := s.round(t, 1, pressure{visitors: 4, visit: 10 * millisecond, claim: 20 * millisecond}, func(w *world) error {
			w.servers[0].settings.clock = true
			w.crowd.plans = slices.DeleteFunc(slices.Clone(plans), func(p plan) bool {
				return len(p.forms) > 1 // whoever comes again after an hour may rightly be told of again
			})
			return nil
		}, func(w *world) error { return w.jumpAbout(least) })
		if err != nil {
			return err
		}
	}
	return nil
}

// jumpAbout has the clock jump to and fro between requests.
func (w *world) jumpAbout(least time.Duration) error {
	const times = 6
	w.rounds.Add(1)
	at := time.Duration(0)
	for range times {
		w.pause(100, 1200)
		by := jumps[w.rng.IntN(len(jumps))]
		if at+by < least || at+by > latest {
			by = -by
		}
		at += by
		w.injected.Add(1)
		w.codes.add(fmt.Sprint("clock ", by))
		if err := w.servers[0].jump(by); err != nil {
			return err
		}
	}
	w.pause(100, 6000) // the slowest worker goes round every five seconds
	w.after = w.signInsEnd
	return nil
}

// signInsEnd looks whether a sign-in, which lasts for a week, is over after more
// than that, and another one is not over when the clock goes back.
func (w *world) signInsEnd() error {
	const long = 8 * day
	r := w.reps[0]
	for _, step := range []struct {
		by   time.Duration
		want int
	}{{long, http.StatusUnauthorized}, {-long, http.StatusOK}} {
		w.injected.Add(1)
		if err := w.servers[0].jump(step.by); err != nil {
			return err
		}
		status, err := w.signedIn(r)
		if err != nil {
			return err
		}
		if status != step.want {
			w.violate(&w.other, "after a jump by %s a sign-in is answered with %d, want %d", step.by, status, step.want)
		}
		if _, err := r.signIn(); err != nil {
			return err
		}
	}
	return nil
}

// signedIn gives the status of the answer to who is signed in.
func (w *world) signedIn(r *rep) (status int, err error) {
	q, err := http.NewRequest(http.MethodGet, w.anyURL()+"/v1/session", nil)
	if err != nil {
		return 0, err
	}
	q.Header.Set("Cookie", r.login())
	status, _, err = w.do(q)
	return status, err
}
