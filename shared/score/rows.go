package score

import (
	"math/bits"

	"assay/shared/model"
	"assay/shared/profile"
)

// maxRowPoints bounds one row, far above the 100 that any score can need, so
// that the sum of all rows fits the 16 bits of a limit row.
const maxRowPoints = 250

// conclude ages what was granted, writes the rows and judges them.
func (e *Engine) conclude(out *Result) {
	e.ripen()
	if !e.whole {
		e.granted = 0
	}
	out.N = 0
	clear(e.groups[:])
	met := e.meet()
	engagement := e.signalRows(out)
	if e.said <= e.at {
		engagement += e.factRows(out, met&^e.fits)
	}
	out.Engagement = limit(engagement+e.groupRows(out, 0), 0, out)
	clear(e.groups[:])
	fit := e.factRows(out, met&e.fits)
	out.Fit = limit(fit+e.groupRows(out, RowFit), RowFit, out)
	e.judge(out)
}

// signalRows writes a row for each rule on signals that earned engagement and
// gives their sum.
func (e *Engine) signalRows(out *Result) int64 {
	total := int64(0)
	for left := e.earned; left != 0; left &= left - 1 {
		i := bits.TrailingZeros64(left) % model.MaxSignalRules
		r, s := &e.rules[i], &e.sums[i]
		milli, flags := s.milli, s.flags
		if r.TotalCap != 0 {
			if cut := clamp(milli, int64(r.TotalCap)); cut != milli {
				milli, flags = cut, flags|RowTotalCap
			}
		}
		total += e.add(out, Row{Rule: RuleSignal + uint8(i), Flags: flags, Count: uint16(min(s.count, 65535))}, milli, r.Group)
	}
	return total
}

// meet gives the rules on facts that the answers meet, and notes how many fit
// points are known.
func (e *Engine) meet() (met uint64) {
	e.known = 0
	for f := range e.facts {
		c := e.facts[f] & profile.MaxCode
		met |= e.meets[f][c]
		e.known += e.best[f] * int64((c+profile.MaxCode)/(profile.MaxCode+1)) // 0 for Unknown, else 1: no branch to guess
	}
	return met
}

// factRows writes a row for each of some rules on facts and gives their sum.
func (e *Engine) factRows(out *Result, met uint64) int64 {
	total := int64(0)
	for ; met != 0; met &= met - 1 {
		i := bits.TrailingZeros64(met) % model.MaxFactRules
		r, flags := &e.answers[i], RowFlags(0)
		milli := r.ageing.worth(int64(r.Points), uint32(e.at-e.said))
		if r.Fit {
			flags = RowFit
		} else if milli != int64(r.Points) {
			flags = RowAged
		}
		total += e.add(out, Row{Rule: RuleFact + uint8(i), Flags: flags, Count: uint16(e.facts[r.Field%fields])}, milli, r.Group)
	}
	return total
}

// groupRows cuts each group's rows of one dimension to its cap and gives what
// was cut.
func (e *Engine) groupRows(out *Result, dimension RowFlags) int64 {
	total := int64(0)
	for i := int32(1); i <= e.m.Groups(); i++ {
		if cut := e.overCap(i); cut != 0 {
			out.append(Row{Rule: RuleGroup + uint8(i), Flags: dimension | RowTotalCap, Points: int16(cut), Count: 1})
			total += cut
		}
	}
	return total
}

// overCap gives what takes group i's present sum to its cap.
func (e *Engine) overCap(i int32) int64 {
	sum := e.groups[i]
	return clamp(sum, whole(int64(e.m.GroupCap(i)))) - sum
}

// has reports whether a fact is among a rule's codes; an unknown fact never is.
func has(codes uint32, c profile.Code) bool { return c != profile.Unknown && codes>>c&1 == 1 }

// add writes a row unless its points round to 0, and gives the points.
func (e *Engine) add(out *Result, row Row, milli int64, group uint8) int64 {
	points := clamp(whole(milli), maxRowPoints)
	if points != 0 {
		row.Points = int16(points)
		out.append(row)
		e.groups[group] += points
	}
	return points
}

func (r *Result) append(row Row) {
	r.Rows[r.N] = row
	r.N++
}

// limit brings a dimension's sum into 0 to 100, with a row that says so.
func limit(sum int64, dimension RowFlags, out *Result) uint8 {
	score := max(0, min(sum, 100))
	if score != sum {
		out.append(Row{Rule: RuleLimit, Flags: dimension, Points: int16(score - sum), Count: 1})
	}
	return uint8(score)
}
