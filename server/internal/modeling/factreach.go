package modeling

import (
	"slices"

	"assay/shared/model"
	"assay/shared/profile"
)

// allFields is every fact, as a set.
const allFields = 1<<profile.Facts - 1

// factReach gives the most whole points of a sign that the answers of some
// fields can earn in one dimension.
func (l *linter) factReach(fit bool, fields uint32, sign int64) int {
	return l.chosen(fit, fields, sign, make([]int64, len(l.out.GroupCaps)+1))
}

// sums are points by group; those of group 0 have no cap.
type sums [model.MaxGroups + 1]int64

// maxSums bounds how many ways to add answers up are kept. A model with more
// would need hundreds of rules in several groups; its reach is then the best
// of those kept.
const maxSums = 4096

// chosen adds to points by group the best answer of each field. Fields that
// share groups depend on each other, so that all sums that can come about are
// kept until the caps are known to cut them.
func (l *linter) chosen(fit bool, fields uint32, sign int64, groups []int64) int {
	var start sums
	copy(start[:], groups)
	reached := []sums{start}
	for f := range profile.Facts {
		if fields>>f&1 == 0 {
			continue
		}
		var next []sums
		have := map[sums]bool{}
		for _, option := range l.options(fit, f, sign) {
			for _, s := range reached {
				for g := range s {
					s[g] += option[g]
				}
				if !have[s] && len(next) < maxSums {
					have[s] = true
					next = append(next, s)
				}
			}
		}
		reached = next
	}
	best := int64(0)
	for _, s := range reached {
		best = max(best, l.capped(s))
	}
	return int(best)
}

func (l *linter) capped(s sums) int64 {
	total := s[0]
	for i, most := range l.out.GroupCaps {
		most := int64(most) / 1000
		total += max(-most, min(s[i+1], most))
	}
	return total
}

// options gives what each answer of a field earns, no answer first, equal ones
// once. Sign -1 turns losses into gains.
func (l *linter) options(fit bool, f profile.Field, sign int64) []sums {
	found := []sums{{}}
	for code := profile.Other; code <= profile.MaxCode; code++ {
		if !l.possible(f, code) {
			continue
		}
		var s sums
		for i := range l.out.Facts {
			if r := &l.out.Facts[i]; r.Field == f && r.Fit == fit && r.Codes>>code&1 == 1 {
				points := rounded(int64(r.Points)) * sign
				if r.Points < 0 {
					points = -points
				}
				s[r.Group] += points
			}
		}
		if !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}

// possible reports whether a text can be read as a code.
func (l *linter) possible(f profile.Field, code profile.Code) bool {
	return l.readable(f)>>code&1 == 1
}

// readable gives the codes that some text of a field is read as.
func (l *linter) readable(f profile.Field) uint32 {
	a := l.answersOf(f)
	set := uint32(1)<<profile.Other | (1<<len(a.bounds)-1)<<2
	for _, class := range a.classes {
		if a.words[class] > 0 {
			set |= a.codes[class]
		}
	}
	return set
}

// knowable gives the fit points of a field's best answer, as the engine weighs
// what is known.
func (l *linter) knowable(f profile.Field) (best int64) {
	for code := profile.Other; code <= profile.MaxCode; code++ {
		points := int64(0)
		for i := range l.out.Facts {
			if r := &l.out.Facts[i]; r.Field == f && r.Fit && r.Codes>>code&1 == 1 {
				points += int64(r.Points)
			}
		}
		best = max(best, points)
	}
	return best
}

// known gives the percent of the fit points that is known once some fields are
// answered.
func (l *linter) known(fields uint32) int {
	said, total := int64(0), int64(0)
	for f := range profile.Facts {
		points := l.knowable(f)
		total += points
		if fields>>f&1 == 1 {
			said += points
		}
	}
	if total == 0 {
		return 0
	}
	return int(said * 100 / total)
}
