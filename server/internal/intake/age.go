package intake

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"assay/server/internal/lead"
)

const (
	// atOnce is how many leads one round lets age.
	atOnce = 200
	// rounds is how many follow each other while they come back full, before
	// other sites get their turn.
	rounds = 20
	// abreast is how many leads age side by side, so that a store which groups
	// commits can.
	abreast = 16
	// again is how long a lead that cannot age is left alone, so that those
	// behind it get their turn.
	again = time.Hour
)

// Age lets time pass for leads that it has changed: levels that engagement fell
// to, stays that stalled, cold leads to mark, reminders and asks that nobody
// took; and, where that leaves room, for leads that another model than the
// published one scored. It gives how many there were. Several servers may do it
// at once: each lead changes, and tells of it, once.
func (s *Service) Age(ctx context.Context, site Site) (aged int, err error) {
	now := s.now()
	var faults []error
	for range rounds {
		due, err := s.due(ctx, site, now)
		told := s.ageAll(ctx, site, due, now, &faults)
		if told {
			s.kick(site.Key)
		}
		aged, faults = aged+len(due), append(faults, err)
		if err != nil || len(due) < atOnce || ctx.Err() != nil || passes(errors.Join(faults...)) {
			break
		}
	}
	return aged, errors.Join(faults...)
}

// due gives the leads of one round.
func (s *Service) due(ctx context.Context, site Site, now time.Time) ([]string, error) {
	due, err := s.store.Due(ctx, site.Key, now, atOnce)
	room := atOnce - len(due)
	if err != nil || room <= 0 {
		return due, err
	}
	outdated, err := s.store.Outdated(ctx, site.Key, site.Model.Rater.Version, room)
	for _, id := range outdated {
		if !slices.Contains(due, id) {
			due = append(due, id)
		}
	}
	return due, err
}

// ageAll lets time pass for some leads, and reports whether any has something
// to tell. One that fails does not stop the others.
func (s *Service) ageAll(ctx context.Context, site Site, ids []string, now time.Time, faults *[]error) bool {
	var (
		all  sync.WaitGroup
		told atomic.Bool
		room = make(chan struct{}, abreast)
		errs = make([]error, len(ids))
	)
	for i, id := range ids {
		room <- struct{}{}
		all.Go(func() {
			defer func() { <-room }()
			outbox, its, err := s.age(ctx, site, id, now)
			if err != nil && its && ctx.Err() == nil && !passes(err) {
				err = errors.Join(err, s.store.Postpone(ctx, site.Key, id, now.Add(again)))
			}
			if errs[i] = err; outbox {
				told.Store(true)
			}
		})
	}
	all.Wait()
	*faults = append(*faults, errs...)
	return told.Load()
}

// passes reports whether a fault may be over at the next look: a store's, which
// says nothing of the lead.
func passes(err error) bool {
	return errors.Is(err, lead.ErrConflict) || errors.Is(err, ErrBusy) || errors.Is(err, ErrUnavailable)
}

// age lets time pass for one lead, unless somebody else did meanwhile, and
// reports whether it has something to tell; and, when it fails, whether that was
// at the lead itself rather than before or after, as a commit fails. A panic is
// its failure alone.
func (s *Service) age(ctx context.Context, site Site, id string, now time.Time) (outbox, its bool, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("lead %s: panic: %v\n%s", id, cause, debug.Stack())
		}
	}()
	r := site.Model.Rater
	err = s.store.Update(ctx, site.Key, func(tx lead.Tx) error {
		outbox, its = false, true
		l, err := lead.Find(tx, id, r, now)
		if err == nil && l.Due(r, now) {
			err = l.Age(r, now)
			outbox = len(l.Outbox) > 0
			if err == nil {
				err = lead.Save(tx, l, r)
			}
		}
		its = err != nil
		return err
	})
	return outbox, its, err
}
