package lead_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
)

// shelf is a real store in which each check has a site of its own.
type shelf struct {
	store *sqlitestore.Store
	r     *lead.Rater
	site  string
	sites int
	told  int64 // cursor of the newest event that a test looked at
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	store := sqlitetest.Open(t)
	return &shelf{store: store, r: rater(t)}
}

func (s *shelf) next() {
	s.sites++
	s.told = 0
	s.site = fmt.Sprint("site-", s.sites)
}

func (s *shelf) unit(t rapid.TB, fn func(tx lead.Tx) error) {
	t.Helper()
	if err := s.store.Update(context.Background(), s.site, fn); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) lead(t rapid.TB, id string) *lead.Lead {
	t.Helper()
	l, err := s.store.Lead(context.Background(), s.site, id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (s *shelf) all(t rapid.TB) map[string]*lead.Lead {
	t.Helper()
	all := map[string]*lead.Lead{}
	for i := range contacts {
		all[name(i)] = s.lead(t, name(i))
	}
	return all
}

const contacts = 4

func name(i int) string { return string(rune('a' + i)) }

// fill stores contacts with their touches.
func (s *shelf) fill(t *rapid.T) map[string][]*lead.Touch {
	t.Helper()
	touches := map[string][]*lead.Touch{}
	s.unit(t, func(tx lead.Tx) error {
		for i := range contacts {
			id := name(i)
			l := lead.New(s.site, id, monday)
			touches[id] = drawTouches(t, id, 3)
			for _, touch := range touches[id] {
				if len(touch.Visits) > 0 && rapid.IntRange(0, 3).Draw(t, "foreign") == 0 {
					touch.Visits[0].Of = name(rapid.IntRange(0, contacts-1).Draw(t, "of"))
				}
				apply(t, l, touch, s.r, touch.Received)
				act(t, l, s.r, touch.Received)
				_, err1 := tx.InsertTouch(touch)
				if err := errors.Join(err1, tx.SetApplied(touch.ID, id)); err != nil {
					return err
				}
			}
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
	return touches
}

// keep stores a touch that is part of a contact.
func (s *shelf) keep(t rapid.TB, id string, touch *lead.Touch) {
	t.Helper()
	s.unit(t, func(tx lead.Tx) error {
		_, err := tx.InsertTouch(touch)
		return errors.Join(err, tx.SetApplied(touch.ID, id))
	})
}

// merge makes one of two contacts, whatever they are part of by now.
func merge(tx lead.Tx, r *lead.Rater, a, b string, now time.Time) error {
	one, err := lead.Find(tx, a, r, now)
	if err != nil {
		return err
	}
	other, err := lead.Find(tx, b, r, now)
	if err != nil || one.ID == other.ID {
		return err
	}
	whole, err := lead.Merge(tx, one, other, "p1", r, now)
	if err != nil {
		return err
	}
	return tx.SaveLead(whole)
}

// root gives what all contacts are by now.
func (s *shelf) root(t rapid.TB) (root *lead.Lead) {
	t.Helper()
	for i := range contacts {
		s.unit(t, func(tx lead.Tx) error {
			l, err := lead.Find(tx, name(i), s.r, today)
			if err == nil && root != nil && l.ID != root.ID {
				t.Fatalf("%s is part of %s, another of %s", name(i), l.ID, root.ID)
			}
			root = l
			return err
		})
	}
	return root
}

// copy stores the same contacts in the present site.
func (s *shelf) copy(t *rapid.T, leads map[string]*lead.Lead, touches map[string][]*lead.Touch) {
	t.Helper()
	s.unit(t, func(tx lead.Tx) error {
		for id, l := range leads {
			mine := *l
			mine.Rev, mine.Site, mine.Outbox = 0, s.site, nil
			for _, touch := range touches[id] {
				_, err1 := tx.InsertTouch(touch)
				if err := errors.Join(err1, tx.SetApplied(touch.ID, id)); err != nil {
					return err
				}
			}
			if err := tx.SaveLead(&mine); err != nil {
				return err
			}
		}
		return nil
	})
}
