package score

import (
	"math/bits"

	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/model"
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
	rules := e.m.SignalRules()
	clear(e.sums[:rules])
	e.seen, e.earned, e.granted, e.whole, e.last, e.dayFrom = 0, 0, 0, true, 0, -never
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
		clear(e.spent[i][:rules])
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
	later := e.now*1000 + 1000 // the first instant that does not count
	for {
		next, at, until := -1, never, later
		for i := range open {
			if open[i].start > at {
				until = min(until, open[i].start)
				break
			}
			then := open[i].at
			if then < at {
				next, at, then = i, then, at
			}
			until = min(until, then)
		}
		if next < 0 {
			return 0
		}
		c := &open[next]
		if at >= later {
			e.open = false
		}
		e.run(c, until, at < later)
		if c.Fault() != 0 {
			return c.Fault()
		}
	}
}

// run counts a visit's next signal, and those behind it until one of another
// visit may come first. Those later than asked are read to the end and not
// counted: a log is sound or not, whatever instant is asked for.
func (e *Engine) run(c *cursor, until int64, counts bool) {
	for {
		if counts {
			e.earn(c.kind, c.at, c.index)
		}
		s, ok := c.Next()
		if !ok {
			c.at = never
			return
		}
		c.kind, c.at = s.Kind, c.start+int64(s.Millis)
		if counts && c.at >= until {
			return
		}
	}
}

// earn grants one signal's points to every rule that counts its kind, then
// notes when it was for the rules whose window asks for it.
func (e *Engine) earn(kind evidence.Kind, at int64, visit int32) {
	e.seen |= 1 << kind
	e.last = at
	for rules := e.rulesOf[kind&evidence.MaxKind]; rules != 0; rules &= rules - 1 {
		i := bits.TrailingZeros64(rules) % model.MaxSignalRules // spares a check of bounds
		r, s := &e.rules[i], &e.sums[i]
		if r.Prior != 0 && (s.prior == 0 || !r.inWindow(at+1-s.prior)) {
			continue
		}
		e.earned |= rules & -rules
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
			second := at / 1000
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
			e.grant(uint8(i), at/1000, int32(points))
		}
	}
	for rules := e.priorOf[kind&evidence.MaxKind]; rules != 0; rules &= rules - 1 {
		e.sums[bits.TrailingZeros64(rules)].prior = at + 1
	}
}

// inWindow reports whether a signal counts that comes some ms after the last
// one of those that its rule asks for.
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
// While they are all that was granted they take the place of what they came to
// before.
func (e *Engine) ripen() {
	if e.whole {
		for left := e.earned; left != 0; left &= left - 1 {
			s := &e.sums[bits.TrailingZeros64(left)]
			s.milli = 0
			s.flags &^= RowAged
		}
	}
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
