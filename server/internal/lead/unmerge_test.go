package lead_test

import (
	"errors"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// The touches of the part that left are no touches that the rest waits for,
// though they came this minute, and a crash kept the rest from being written.
func TestAnUndoThatACrashCutShortWaitsForNoTouchOfThePart(t *testing.T) {
	for writes := range 2 {
		s := newShelf(t)
		s.next()
		s.put(t, "a", "download", fits)
		s.put(t, "b", "download", nil)
		for id, touch := range map[string]string{"a": "more of a", "b": "more of b"} {
			more := &lead.Touch{ID: touch, Site: s.site, At: today, Received: today, Form: touch, FormKind: "download", Verdict: lead.Unverified}
			s.change(t, id, func(l *lead.Lead) error {
				_, err := l.Apply(more, s.r, today)
				return err
			})
			s.keep(t, id, more)
		}
		s.unit(t, func(tx lead.Tx) error { return merge(tx, s.r, "a", "b", today.Add(time.Second)) })
		if err := s.unmerge(&loose{s, writes}, "a", "b"); !errors.Is(err, errCrash) {
			t.Fatalf("after %d writes nothing was cut short: %v", writes, err)
		}
		if err := s.unmerge(&loose{s, plenty}, "a", "b"); err != nil {
			t.Fatal(err)
		}
		a, b := s.lead(t, "a"), s.lead(t, "b")
		if len(a.Touches) != 2 || len(b.Touches) != 2 || len(a.Members) != 0 || b.Merged != nil {
			t.Errorf("cut after %d writes: %d touches and members %v, the part %d", writes, len(a.Touches), a.Members, len(b.Touches))
		}
	}
}
