package shoppers

import (
	"math/rand/v2"
	"testing"
)

func TestRankingCountsEveryPairAsComparingThemOneByOneDoes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		all := make([]Ranked, random.IntN(40))
		for i := range all {
			all[i] = Ranked{random.Int64N(8) - 4, random.IntN(3) == 0}
		}
		var want Ranking
		for _, buyer := range all {
			for _, other := range all {
				if !buyer.Bought || other.Bought {
					continue
				}
				want.Pairs++
				switch {
				case buyer.Score > other.Score:
					want.Above++
				case buyer.Score == other.Score:
					want.Tied++
				}
			}
		}
		if got := Rank(all); got != want {
			t.Fatalf("got %+v, want %+v of %v", got, want, all)
		}
	}
}

func TestAUCIsOneForPerfectZeroForReversedAndHalfForChance(t *testing.T) {
	for name, c := range map[string]struct {
		all  []Ranked
		want float64
	}{
		"perfect":                   {[]Ranked{{3, true}, {1, false}, {2, true}}, 1},
		"reversed":                  {[]Ranked{{1, true}, {2, false}}, 0},
		"all tied":                  {[]Ranked{{5, true}, {5, false}, {5, false}}, 0.5},
		"one above, one tied":       {[]Ranked{{5, true}, {5, false}, {4, false}}, 0.75},
		"nobody bought":             {[]Ranked{{5, false}, {4, false}}, 0.5},
		"nobody at all":             {nil, 0.5},
		"half a tie in three pairs": {[]Ranked{{1, false}, {1, true}, {0, false}, {2, false}}, 0.5},
	} {
		if got := Rank(c.all).AUC(); got != c.want {
			t.Errorf("%s: AUC is %v, want %v", name, got, c.want)
		}
	}
}
