package modeling

import (
	"math"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/score"
)

const day = 86400

// period is a stretch of time that a reachable score is asked for.
type period struct {
	visits  int64 // as many as fit in
	days    int64 // UTC days that they touch: a visit over midnight has two
	longest int64 // seconds between two of its signals
}

var (
	oneVisit = period{visits: 1, days: 2, longest: day}
	oneDay   = period{visits: score.MaxVisits, days: 1, longest: day - 1}
	ever     = period{visits: score.MaxVisits, days: 2 * score.MaxVisits, longest: math.MaxInt64}
)

// engagementReach sums what all rules can earn together at most. Which signals
// a page can send in one visit is not known here: each can be sent as often as
// a log holds.
func (l *linter) engagementReach() Engagement {
	return Engagement{
		OneVisit: l.most(oneVisit, 1), OneDay: l.most(oneDay, 1),
		Ever: Span{Min: -l.most(ever, -1), Max: l.most(ever, 1)},
	}
}

// most gives the most whole points of a sign, groups cut to their caps.
func (l *linter) most(p period, sign int64) int {
	return l.chosen(false, allFields, sign, l.signalSums(p, sign))
}

// signalSums gives the most whole points of a sign that signals earn, by group.
func (l *linter) signalSums(p period, sign int64) (groups sums) {
	for i := range l.out.Signals {
		r := &l.out.Signals[i]
		if int64(r.Points)*sign > 0 {
			groups[r.Group] += rowOf(p.reach(r))
		}
	}
	return groups
}

// reach gives the milli-points that a rule on signals can earn at most, either
// way. It may be more than a visitor can do; it is never less.
func (p period) reach(r *model.Signal) int64 {
	count := p.count(r)
	if count <= 0 {
		return 0
	}
	points := abs(int64(r.Points))
	sum := points * count
	if r.SessionCap != 0 {
		sum = min(sum, int64(r.SessionCap)*p.visits)
	}
	if r.DayCap != 0 {
		sum = min(sum, aged(r, int64(r.DayCap), p.days, func(i int64) int64 { return max(0, (i-1)*day+1) }))
	}
	if apart(r) {
		sum = min(sum, aged(r, points, count, func(i int64) int64 { return i * int64(r.NotBefore) }))
	}
	if r.TotalCap != 0 {
		sum = min(sum, int64(r.TotalCap))
	}
	return sum
}

// count gives how many signals a rule can count at most, those before Skip
// left out. The first signal of all starts a visit and has none before it.
func (p period) count(r *model.Signal) int64 {
	const started = uint64(1) << evidence.VisitStarted
	perVisit := int64(0)
	if r.Kinds&started != 0 {
		perVisit++
	}
	if r.Kinds&^started != 0 {
		perVisit += evidence.MaxSignals
	}
	count := perVisit * p.visits
	if r.Prior != 0 {
		if int64(r.NotBefore) > p.longest {
			return 0
		}
		if r.Kinds&started != 0 {
			count--
		}
		if apart(r) {
			count = min(count, p.longest/int64(r.NotBefore))
		}
	}
	return count - int64(r.Skip)
}

// apart reports whether not_before lies between any two signals that a rule
// counts, as each of them is what the next one waits for.
func apart(r *model.Signal) bool { return r.NotBefore != 0 && r.Kinds&^r.Prior == 0 }

// aged sums the same points over and over, each aged by so many seconds.
func aged(r *model.Signal, points, times int64, age func(i int64) int64) int64 {
	sum := 0.0
	for i := range times {
		sum += float64(points) * worth(r, age(i))
	}
	return int64(sum)
}

// worth gives what is left of a rule's points at an age. The engine's table is
// off by less than 7 in 100,000: this is never below it.
func worth(r *model.Signal, age int64) float64 {
	age -= int64(r.Hold)
	if r.HalfLife == 0 || age <= 0 {
		return 1
	}
	return min(1, 1.0001*math.Exp2(-float64(age)/float64(r.HalfLife)))
}

// maxRow is the most whole points of one row in the engine.
const maxRow = 250

// rowOf brings milli-points to a row's whole points, without their sign.
func rowOf(milli int64) int64 { return min(rounded(milli), maxRow) }

// rounded brings milli-points to whole points, halves up, as rows are.
func rounded(milli int64) int64 { return (abs(milli) + 500) / 1000 }

func abs(v int64) int64 { return max(v, -v) }
