package lead_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// flooded stores two contacts, of which "a" has so many touches of a verdict
// after the one that told who it is.
func (s *shelf) flooded(t *testing.T, n int, v lead.Verdict) {
	t.Helper()
	s.next()
	s.unit(t, func(tx lead.Tx) error {
		for i, id := range []string{"a", "b"} {
			l := lead.New(s.site, id, monday)
			touch := &lead.Touch{ID: "first of " + id, At: monday, Received: monday.Add(time.Duration(i)), FormKind: "demo", Verdict: lead.Unverified,
				Profile: map[string]string{"email": id + "@works.test", "name": id}}
			_, err := l.Apply(touch, s.r, monday)
			_, err1 := tx.InsertTouch(touch)
			if err := errors.Join(err, err1, tx.SetApplied(touch.ID, id), tx.SaveLead(l)); err != nil {
				return err
			}
		}
		for i := range n {
			touch := &lead.Touch{ID: fmt.Sprint("flood", i), At: monday, Received: monday.Add(time.Second), FormKind: "other", Verdict: v}
			_, err := tx.InsertTouch(touch)
			if err := errors.Join(err, tx.SetApplied(touch.ID, "a")); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestNoNumberOfSuspectTouchesHidesWhatAContactSaid(t *testing.T) {
	s := newShelf(t)
	s.flooded(t, 1500, lead.Suspect)
	s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", today) })
	if l := s.lead(t, "a"); l.Field("email") == "" || l.Field("name") == "" || l.Stage == "junk" || !l.Includes("b") {
		t.Errorf("%s %v", l.Stage, l.Profile)
	}
}

func TestAContactWithMoreTouchesThanAReplayReadsIsLeftAsItIs(t *testing.T) {
	s := newShelf(t)
	s.flooded(t, 1000, lead.Unverified)
	before := text(t, s.lead(t, "a"))
	for _, pair := range [][2]string{{"a", "b"}, {"b", "a"}} {
		err := s.store.Update(t.Context(), s.site, func(tx lead.Tx) error {
			a, err1 := tx.Lead(pair[0])
			b, err2 := tx.Lead(pair[1])
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			_, err := lead.Merge(tx, a, b, "p1", s.r, today)
			if a.Merged != nil || b.Merged != nil {
				t.Error("a merge that was refused left its mark")
			}
			return err
		})
		if !errors.Is(err, lead.ErrLong) || !errors.Is(err, lead.ErrMany) {
			t.Errorf("got %v, want ErrLong", err)
		}
	}
	same(t, "afterwards", text(t, s.lead(t, "a")), before)
}
