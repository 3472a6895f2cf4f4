package main

import "time"

// killsInARow is how often one store goes through a kill before all of it is
// checked.
const killsInARow = 20

// tryKill kills a server again and again.
func (s *suite) tryKill(t *trial) error {
	for left := t.rounds; left > 0; left -= killsInARow {
		n := min(left, killsInARow)
		if err := s.round(t, 1, pressure{visitors: 12, visit: 2 * millisecond, claim: 8 * millisecond}, nil, func(w *world) error { return w.killAgain(n) }); err != nil {
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
		w.die(p)
		if w.rng.IntN(4) == 0 { // while it starts, which is when it recovers
			if err := p.launch(); err != nil {
				return err
			}
			w.pause(0, 400)
			w.die(p)
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

// die kills a process.
func (w *world) die(p *process) {
	w.kills.Add(1)
	p.kill()
}
