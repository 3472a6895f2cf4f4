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
	return l.chosen(fit, fields, sign, sums{})
}

// sums are points by group; those of group 0 have no cap.
type sums [model.MaxGroups + 1]int64

// maxSums bounds how many ways to add answers up are kept apart. It takes many
// fields that share several groups to have more: then the best of each group
// are taken together, which no visitor may reach, but none goes beyond.
const maxSums = 256

// chosen adds to points by group the best answer of each field. Fields that
// share groups depend on each other, so that all sums that can come about are
// kept until the caps are known to cut them.
func (l *linter) chosen(fit bool, fields uint32, sign int64, start sums) int {
	reached := []sums{l.settled(start, l.groupsOf(fit, fields))}
	for f := range profile.Facts {
		if fields>>f&1 == 1 {
			later := fields >> (f + 1) << (f + 1)
			reached = l.answered(reached, l.options(fit, f, sign), l.groupsOf(fit, later))
		}
	}
	return int(reached[0][0])
}

// answered adds each option to each sum. Of those that differ in nothing but
// the points that no cap can cut any more, the best one is kept.
func (l *linter) answered(before, options []sums, open uint32) (after []sums) {
	at := map[sums]int{} // by what may still be cut
	most := sums{}
	for _, option := range options {
		for _, s := range before {
			for g := range s {
				s[g] += option[g]
			}
			s = l.settled(s, open)
			key := s
			key[0] = 0
			if i, known := at[key]; !known {
				at[key] = len(after)
				after = append(after, s)
			} else {
				after[i][0] = max(after[i][0], s[0])
			}
			for g := range s {
				most[g] = max(most[g], s[g])
			}
		}
	}
	if len(after) > maxSums {
		return []sums{most}
	}
	return after
}

// settled cuts the groups that nothing is added to any more to their caps.
func (l *linter) settled(s sums, open uint32) sums {
	for i, most := range l.out.GroupCaps {
		if g, most := i+1, int64(most)/1000; open>>g&1 == 0 {
			s[0] += max(-most, min(s[g], most))
			s[g] = 0
		}
	}
	return s
}

// groupsOf gives the groups that some fields' answers earn in.
func (l *linter) groupsOf(fit bool, fields uint32) (set uint32) {
	for i := range l.out.Facts {
		if r := &l.out.Facts[i]; r.Fit == fit && fields>>r.Field&1 == 1 {
			set |= 1 << r.Group
		}
	}
	return set
}

// options gives what each answer of a field earns at most, no answer first,
// equal ones once. Sign -1 turns losses into gains. What ages may be gone while
// the rest of an answer's points still counts, so that it takes nothing away.
func (l *linter) options(fit bool, f profile.Field, sign int64) []sums {
	found := []sums{{}}
	for code := profile.Other; code <= profile.MaxCode; code++ {
		if !l.possible(f, code) {
			continue
		}
		var s sums
		for i := range l.out.Facts {
			r := &l.out.Facts[i]
			if r.Field != f || r.Fit != fit || r.Codes>>code&1 == 0 {
				continue
			}
			points := rowOf(int64(r.Points)) * sign
			if r.Points < 0 {
				points = -points
			}
			if points > 0 || r.HalfLife == 0 {
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
