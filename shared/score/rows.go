package score

import (
	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// maxRowPoints bounds one row, far above the 100 that any score can need, so
// that the sum of all rows fits the 16 bits of a limit row.
const maxRowPoints = 250

// engagementRows writes a row for each rule that earned engagement and gives
// their sum.
func (e *Engine) engagementRows(in *Input, out *Result) int64 {
	total := int64(0)
	for i := int32(0); i < e.m.SignalRules(); i++ {
		s := &e.sums[i]
		if s.count == 0 {
			continue
		}
		milli := s.milli
		if most := e.rules[i].totalCap; most != 0 {
			if milli = clamp(milli, most); milli != s.milli {
				s.flags |= RowTotalCap
			}
		}
		total += add(out, RuleSignal+uint8(i), s.flags, milli, s.count)
	}
	return total + e.factRows(in, out, false)
}

// factRows writes a row for each fact that earned points in one dimension and
// gives their sum.
func (e *Engine) factRows(in *Input, out *Result, fit bool) int64 {
	total := int64(0)
	for i := int32(0); i < e.m.FactRules(); i++ {
		r := e.m.FactRule(i)
		if r.Fit != fit || !has(r.Codes, e.facts[r.Field]) {
			continue
		}
		points := int64(r.Points)
		if fit {
			total += add(out, RuleFact+uint8(i), RowFit, points, 1)
			continue
		}
		if in.Said > in.Now {
			continue
		}
		flags := RowFlags(0)
		a := newAgeing(0, r.HalfLife)
		milli := a.worth(points, uint32(in.Now-in.Said))
		if milli != points {
			flags = RowAged
		}
		total += add(out, RuleFact+uint8(i), flags, milli, 1)
	}
	return total
}

// has reports whether a fact is among a rule's codes; an unknown fact never is.
func has(codes uint32, c profile.Code) bool { return c != profile.Unknown && codes>>c&1 == 1 }

// add writes a row unless its points round to 0, and gives the points.
func add(out *Result, rule uint8, flags RowFlags, milli int64, count int32) int64 {
	points := clamp(whole(milli), maxRowPoints)
	if points == 0 {
		return 0
	}
	if count > 65535 {
		count = 65535
	}
	out.Rows[out.N] = Row{Rule: rule, Flags: flags, Points: int16(points), Count: uint16(count)}
	out.N++
	return points
}

// limit brings a dimension's sum into 0 to 100, with a row that says so.
func limit(sum int64, dimension RowFlags, out *Result) uint8 {
	score := sum
	if score > 100 {
		score = 100
	}
	if score < 0 {
		score = 0
	}
	if score != sum {
		out.Rows[out.N] = Row{Rule: RuleLimit, Flags: dimension, Points: int16(score - sum), Count: 1}
		out.N++
	}
	return uint8(score)
}

// judge derives grade, band, intent, gates and criteria from what was counted.
func (e *Engine) judge(in *Input, out *Result) {
	known := int64(0)
	for f, c := range e.facts {
		if c != profile.Unknown {
			known += e.best[f]
		}
	}
	out.Known = 0
	if e.total > 0 {
		out.Known = uint8(known * 100 / e.total)
	}
	letter, level := int32(0), int32(1)
	for letter < 3 && out.Fit < e.m.LetterMin(letter) {
		letter++
	}
	for level < model.Levels && out.Engagement < e.m.LevelMin(level-1) {
		level++
	}
	out.Letter = 'A' + byte(letter)
	if out.Known < e.m.KnownMin() {
		letter, out.Letter = 4, '?'
	}
	out.Level = uint8(level)
	out.Band = Band(e.m.Band(letter, level))
	out.Over = e.m.ProspectCell(letter, level)
	e.gates(out)
	e.criteria(in, out)
}

func (e *Engine) gates(out *Result) {
	out.Gates = 0
	if e.seen>>evidence.HoneypotFilled&1 == 1 {
		out.Gates = model.GateHoneypot
	}
	for i := int32(0); i < e.m.Gates(); i++ {
		if g := e.m.GateRule(i); has(g.Codes, e.facts[g.Field]) {
			out.Gates |= g.Bit
		}
	}
}

// criteria reads the answers, then the signs of explicit interest, which are
// the criterion interest themselves.
func (e *Engine) criteria(in *Input, out *Result) {
	out.Criteria = [model.Criteria]State{}
	for i := int32(0); i < e.m.CriteriaRules(); i++ {
		c := e.m.CriterionRule(i)
		if c.Name >= model.Criteria || out.Criteria[c.Name] != Unknown {
			continue
		}
		switch fact := e.facts[c.Field]; {
		case has(c.Met, fact):
			out.Criteria[c.Name] = Met
		case has(c.Part, fact):
			out.Criteria[c.Name] = Partly
		case has(c.Unmet, fact):
			out.Criteria[c.Name] = Unmet
		}
	}
	out.Intent = e.intent(in, out)
	switch {
	case out.Intent != 0:
		out.Criteria[model.Interest] = Met
	case out.Level <= 2:
		out.Criteria[model.Interest] = Partly
	}
}

func (e *Engine) intent(in *Input, out *Result) Intent {
	intent := Intent(0)
	if in.Forms&profile.HandRaise != 0 {
		intent |= IntentHandRaise
	}
	if in.Forms&profile.Trial != 0 {
		intent |= IntentTrial
	}
	if e.seen>>evidence.PaywallHit&1 == 1 {
		intent |= IntentPaywall
	}
	if e.seen>>evidence.CartFilled&1 == 1 {
		intent |= IntentCart
	}
	if out.Criteria[model.Timing] == Met && out.Criteria[model.Budget] == Met {
		intent |= IntentTiming
	}
	return intent
}
