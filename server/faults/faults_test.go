package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestMain lets the test binary be a child, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childCommand {
		os.Exit(code(beChild(os.Args[2:])))
	}
	os.Exit(m.Run())
}

func TestNothingIsLostAndNothingComesTwiceWhateverBreaks(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel() // most of a round is waiting for the next look for what was left
			rounds := 1
			if f.name == "kill" {
				rounds = 4
			}
			s := &suite{seed: uint64(time.Now().UnixNano()), out: t.Output()}
			if err := s.run([]fault{f}, rounds); err != nil {
				t.Error(err)
			}
		})
	}
}

// settled is a world after some load, in which nothing is wrong, and whose
// server still runs.
func settled(t *testing.T) *world {
	t.Helper()
	s := &suite{seed: 1, out: t.Output(), dir: t.TempDir()}
	if err := s.build(); err != nil {
		t.Fatal(err)
	}
	w, err := s.newWorld(s.trial("test", 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	err = w.live(pressure{visitors: 2, visit: millisecond, claim: millisecond}, func(w *world) error {
		return until("there is something to check", func() (bool, error) { return w.accepted.Load() > 20 && w.won.Load() > 4, nil })
	})
	if err != nil || w.violations() > 0 {
		t.Fatalf("%v, %v", err, w.violated())
	}
	return w
}

// Each part takes one thing away from what is known, or adds one, and expects
// that the checks miss it.
func TestChecksFindWhatIsWrong(t *testing.T) {
	w := settled(t)
	finds := func(what string, n func() int64, change func()) {
		t.Helper()
		before := n()
		change()
		if err := w.check(); err != nil {
			t.Fatal(err)
		}
		if n() == before {
			t.Errorf("nobody noticed: %s", what)
		}
	}
	r := w.reps[0]
	finds("a rep did not see a message", w.lostAlerts.Load, func() { r.seen = append(r.seen[:3:3], r.seen[4:]...) })
	finds("a rep saw a message twice", w.twiceAlerts.Load, func() {
		_ = r.take([]byte(`{"type":"alert","id":"` + r.seen[0].ID + `","cursor":1,"data":{}}`))
	})
	finds("an accepted touch is gone", w.lostTouches.Load, func() {
		w.crowd.people = append(w.crowd.people, &person{email: "nobody@gone.test", plan: &plans[len(plans)-1], touches: []*touch{{id: "gone"}}})
	})
	silent := plan{name: "asks for nothing"}
	finds("an alert that nobody called for", w.twiceAlerts.Load, func() {
		for _, p := range w.crowd.people {
			p.plan = &silent
		}
	})
	finds("an alert is missing", w.lostAlerts.Load, func() { silent.alerts = []string{"prospect", "hand_raise"} })
	finds("two people have one lead", w.doubleClaims.Load, func() {
		for lead := range w.history.claimed() {
			w.history.begin(0, &rep{id: "somebody else"}, lead, claim)(outcome{known: true, done: true, owner: "somebody else"})
		}
	})
	finds("a server panicked", w.other.Load, func() {
		if err := os.WriteFile(w.servers[0].logFile, []byte("panic: of a test\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		w.readLogs()
	})
}

func TestTheClockOfAServerJumps(t *testing.T) {
	if !canJump {
		t.Skip("a child's clock is moved by patching time.Now, which is written for linux/amd64 alone")
	}
	dir := t.TempDir()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{name: "server", kind: kindServer, binary: binary, logFile: filepath.Join(dir, "log"),
		settings: settings{dir: dir, keys: filepath.Join(dir, "keys.json"), password: password, clock: true}}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	for _, by := range []time.Duration{day, -2 * day} {
		before := clockOf(t, p)
		if err := p.jump(by); err != nil {
			t.Fatal(err)
		}
		if moved := clockOf(t, p).Sub(before); (moved - by).Abs() > 10*time.Minute {
			t.Errorf("the clock moved by %s, want %s", moved, by)
		}
	}
	if err := p.terminate(); err != nil {
		t.Error(err)
	}
}

// clockOf reads a server's clock from an answer.
func clockOf(t *testing.T, p *process) time.Time {
	t.Helper()
	answer, err := http.Get(*p.url.Load() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	at, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}
