package lifecycle

import (
	"testing"

	"pgregory.net/rapid"
)

// use is one stage and event of one row.
type use struct {
	row  *row
	from Stage
	on   Kind
}

// A row that no history uses would be a line of the documentation that is not
// true, so every stage and event of every row has to be met.
func TestEveryRowOfTheTableIsUsed(t *testing.T) {
	open := uses()
	histories := rapid.Custom(drawHistory)
	for seed := 0; len(open) > 0 && seed < 60_000; seed++ {
		live(histories.Example(seed), func(_, _ State, x past, plan *Plan, _ error) {
			for _, m := range plan.Moves() {
				delete(open, use{find(m.From, m.To, x.e.Kind, x.p.Promotion, m.Reason), m.From, x.e.Kind})
			}
		})
	}
	for u := range open {
		t.Errorf("nothing moves %v to %v on %v by %v", u.from, u.row.To, u.on, u.row.Cause)
	}
}

// uses gives every use of the table.
func uses() map[use]bool {
	all := map[use]bool{}
	for i := range table {
		for from := range Stages {
			for on := range Kinds {
				if r := &table[i]; r.From>>from&1 == 1 && r.On>>on&1 == 1 {
					all[use{r, from, on}] = true
				}
			}
		}
	}
	return all
}
