package score

import (
	"testing"

	"assay/shared/model"
)

func TestAgeingIsExactAtItsEdges(t *testing.T) {
	const week, million = 7 * 86400, 1_000_000
	held := newAgeing(60, 1000)
	if at, after := held.worth(million, 60), held.worth(million, 61); at != million || after >= million {
		t.Errorf("held for a minute: %d at its end, %d a second later", at, after)
	}
	weekly := newAgeing(0, week)
	for lives, want := range map[uint32]int64{1: million / 2, 2: million / 4, 16: 15, 19: 1, 20: 0, 40: 0} {
		if got := weekly.worth(million, lives*week); got != want {
			t.Errorf("after %d half-lives a million is %d, want %d", lives, got, want)
		}
	}
}

// The position in a half-life must not come round to its beginning, where long
// half-lives leave the inverse least room.
func TestALongHalfLifeEndsAtHalf(t *testing.T) {
	for _, half := range []uint32{1<<24 + 1, model.MaxDuration} {
		a := newAgeing(0, half)
		if got := a.worth(1_000_000, half-1); got < 500_000 || got > 500_020 {
			t.Errorf("a second before a half-life of %d s a million is %d, want half", half, got)
		}
	}
}
