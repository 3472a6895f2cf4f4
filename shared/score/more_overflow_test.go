package score

import (
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
)

func TestOneMoreSignalCountsNothingTwiceWhenTheGrantsAreFull(t *testing.T) {
	b, err := model.Build(&model.Source{LetterMin: [3]uint8{75, 50, 25}, LevelMin: [3]uint8{60, 35, 15},
		Signals: []model.Signal{{Kinds: 1 << evidence.PageViewed, Points: 20, HalfLife: 30 * day}}})
	if err != nil {
		t.Fatal(err)
	}
	var e Engine
	if err := e.Load(b); err != nil {
		t.Fatal(err)
	}
	signals := make([]evidence.Signal, evidence.MaxSignals)
	for i := range signals {
		signals[i] = at(uint32(i), evidence.PageViewed)
	}
	full := visit(monday, signals...)
	visits := []evidence.Visit{full, {Start: monday + 1000, Log: full.Log}, visit(monday + 2000)}
	in := &Input{Now: monday + 2000, Visits: visits[:3]}
	before := *mustScore(t, &e, in)
	var out Result
	if c := e.More(evidence.PageViewed, 1000, &out); c != 0 {
		t.Fatal(c)
	}
	visits[2] = visit(monday+2000, at(1, evidence.PageViewed))
	if want := mustScore(t, &e, &Input{Now: monday + 2001, Visits: visits}); out != *want {
		t.Errorf("one more after %d gives %d, from the start it is %d", before.Engagement, out.Engagement, want.Engagement)
	}
}
