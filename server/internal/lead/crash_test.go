package lead_test

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
)

var errCrash = errors.New("the power went out")

// loose is a unit of work of a store without transactions: each write is
// durable at once, in the order of the calls, until the power goes out.
type loose struct {
	s    *shelf
	left int // writes that are still done
}

func (l *loose) do(fn func(tx lead.Tx) error) error {
	return l.s.store.Update(context.Background(), l.s.site, fn)
}

func (l *loose) write(fn func(tx lead.Tx) error) error {
	if l.left--; l.left < 0 {
		return errCrash
	}
	return l.do(fn)
}

func (l *loose) InsertTouch(t *lead.Touch) (inserted bool, err error) {
	return inserted, l.write(func(tx lead.Tx) error { inserted, err = tx.InsertTouch(t); return err })
}

func (l *loose) SetApplied(touch, id string) error {
	return l.write(func(tx lead.Tx) error { return tx.SetApplied(touch, id) })
}

func (l *loose) ClaimIdentities(id string, hashes ...string) (owners map[string]string, err error) {
	err = l.write(func(tx lead.Tx) error { owners, err = tx.ClaimIdentities(id, hashes...); return err })
	return owners, err
}

func (l *loose) SaveLead(v *lead.Lead) error {
	return l.write(func(tx lead.Tx) error { return tx.SaveLead(v) })
}

func (l *loose) Touches(id string, limit int) (list []*lead.Touch, err error) {
	err = l.do(func(tx lead.Tx) error { list, err = tx.Touches(id, limit); return err })
	return list, err
}

func (l *loose) Identities(hashes ...string) (tied map[string]string, err error) {
	err = l.do(func(tx lead.Tx) error { tied, err = tx.Identities(hashes...); return err })
	return tied, err
}

func (l *loose) Owners(domain string, limit int) (owners []string, err error) {
	err = l.do(func(tx lead.Tx) error { owners, err = tx.Owners(domain, limit); return err })
	return owners, err
}

func (l *loose) Lead(id string) (v *lead.Lead, err error) {
	err = l.do(func(tx lead.Tx) error { v, err = tx.Lead(id); return err })
	return v, err
}

const plenty = 1000

// A merge or its undo that a crash cut short is ended by whoever meets one of
// the two, or by doing it again, with the result that it would have had.
func TestWhatACrashCutShortIsEnded(t *testing.T) {
	s := newShelf(t)
	rapid.Check(t, func(t *rapid.T) {
		s.next()
		touches := s.fill(t)
		before := s.all(t)
		s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", today) })
		want := s.all(t)
		for writes := range 2 {
			s.next()
			s.copy(t, before, touches)
			crash(t, merge(&loose{s, writes}, s.r, "a", "b", today))
			met := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "met")
			if _, err := lead.Find(&loose{s, plenty}, met, s.r, today); err != nil {
				t.Fatal(err)
			}
			if err := merge(&loose{s, plenty}, s.r, "a", "b", today); err != nil {
				t.Fatal(err)
			}
			s.equals(t, "merged", want)

			root, part := "a", "b"
			if want["a"].Merged != nil {
				root, part = "b", "a"
			}
			crash(t, s.unmerge(&loose{s, writes}, root, part))
			if err := s.unmerge(&loose{s, plenty}, root, part); err != nil {
				t.Fatal(err)
			}
			s.equals(t, "undone", before)
		}
	})
}

func crash(t *rapid.T, err error) {
	t.Helper()
	if !errors.Is(err, errCrash) {
		t.Fatalf("nothing was cut short: %v", err)
	}
}

func (s *shelf) equals(t *rapid.T, what string, want map[string]*lead.Lead) {
	t.Helper()
	for id, l := range s.all(t) {
		l.Site = want[id].Site
		same(t, what+" "+id, undone(t, l), undone(t, want[id]))
	}
}
