package shoppers

import (
	"cmp"
	"slices"
)

// Ranked is a session's place by some score, and its outcome.
type Ranked struct {
	Score  int64
	Bought bool
}

// Ranking counts, over all pairs of a session that bought and one that did not,
// which of the two a score puts higher.
type Ranking struct {
	Above int64 // pairs whose buyer has the higher score
	Tied  int64 // pairs of one score
	Pairs int64 // all pairs
}

// Rank counts the pairs of a list, which it sorts by score.
func Rank(all []Ranked) (r Ranking) {
	slices.SortFunc(all, func(a, b Ranked) int { return cmp.Compare(a.Score, b.Score) })
	buyers, others := int64(0), int64(0)
	for len(all) > 0 {
		n, bought := 0, int64(0)
		for n < len(all) && all[n].Score == all[0].Score {
			if all[n].Bought {
				bought++
			}
			n++
		}
		rest := int64(n) - bought
		r.Above += bought * others
		r.Tied += bought * rest
		buyers += bought
		others += rest
		all = all[n:]
	}
	r.Pairs = buyers * others
	return r
}

// AUC is the area under the ROC curve: the share of pairs whose buyer stands
// higher, where a tie counts half (Mann and Whitney's U over the number of
// pairs, with mid-ranks). 1 is perfect and 0.5 is chance; it is 0.5 where there
// is no pair.
func (r Ranking) AUC() float64 {
	if r.Pairs == 0 {
		return 0.5
	}
	return float64(2*r.Above+r.Tied) / float64(2*r.Pairs)
}
