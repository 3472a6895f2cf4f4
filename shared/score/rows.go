package score

import "assay/shared/profile"

// maxRowPoints bounds one row, far above the 100 that any score can need, so
// that the sum of all rows fits the 16 bits of a limit row.
const maxRowPoints = 250

// conclude ages what was granted, writes the rows and judges them.
func (e *Engine) conclude(out *Result) {
	if e.whole {
		for i := int32(0); i < e.m.SignalRules(); i++ {
			e.sums[i].milli = 0
			e.sums[i].flags &^= RowAged
		}
	}
	e.ripen()
	if !e.whole {
		e.granted = 0
	}
	out.N = 0
	clear(e.groups[:])
	engagement := e.signalRows(out)
	engagement += e.factRows(out, false)
	out.Engagement = limit(engagement+e.groupRows(out, 0), 0, out)
	clear(e.groups[:])
	fit := e.factRows(out, true)
	out.Fit = limit(fit+e.groupRows(out, RowFit), RowFit, out)
	e.judge(out)
}

// signalRows writes a row for each rule on signals that earned engagement and
// gives their sum.
func (e *Engine) signalRows(out *Result) int64 {
	total := int64(0)
	for i := int32(0); i < e.m.SignalRules(); i++ {
		s := &e.sums[i]
		if s.count == 0 {
			continue
		}
		r, flags := &e.rules[i], s.flags
		milli := s.milli
		if r.TotalCap != 0 {
			if milli = clamp(milli, int64(r.TotalCap)); milli != s.milli {
				flags |= RowTotalCap
			}
		}
		total += e.add(out, Row{Rule: RuleSignal + uint8(i), Flags: flags, Count: uint16(min(s.count, 65535))}, milli, r.Group)
	}
	return total
}

// factRows writes a row for each fact that earned points in one dimension and
// gives their sum.
func (e *Engine) factRows(out *Result, fit bool) int64 {
	total := int64(0)
	for i := int32(0); i < e.m.FactRules(); i++ {
		r := &e.answers[i]
		c := e.facts[r.Field]
		if r.Fit != fit || !has(r.Codes, c) {
			continue
		}
		row, milli := Row{Rule: RuleFact + uint8(i), Count: uint16(c)}, int64(r.Points)
		if fit {
			row.Flags = RowFit
		} else {
			if e.said > e.at {
				continue
			}
			a := newAgeing(0, r.HalfLife)
			if milli = a.worth(milli, uint32(e.at-e.said)); milli != int64(r.Points) {
				row.Flags = RowAged
			}
		}
		total += e.add(out, row, milli, r.Group)
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
