package main

import (
	"errors"
	"net/http"
	"os"
	"time"
)

// disk is where a server keeps its data, and can be out of room.
type disk interface {
	name() string
	fill() error
	free() error
	close() error
}

// tryDisk has the disk run out of room: a small one of its own where this
// machine lets us make one, and every other time, or everywhere else, a
// limit on the size of the server's files.
func (s *suite) tryDisk(t *trial) error {
	for i := range t.rounds {
		var d disk
		err := s.round(t, 1, pressure{visitors: 4, visit: 4 * millisecond, claim: 20 * millisecond}, func(w *world) (err error) {
			if d, err = newDisk(w.servers[0], i%2 == 0); err == nil {
				w.codes.add("no room: " + d.name())
				w.ends = append(w.ends, d.close)
			}
			return err
		}, func(w *world) error { return w.runOutOfRoom(d) })
		if err != nil {
			return err
		}
	}
	return nil
}

// errAccepts: a server without room must not say that it kept something.
var errAccepts = errors.New("a server without room refuses nothing")

// runOutOfRoom fills the disk until touches are refused, and then frees it. Now
// and then the server dies meanwhile.
func (w *world) runOutOfRoom(d disk) error {
	w.rounds.Add(1)
	w.pause(100, 600)
	w.injected.Add(1)
	if err := d.fill(); err != nil {
		return err
	}
	before := w.refused.Load()
	if err := until("a server without room refuses touches", func() (bool, error) { return w.refused.Load() > before+10, nil }); err != nil {
		return errors.Join(errAccepts, err)
	}
	_, answer := w.ready()
	w.codes.add("readyz without room " + answer.Error())
	w.pause(100, 800)
	p := w.servers[0]
	dies := w.rng.IntN(3) == 0
	if dies {
		if err := w.die(p); err != nil {
			return err
		}
	}
	if err := d.free(); err != nil {
		return err
	}
	if dies {
		if err := p.start(); err != nil {
			return err
		}
	}
	accepted := w.accepted.Load()
	if err := until("with room again touches are accepted", func() (bool, error) { return w.accepted.Load() > accepted+10, nil }); err != nil {
		return err
	}
	if err := until("with room again the server is ready", w.ready); err != nil {
		return err
	}
	w.pause(100, 300)
	return nil
}

// ready asks the first server whether it can serve.
func (w *world) ready() (bool, error) {
	answer, err := w.client.Get(w.anyURL() + "/readyz")
	if err != nil {
		return false, err
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK, errors.New(answer.Status)
}

// filler is what fills a disk.
func filler(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for piece := make([]byte, 1<<16); len(piece) > 0; {
		if _, err := f.Write(piece); err != nil {
			piece = piece[:len(piece)/2]
		}
	}
	return nil
}

const millisecond = time.Millisecond

// joined is errors.Join for a fault that mostly is none.
func joined(err, more error) error {
	if more == nil {
		return err
	}
	return errors.Join(err, more)
}
