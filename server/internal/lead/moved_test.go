package lead_test

import (
	"context"
	"slices"
	"testing"

	"assay/server/internal/lead"
)

// moves names the leads of which everybody was told since it was last asked
// that they moved.
func (s *shelf) moves(t *testing.T) (ids []string) {
	t.Helper()
	entries, err := s.store.Feed(context.Background(), s.site, s.told, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		s.told = e.Cursor
		if e.Change != nil && e.Change.What == lead.ChangeMoved {
			ids = append(ids, e.Lead+" "+e.Change.Stage)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestEverybodyIsToldOfMovesByTouchesAndMerges(t *testing.T) {
	s := newShelf(t)
	s.next()
	s.put(t, "a", "download", fits)
	s.put(t, "b", "download", nil)
	for _, step := range []struct {
		what string
		do   func()
		want []string
	}{
		{"two new contacts", func() {}, nil},
		{"a touch that moves nothing", func() {
			s.change(t, "a", func(l *lead.Lead) error { submit(t, l, s.r, "again", "download", monday); return nil })
		}, nil},
		{"a demo form", func() {
			s.change(t, "a", func(l *lead.Lead) error { submit(t, l, s.r, "ask", "demo", monday); return nil })
		}, []string{"a prospect"}},
		{"a merge", func() { s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", today) }) }, []string{"a prospect"}},
		{"its undo", func() { s.unit(t, func(tx lead.Tx) error { return s.unmerge(tx, "a", "b") }) }, []string{"a prospect", "b lead"}},
	} {
		step.do()
		if got := s.moves(t); !slices.Equal(got, step.want) {
			t.Errorf("%s: told %v, want %v", step.what, got, step.want)
		}
	}
}
