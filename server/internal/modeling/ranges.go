package modeling

import (
	"maps"
	"slices"
	"strconv"

	"assay/shared/model"
	"assay/shared/profile"
)

func (w *Answers) ranged() bool { return w.From != nil || w.To != nil }

// ranges derives the bounds of every field from all ranges that are written,
// so that no author lists them.
func (c *compiler) ranges(out *model.Source) {
	bounds := map[profile.Field]map[uint32]bool{}
	c.everyAnswers(func(path, field string, w *Answers) {
		if !w.ranged() {
			return
		}
		if field != "company_size" && field != "budget" {
			c.fault(path, "range", "want from and to with company_size or budget; %s is no number", field)
			return
		}
		from, to := w.span()
		if from > to {
			c.fault(path, "order", "want from to be at most to, got %d and %d", from, to)
			return
		}
		f := fieldOf(field)
		if bounds[f] == nil {
			bounds[f] = map[uint32]bool{}
		}
		bounds[f][from] = true
		if w.To != nil {
			bounds[f][to+1] = true
		}
	})
	for _, f := range slices.Sorted(maps.Keys(bounds)) {
		a := c.answersOf(f)
		for _, from := range slices.Sorted(maps.Keys(bounds[f])) {
			if a.take() == 0 {
				c.fault("", "too_many", "want at most %d different ends of ranges of %s", profile.MaxCode-1, f)
				break
			}
			a.bounds = append(a.bounds, from)
			out.Bounds = append(out.Bounds, model.Bound{Field: f, From: from})
		}
	}
}

// span gives the lowest and highest number of a range.
func (w *Answers) span() (from, to uint32) {
	to = model.MaxBound - 1
	if w.From != nil {
		from = *w.From
	}
	if w.To != nil {
		to = *w.To
	}
	return from, to
}

// span gives the codes of a range whose ends are bounds.
func (a *answers) span(w Answers) (codes uint32) {
	from, to := w.span()
	for i, bound := range a.bounds {
		if bound >= from && bound <= to {
			codes |= 1 << (2 + i)
		}
	}
	return codes
}

// rangeName writes range i as "51-200" or "5001+".
func (a *answers) rangeName(i int) string {
	from := strconv.FormatUint(uint64(a.bounds[i]), 10)
	if i+1 == len(a.bounds) {
		return from + "+"
	}
	return from + "-" + strconv.FormatUint(uint64(a.bounds[i+1]-1), 10)
}
