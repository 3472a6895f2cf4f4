package score

import (
	"math/bits"

	"assay/shared/evidence"
	"assay/shared/fault"
)

// cursor is one visit's place in the merged order of signals.
type cursor struct {
	evidence.Reader
	start int64 // ms
	at    int64 // ms of the next signal, or never
	kind  evidence.Kind
	index int32
}

// count walks all visits' signals in order of time and notes what each earned.
func (e *Engine) count(visits []evidence.Visit) fault.Code {
	if len(visits) > MaxVisits {
		return ErrVisits
	}
	for i := int32(0); i < e.m.SignalRules(); i++ {
		e.sums[i] = sum{day: -1, prior: never}
	}
	e.seen, e.granted, e.whole, e.last, e.dayFrom = 0, 0, true, 0, -never
	for i := range visits {
		v := &visits[i]
		if v.Start>>32 != 0 {
			return ErrTime
		}
		if i > 0 && v.Start < visits[i-1].Start {
			return ErrVisits
		}
		c := &e.visits[i]
		c.Read(v.Log)
		c.start, c.index = v.Start*1000, int32(i)
		c.at, c.kind = c.start, evidence.VisitStarted
		clear(e.spent[i][:])
		e.began, e.newest, e.open = c.start, c.index, true
	}
	c := e.merge(e.visits[:len(visits)])
	e.open = e.open && c == 0 && e.whole
	return c
}

// merge counts the earliest signal of all visits until none is left; of equal
// instants the earlier visit's goes first. Visits begin in order, so those that
// begin after the earliest signal found need no look.
func (e *Engine) merge(open []cursor) fault.Code {
	asked := e.now*1000 + 999
	for {
		next, at := -1, never
		for i := range open {
			if open[i].start > at {
				break
			}
			if open[i].at < at {
				next, at = i, open[i].at
			}
		}
		if next < 0 {
			return 0
		}
		c := &open[next]
		if at > asked {
			c.at, e.open = never, false  // this one and all after it are later than asked
			for _, ok := c.Next(); ok; { // a log is sound or not, whatever instant is asked for
				_, ok = c.Next()
			}
			if c.Fault() != 0 {
				return c.Fault()
			}
			continue
		}
		e.earn(c.kind, at, c.index)
		s, ok := c.Next()
		c.kind, c.at = s.Kind, c.start+int64(s.Millis)
		if !ok {
			c.at = never
			if c.Fault() != 0 {
				return c.Fault()
			}
		}
	}
}

// earn grants one signal's points to every rule that counts its kind, then
// notes when it was for the rules whose window asks for it.
func (e *Engine) earn(kind evidence.Kind, at int64, visit int32) {
	e.seen |= 1 << kind
	e.last = at
	second := at / 1000
	for rules := e.rulesOf[kind]; rules != 0; rules &= rules - 1 {
		i := bits.TrailingZeros64(rules)
		r, s := &e.rules[i], &e.sums[i]
		if r.Prior != 0 && !r.inWindow(at-s.prior) {
			continue
		}
		s.count++
		if s.count <= int32(r.Skip) {
			continue
		}
		points := int64(r.Points)
		if r.SessionCap != 0 {
			spent := &e.spent[visit][i]
			points = s.grantUpTo(int64(r.SessionCap), int64(*spent), points, RowSessionCap)
			*spent += int32(points)
		}
		if r.DayCap != 0 {
			if second < e.dayFrom || second >= e.dayFrom+86400 {
				e.dayFrom = second - second%86400
			}
			if s.day != e.dayFrom {
				s.day, s.spent = e.dayFrom, 0
			}
			points = s.grantUpTo(int64(r.DayCap), s.spent, points, RowDayCap)
			s.spent += points
		}
		if points != 0 {
			e.grant(uint8(i), second, int32(points))
		}
	}
	for rules := e.priorOf[kind]; rules != 0; rules &= rules - 1 {
		e.sums[bits.TrailingZeros64(rules)].prior = at
	}
}

// inWindow reports whether a signal counts that comes some ms after the last
// one of those that its rule asks for; before any of them, gap is below zero.
func (r *rule) inWindow(gap int64) bool {
	return gap >= int64(r.NotBefore)*1000 && (r.Within == 0 || gap <= int64(r.Within)*1000)
}

// grantUpTo cuts points to what is left of a cap.
func (s *sum) grantUpTo(most, spent, points int64, why RowFlags) int64 {
	left := clamp(spent+points, most) - spent
	if left != points {
		s.flags |= why
	}
	return left
}

// grant keeps what was earned to be aged. When there is no more room, all that
// is there is aged at once.
func (e *Engine) grant(rule uint8, second int64, points int32) {
	if e.granted == maxGrants {
		e.ripen()
		e.granted, e.whole = 0, false
	}
	e.grants[e.granted] = grant{uint32(second), points, rule}
	e.granted++
}

// ripen ages the grants to the instant asked for and adds them to their rules.
func (e *Engine) ripen() {
	for i := int32(0); i < e.granted; i++ {
		g := &e.grants[i]
		points, s := int64(g.points), &e.sums[g.rule]
		worth := e.rules[g.rule].ageing.worth(points, uint32(e.at-int64(g.at)))
		if worth != points {
			s.flags |= RowAged
		}
		s.milli += worth
	}
}

// clamp brings v into -c to c.
func clamp(v, c int64) int64 {
	if v > c {
		return c
	}
	if v < -c {
		return -c
	}
	return v
}
