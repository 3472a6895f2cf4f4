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
	days    int64
	longest int64 // seconds between two of its signals
}

var (
	oneVisit = period{visits: 1, days: 1, longest: day}
	oneDay   = period{visits: score.MaxVisits, days: 1, longest: day - 1}
	ever     = period{visits: score.MaxVisits, days: score.MaxVisits, longest: math.MaxInt64}
)

// engagementReach sums what all rules can earn together. Which signals a page
// can send in one visit is not known here: each can be sent as often as a log
// holds.
func (l *linter) engagementReach() Engagement {
	return Engagement{
		OneVisit: l.most(oneVisit, 1), OneDay: l.most(oneDay, 1),
		Ever: Span{Min: -l.most(ever, -1), Max: l.most(ever, 1)},
	}
}

// most gives the most whole points of a sign, groups cut to their caps.
func (l *linter) most(p period, sign int64) int {
	groups := make([]int64, len(l.out.GroupCaps)+1)
	for i := range l.out.Signals {
		r := &l.out.Signals[i]
		if int64(r.Points)*sign > 0 {
			groups[r.Group] += rounded(p.reach(r))
		}
	}
	return l.chosen(false, allFields, sign, groups)
}

// reach gives the most milli-points of a rule on signals, either way.
func (p period) reach(r *model.Signal) int64 {
	points, perVisit, visits := abs(int64(r.Points)), int64(evidence.MaxSignals), p.visits
	if r.Kinds == 1<<evidence.VisitStarted {
		perVisit = 1
	}
	if r.Prior != 0 {
		if int64(r.NotBefore) > p.longest {
			return 0
		}
		if perVisit == 1 && r.Prior == 1<<evidence.VisitStarted {
			visits-- // the first has none before it
		}
	}
	count := perVisit*visits - int64(r.Skip)
	if count <= 0 {
		return 0
	}
	sum := points * count
	if r.SessionCap != 0 {
		sum = min(sum, int64(r.SessionCap)*visits)
	}
	if r.DayCap != 0 {
		sum = min(sum, p.overDays(r))
	}
	if r.TotalCap != 0 {
		sum = min(sum, int64(r.TotalCap))
	}
	return sum
}

// overDays gives what the day cap allows on the last days, each aged to the
// last of them.
func (p period) overDays(r *model.Signal) int64 {
	sum := 0.0
	for i := range p.days {
		age := float64(i*day - int64(r.Hold))
		worth := 1.0
		if r.HalfLife != 0 && age > 0 {
			worth = math.Exp2(-age / float64(r.HalfLife))
		}
		sum += float64(r.DayCap) * worth
	}
	return int64(sum)
}

// rounded brings milli-points to whole points, halves up, as rows are.
func rounded(milli int64) int64 { return (abs(milli) + 500) / 1000 }

func abs(v int64) int64 { return max(v, -v) }
