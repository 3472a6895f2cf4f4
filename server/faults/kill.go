package main

import (
	"fmt"
	"time"
)

// killsInARow is how often one store goes through a kill before all of it is
// checked.
const killsInARow = 20

// tryKill kills a server again and again. Most of its lives are hurried: at the usual
// pace names are put in order once in minutes, and hardly a kill would fall into that.
func (s *suite) tryKill(t *trial) error {
	for left := t.rounds; left > 0; left -= killsInARow {
		n := min(left, killsInARow)
		err := s.round(t, 1, pressure{visitors: 12, visit: 2 * millisecond, claim: 8 * millisecond}, func(w *world) error {
			w.servers[0].settings.hurried = true
			return nil
		}, func(w *world) error { return w.killAgain(n) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) killAgain(n int) error {
	p := w.servers[0]
	for range n {
		w.rounds.Add(1)
		w.pause(30, 600)
		if w.rng.IntN(2) == 0 {
			w.awaitAnswer()
		}
		if err := w.die(p); err != nil {
			return err
		}
		p.settings.hurried = w.rng.IntN(5) > 0
		if w.rng.IntN(4) == 0 { // while it starts, which is when it recovers
			if err := p.launch(); err != nil {
				return err
			}
			w.pause(0, 400)
			if err := w.die(p); err != nil {
				return err
			}
		}
		if err := p.start(); err != nil {
			return err
		}
	}
	w.pause(30, 300)
	return nil
}

// awaitAnswer waits until a touch is accepted: a server that dies just then must
// have kept it.
func (w *world) awaitAnswer() {
	select {
	case <-w.answers:
	case <-time.After(patience): // which settle will find, too
	}
}

// die kills a server, and counts what it was doing.
func (w *world) die(p *process) error {
	w.kills.Add(1)
	served := p.url.Load() != nil
	p.kill()
	if p.settings.mongo != "" {
		return nil
	}
	a, err := amidWhat(p.settings.dir)
	if err != nil {
		return fmt.Errorf("what %s left: %w", p.name, err)
	}
	if a.tidying {
		w.amidTidying.Add(1)
	}
	if a.folding && served { // until its first folding, a server that starts looks like that, too
		w.amidFolding.Add(1)
	}
	return nil
}
