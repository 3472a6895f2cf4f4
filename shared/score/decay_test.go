package score

import (
	"math"
	"testing"
)

func TestHalvesAreRoundedPowers(t *testing.T) {
	for i, got := range halves {
		if want := uint32(math.Round(math.Exp2(30 - float64(i)/32))); got != want {
			t.Errorf("halves[%d] = %d, want %d", i, got, want)
		}
	}
}

func TestAgedFollowsTheHalfLife(t *testing.T) {
	const week = 7 * 86400
	for _, c := range []struct {
		points                int64
		age, hold, half, want uint32
	}{
		{15000, 0, 0, week, 15000},
		{15000, week, 0, week, 7500},
		{15000, 2 * week, 0, week, 3750},
		{15000, week, week, week, 15000},
		{15000, 2 * week, week, week, 7500},
		{15000, 1 << 31, 0, 0, 15000},
		{15000, math.MaxUint32, 0, 1, 0},
	} {
		a := newAgeing(c.hold, c.half)
		if got := a.worth(c.points, c.age); got != int64(c.want) {
			t.Errorf("%d after %d s (hold %d, half-life %d) is %d, want %d", c.points, c.age, c.hold, c.half, got, c.want)
		}
		if got := a.worth(-c.points, c.age); got != -int64(c.want) {
			t.Errorf("negative points age differently: %d, want -%d", got, c.want)
		}
	}
}

func TestAgedStaysNearTheCurveAndNeverRises(t *testing.T) {
	const half = 7 * 86400
	a, last := newAgeing(0, half), int64(1<<40)
	for age := uint32(0); age < 12*half; age += 997 {
		got := a.worth(1_000_000, age)
		want := 1e6 * math.Exp2(-float64(age)/half)
		if math.Abs(float64(got)-want) > want*7e-5+1 {
			t.Fatalf("at %d s: %d, the curve says %.1f", age, got, want)
		}
		if got > last {
			t.Fatalf("at %d s points rose from %d to %d", age, last, got)
		}
		last = got
	}
}

func TestWholeRoundsHalvesAwayFromZero(t *testing.T) {
	for milli, want := range map[int64]int64{0: 0, 499: 0, 500: 1, 1499: 1, -499: 0, -500: -1, -1500: -2} {
		if got := whole(milli); got != want {
			t.Errorf("whole(%d) = %d, want %d", milli, got, want)
		}
	}
}
