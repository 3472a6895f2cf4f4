package main

// tryPair kills one of two servers over one store.
func (s *suite) tryPair(t *trial) (err error) {
	store, end, err := s.mongo()
	if err != nil {
		return err
	}
	defer func() { err = joined(err, end()) }()
	for range t.rounds {
		err := s.round(t, 2, gentle, func(w *world) error {
			for _, p := range w.servers {
				p.settings.mongo = w.uri(*store.url.Load())
			}
			return nil
		}, (*world).loseOne)
		if err != nil {
			return err
		}
	}
	return nil
}

// loseOne kills a server, and then the other goes on: alone, or until the first
// is back and it dies itself.
func (w *world) loseOne() error {
	w.rounds.Add(1)
	first := w.rng.IntN(2)
	w.pause(200, 1500)
	if err := w.die(w.servers[first]); err != nil {
		return err
	}
	w.pause(200, 1000)
	if w.rng.IntN(2) == 0 {
		return nil
	}
	if err := w.servers[first].start(); err != nil {
		return err
	}
	w.pause(100, 700)
	if err := w.die(w.servers[1-first]); err != nil {
		return err
	}
	w.pause(100, 500)
	return nil
}
