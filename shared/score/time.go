package score

import (
	"assay/shared/model"
)

// LastInstant is the last one that a score can be asked for, unix seconds.
const LastInstant = 1<<32 - 1

// LevelRange gives the lowest and highest engagement of a level from 1 to 4
// under the loaded model.
func (e *Engine) LevelRange(level uint8) (low, high uint8) {
	low, high = 0, 100
	if level < model.Levels {
		low = e.m.LevelMin(int32(level) - 1)
	}
	if level > 1 {
		high = e.m.LevelMin(int32(level)-2) - 1
	}
	return low, high
}

// Leaves gives the first instant after in.Now at which engagement, by time
// alone, is below low or above high; ok is false when it never is up to the last
// one asked about, at most LastInstant, the year 2106.
// What lies after in.Now, signals and answers, has not happened yet.
//
// It is exact to the second. Each rule's points only ever lose worth with time,
// so between two instants each row lies between its values at both, and so does
// their sum; a stretch whose sum cannot leave is passed over, any other halved.
func (e *Engine) Leaves(in *Input, low, high uint8, last int64) (at int64, ok bool, err error) {
	if c := e.take(in); c != 0 {
		return 0, false, c
	}
	e.open = false // what follows is not the score of this input
	if e.said > e.now {
		e.said = never
	}
	s := search{e: e, in: in, low: int64(low), high: int64(high)}
	at, ok = s.ahead(in.Now, min(last, LastInstant))
	return at, ok, nil
}

// rowPoints are the points of each rule's row, before groups and limit.
type rowPoints [RuleGroup]int16

// search looks for the instant at which engagement leaves a range.
type search struct {
	e         *Engine
	in        *Input
	low, high int64
	out       Result
}

// stretch is how far the search looks ahead first, in seconds: most leads leave
// their level within days, and four times as far is tried until the end of time.
const stretch = 1 << 15

// ahead gives the first instant after a, up to last, at which engagement is out
// of range.
func (s *search) ahead(a, last int64) (int64, bool) {
	var rowsA, rowsB rowPoints
	s.rowsAt(a, &rowsA)
	for step := int64(stretch); a < last; step *= 4 {
		b := min(a+step, last)
		s.rowsAt(b, &rowsB)
		if at, ok := s.first(a, b, &rowsA, &rowsB); ok {
			return at, true
		}
		a, rowsA = b, rowsB
	}
	return 0, false
}

// rowsAt gives the rows of engagement at an instant.
func (s *search) rowsAt(at int64, points *rowPoints) {
	e := s.e
	e.at = at
	if !e.whole {
		_ = e.count(s.in.Visits) // was sound when it was taken
	}
	e.conclude(&s.out)
	clear(points[:])
	for _, row := range s.out.Ledger() {
		if row.Rule < RuleGroup && row.Flags&RowFit == 0 {
			points[row.Rule] = row.Points
		}
	}
}

// first gives the first instant after a, up to b, at which engagement is out of
// range; the rows of both are known, and at a it is in range or not asked for.
func (s *search) first(a, b int64, rowsA, rowsB *rowPoints) (int64, bool) {
	if b == a {
		return 0, false
	}
	if b == a+1 {
		return b, s.outside(rowsB, rowsB)
	}
	if !s.outside(rowsA, rowsB) {
		return 0, false
	}
	middle := a + (b-a)/2
	var rows rowPoints
	s.rowsAt(middle, &rows)
	if at, ok := s.first(a, middle, rowsA, &rows); ok {
		return at, true
	}
	return s.first(middle, b, &rows, rowsB)
}

// outside reports whether engagement can be out of range while each row lies
// between two values.
func (s *search) outside(a, b *rowPoints) bool {
	var least, most rowPoints
	e := s.e
	for i, n := int32(RuleSignal), RuleSignal+e.m.SignalRules(); i < n; i++ {
		least[i], most[i] = min(a[i], b[i]), max(a[i], b[i])
	}
	for i, n := int32(RuleFact), RuleFact+e.m.FactRules(); i < n; i++ {
		least[i], most[i] = min(a[i], b[i]), max(a[i], b[i])
	}
	return s.e.sumOf(&least) < s.low || s.e.sumOf(&most) > s.high
}

// sumOf gives the engagement that rows make: it never falls when a row rises.
func (e *Engine) sumOf(rows *rowPoints) int64 {
	total := int64(0)
	clear(e.groups[:])
	add := func(points int16, group uint8) {
		total += int64(points)
		e.groups[group] += int64(points)
	}
	for i := int32(0); i < e.m.SignalRules(); i++ {
		add(rows[RuleSignal+i], e.rules[i].Group)
	}
	for i := int32(0); i < e.m.FactRules(); i++ {
		add(rows[RuleFact+i], e.answers[i].Group)
	}
	for i := int32(1); i <= e.m.Groups(); i++ {
		total += e.overCap(i)
	}
	return max(0, min(total, 100))
}
