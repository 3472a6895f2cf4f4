package score

import (
	"math/bits"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// Engine scores under one model. It is a few kilobytes, allocates nothing after
// Load, and serves one goroutine at a time.
type Engine struct {
	m       model.Model
	loaded  bool
	rulesOf [evidence.MaxKind + 1]uint64 // bit i: rule i counts the kind
	rules   [model.MaxSignalRules]signal // read out of the model once
	sizes   [model.MaxSizes]uint32       // bounds of company size
	used    uint32                       // bit f: some rule asks for field f
	total   int64                        // fit points that could be known, milli
	best    [fields]int64                // the same by field
	facts   [fields]profile.Code         // of the present input
	sums    [model.MaxSignalRules]sum    // of the present input
	readers [MaxVisits]cursor            // of the present input
	seen    uint64                       // bit k: a signal of kind k counted
	now     int64
}

// fields is the room for every field number that a model can name.
const fields = 16

type signal struct {
	points, dayCap, totalCap int64
	ageing                   ageing
	skip                     uint8
}

// sum is what one rule has earned so far.
type sum struct {
	milli int64 // after day cap and ageing
	spent int64 // of the day, before ageing
	day   int32
	count int32
	flags RowFlags
}

// cursor is one visit's place in the merged order of signals.
type cursor struct {
	evidence.Reader
	start int64 // ms
	at    int64 // ms of the next signal, or never
	kind  evidence.Kind
}

const never = int64(1) << 62

// Load opens a model, which the engine then reads in place: the caller must not
// change its bytes. On an error, one of package model's, the engine holds no model.
func (e *Engine) Load(b []byte) error {
	e.loaded = false
	if err := e.m.Open(b); err != nil {
		return err
	}
	e.rulesOf = [evidence.MaxKind + 1]uint64{}
	for i := int32(0); i < e.m.SignalRules(); i++ {
		r := e.m.SignalRule(i)
		e.rules[i] = signal{int64(r.Points), int64(r.DayCap), int64(r.TotalCap), newAgeing(r.Hold, r.HalfLife), r.Skip}
		for kinds := r.Kinds; kinds != 0; kinds &= kinds - 1 {
			e.rulesOf[bits.TrailingZeros64(kinds)] |= 1 << i
		}
	}
	for i := int32(0); i < e.m.Sizes(); i++ {
		e.sizes[i] = e.m.Size(i)
	}
	e.indexFacts()
	e.loaded = true
	return nil
}

// indexFacts notes which fields matter and how many fit points each can earn.
func (e *Engine) indexFacts() {
	e.used, e.total = 0, 0
	e.best = [fields]int64{}
	for i := int32(0); i < e.m.FactRules(); i++ {
		r := e.m.FactRule(i)
		e.used |= 1 << r.Field
		if r.Fit && int64(r.Points) > e.best[r.Field] {
			e.best[r.Field] = int64(r.Points)
		}
	}
	for _, points := range e.best {
		e.total += points
	}
	for i := int32(0); i < e.m.CriteriaRules(); i++ {
		e.used |= 1 << e.m.CriterionRule(i).Field
	}
	for i := int32(0); i < e.m.Gates(); i++ {
		e.used |= 1 << e.m.GateRule(i).Field
	}
}

// Score fills out with the score of in. On an error, one of this
// package's or of package evidence's, out means nothing.
func (e *Engine) Score(in *Input, out *Result) error {
	if !e.loaded {
		return ErrNoModel
	}
	if in.Now>>32 != 0 || in.Said>>32 != 0 {
		return ErrTime
	}
	e.now = in.Now
	if err := e.count(in.Visits); err != nil {
		return err
	}
	e.read(&in.Profile)
	out.N = 0
	engagement := e.engagementRows(in, out)
	out.Engagement = limit(engagement, 0, out)
	out.Fit = limit(e.factRows(in, out, true), RowFit, out)
	e.judge(in, out)
	return nil
}

// read turns the profile into facts.
func (e *Engine) read(texts *profile.Texts) {
	words, sizes := e.m.Words(), e.sizes[:e.m.Sizes()]
	for f := profile.Field(0); f < profile.Fields; f++ {
		e.facts[f] = profile.Unknown
		if e.used>>f&1 == 1 && len(texts[f]) > 0 {
			e.facts[f] = profile.Read(f, texts[f], words, sizes)
		}
	}
}

// count walks all visits' signals in order of time and sums each rule.
func (e *Engine) count(visits []evidence.Visit) error {
	if len(visits) > MaxVisits {
		return ErrVisits
	}
	for i := int32(0); i < e.m.SignalRules(); i++ {
		e.sums[i] = sum{day: -1}
	}
	e.seen = 0
	for i := range visits {
		v := &visits[i]
		if v.Start>>32 != 0 {
			return ErrTime
		}
		if i > 0 && v.Start < visits[i-1].Start {
			return ErrVisits
		}
		c := &e.readers[i]
		c.Read(v.Log)
		c.start = v.Start * 1000
		if err := c.step(); err != nil {
			return err
		}
	}
	return e.merge(e.readers[:len(visits)])
}

// merge counts the earliest signal of all visits until none is left; of equal
// instants the earlier visit's goes first. Visits begin in order, so those that
// begin after the earliest signal found need no look.
func (e *Engine) merge(open []cursor) error {
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
			return nil
		}
		c := &open[next]
		if at/1000 > e.now {
			c.at = never // this one and all after it are later than asked
			if err := c.drain(); err != nil {
				return err
			}
			continue
		}
		e.earn(c.kind, at/1000)
		if err := c.step(); err != nil {
			return err
		}
	}
}

// step moves to the visit's next signal.
func (c *cursor) step() error {
	s, ok := c.Next()
	if !ok {
		c.at = never
		return c.Err()
	}
	c.kind, c.at = s.Kind, c.start+int64(s.Millis)
	return nil
}

// drain reads a log to its end for its faults alone: a log is sound or it is
// not, whatever instant is asked for.
func (c *cursor) drain() error {
	for {
		if _, ok := c.Next(); !ok {
			return c.Err()
		}
	}
}

// earn gives one signal's points to every rule that counts its kind.
func (e *Engine) earn(kind evidence.Kind, at int64) {
	e.seen |= 1 << kind
	day, age := int32(at/86400), uint32(e.now-at)
	for rules := e.rulesOf[kind]; rules != 0; rules &= rules - 1 {
		i := bits.TrailingZeros64(rules)
		r, s := &e.rules[i], &e.sums[i]
		s.count++
		if s.count <= int32(r.skip) {
			continue
		}
		points := r.points
		if r.dayCap != 0 {
			if s.day != day {
				s.day, s.spent = day, 0
			}
			if granted := clamp(s.spent+points, r.dayCap) - s.spent; granted != points {
				points = granted
				s.flags |= RowDayCap
			}
			s.spent += points
		}
		worth := r.ageing.worth(points, age)
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
