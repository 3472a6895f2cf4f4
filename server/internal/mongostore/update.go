package mongostore

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"assay/server/internal/lead"
)

const (
	tries     = 8                     // of a unit that loses races
	firstWait = 2 * time.Millisecond  // at most, before the second try; each later one doubles it
	maxWait   = 50 * time.Millisecond // at most, between two tries
	unitTime  = 10 * time.Second      // after which a unit is not tried again
)

// Update is intake.Store's. Once fn has begun, the context no longer counts:
// what is half done is brought to its end. Units that lose a race for a lead
// run again one after another, as far as they are of this process.
func (s *Store) Update(ctx context.Context, site string, fn func(tx lead.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.gate.enter(ctx); err != nil {
		return err
	}
	defer s.gate.leave()
	ctx, end, err := s.causal(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	defer end()
	return s.run(&unit{s: s, ctx: ctx, site: site, inserted: map[string]bool{}}, fn)
}

// run tries a unit until it loses no race.
func (s *Store) run(u *unit, fn func(tx lead.Tx) error) error {
	began, pause := time.Now(), firstWait
	turn := func() {}
	defer func() { turn() }()
	for try := 1; ; try++ {
		t := &tx{unit: u}
		err := fn(t)
		if err == nil {
			err = t.err // which fn has overlooked
		}
		switch {
		case err == nil || t.err != nil:
			return err
		case !errors.Is(err, lead.ErrConflict):
			return errors.Join(err, u.withdraw())
		case try == tries || time.Since(began) > unitTime:
			return err
		}
		turn()
		turn = s.losers.take(u.site + "/" + t.lost)
		time.Sleep(rand.N(pause))
		pause = min(2*pause, maxWait)
	}
}

// unit is a unit of work, however often it is tried.
type unit struct {
	s        *Store
	ctx      context.Context
	site     string
	inserted map[string]bool // touches that it stored
}

// withdraw takes the touches of a unit that refuses them out again, but for those
// that somebody has applied: else they would be applied for ever, and refused.
func (u *unit) withdraw() error {
	for id := range u.inserted {
		if _, err := u.s.touches.DeleteOne(u.ctx, append(one(u.site, id), is("lead", ""))); err != nil {
			return fail("withdraw touch", err)
		}
	}
	return nil
}

var _ lead.Tx = (*tx)(nil)

// tx is one try of a unit of work.
type tx struct {
	*unit
	touched map[string]bool  // touches that it stored, or stored again
	filled  map[string]int64 // since when outboxes wait, of leads that it read
	lost    string           // the lead for which it lost a race
	err     error            // the first fault of the store
}

// fault notes a fault of the store and says what was being done.
func (t *tx) fault(doing string, err error) error {
	err = fail(doing, err)
	if t.err == nil {
		t.err = err
	}
	return err
}
