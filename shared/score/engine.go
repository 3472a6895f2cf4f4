package score

import (
	"math/bits"

	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/model"
	"assay/shared/profile"
)

// Engine scores under one model. It takes some 50 KB, allocates nothing after
// Load, and serves one goroutine at a time.
type Engine struct {
	loaded bool
	used   uint32 // bit f: some rule asks for field f
	total  int64  // fit points that could be known, milli
	m      model.Model
	present
	best    [fields]int64                       // fit points by field, milli
	fits    uint64                              // bit i: fact rule i counts to fit
	meets   [fields][profile.MaxCode + 1]uint64 // bit i: fact rule i counts that answer
	rulesOf [evidence.MaxKind + 1]uint64        // bit i: rule i counts the kind
	priorOf [evidence.MaxKind + 1]uint64        // bit i: rule i asks how long ago the kind was
	bounds  [model.MaxBounds]uint32
	sums    [model.MaxSignalRules]sum
	visits  [MaxVisits]cursor
	rules   [model.MaxSignalRules]rule             // read out of the model once
	answers [model.MaxFactRules]answer             // the same of the rules on facts
	spent   [MaxVisits][model.MaxSignalRules]int32 // milli-points of a rule in a visit
	words   profile.Lexicon
	grants  [maxGrants]grant
}

// present is what an engine knows of the input that it scored last.
type present struct {
	whole   bool // grants hold all that was granted
	open    bool // one more signal can be counted
	forms   profile.Forms
	granted int32
	newest  int32  // index of the last visit
	now     int64  // later signals do not count, unix seconds
	at      int64  // the instant that points age to, unix seconds
	said    int64  // unix seconds
	began   int64  // start of the last visit, ms
	last    int64  // of the last signal counted, ms
	dayFrom int64  // unix seconds at which the day of the last signal began
	seen    uint64 // bit k: a signal of kind k counted
	rep     [model.Criteria]State
	earned  uint64 // bit i: a signal met rule i
	known   int64  // fit points whose facts are known, milli
	facts   [fields]profile.Code
	groups  [model.MaxGroups + 1]int64
}

// fields is the room for every field number that a model can name.
const fields = 16

// maxGrants is how many grants are kept to be aged again. Who does more than
// that is scored all the same, a part at a time.
const maxGrants = 1024

// rule is a rule on signals as it was read out of the model.
type rule struct {
	model.Signal
	ageing ageing
}

// answer is a rule on facts as it was read out of the model.
type answer struct {
	model.Fact
	ageing ageing
}

// sum is what one rule has earned so far; its zero value is nothing.
type sum struct {
	milli int64 // after all caps but the total, and ageing
	spent int64 // of the day, before ageing
	day   int64 // when it began
	prior int64 // ms + 1, of the last signal that the rule's window asks for; 0: none
	count int32
	flags RowFlags
}

// grant is what one signal earned before ageing.
type grant struct {
	at     uint32 // unix seconds
	points int32  // milli
	rule   uint8
}

const never = int64(1) << 62

// Load opens a model, which the engine then reads in place: the caller must not
// change its bytes. On an error, one of package model's, the engine holds no model.
func (e *Engine) Load(b []byte) error { return e.Open(b).Err() }

// Open is Load with a bare code, 0 for none.
func (e *Engine) Open(b []byte) fault.Code {
	e.loaded, e.open = false, false
	if c := e.m.Read(b); c != 0 {
		return c
	}
	clear(e.rulesOf[:])
	clear(e.priorOf[:])
	for i := int32(0); i < e.m.SignalRules(); i++ {
		r := &e.rules[i]
		r.Signal = e.m.SignalRule(i)
		r.ageing = newAgeing(r.Hold, r.HalfLife)
		mark(&e.rulesOf, r.Kinds, i)
		mark(&e.priorOf, r.Prior, i)
	}
	for i := int32(0); i < e.m.Bounds(); i++ {
		e.bounds[i] = e.m.Bound(i)
	}
	e.words.Reset()
	e.m.PutWords(&e.words)
	e.indexFacts()
	e.loaded = true
	return 0
}

// mark notes rule i at each of some kinds.
func mark(of *[evidence.MaxKind + 1]uint64, kinds uint64, i int32) {
	for ; kinds != 0; kinds &= kinds - 1 {
		of[bits.TrailingZeros64(kinds)] |= 1 << i
	}
}

// indexFacts reads the rules on facts so that an answer leads straight to those
// that count it, and notes which fields matter and what each can earn for fit.
func (e *Engine) indexFacts() {
	e.used, e.total, e.fits = 0, 0, 0
	clear(e.meets[:])
	for i := int32(0); i < e.m.FactRules(); i++ {
		e.indexFact(i)
	}
	for f := range e.best {
		e.best[f] = 0
		for c := range e.meets[f] {
			e.best[f] = max(e.best[f], e.pointsOf(e.meets[f][c]&e.fits))
		}
		e.total += e.best[f]
	}
	for i := int32(0); i < e.m.CriteriaRules(); i++ {
		e.used |= 1 << e.m.CriterionRule(i).Field
	}
	for i := int32(0); i < e.m.Gates(); i++ {
		e.used |= 1 << e.m.GateRule(i).Field
	}
}

func (e *Engine) indexFact(i int32) {
	r := &e.answers[i]
	*r = answer{Fact: e.m.FactRule(i)}
	if r.Fit {
		e.fits |= 1 << i
	} else {
		r.ageing = newAgeing(0, r.HalfLife)
	}
	e.used |= 1 << r.Field
	for c := profile.Other; c <= profile.MaxCode; c++ {
		if has(r.Codes, c) {
			e.meets[r.Field][c] |= 1 << i
		}
	}
}

// pointsOf gives what some rules on facts earn unaged, milli.
func (e *Engine) pointsOf(rules uint64) (points int64) {
	for ; rules != 0; rules &= rules - 1 {
		points += int64(e.answers[bits.TrailingZeros64(rules)].Points)
	}
	return points
}

// Score fills out with the score of in. On an error, one of this
// package's or of package evidence's, out means nothing.
func (e *Engine) Score(in *Input, out *Result) error {
	return e.score(in, out).Err()
}

func (e *Engine) score(in *Input, out *Result) fault.Code {
	c := e.take(in)
	if c == 0 {
		e.conclude(out)
	}
	return c
}

// take reads an input up to the instant that it asks for.
func (e *Engine) take(in *Input) fault.Code {
	e.open = false
	if !e.loaded {
		return ErrNoModel
	}
	if in.Now>>32 != 0 || in.Said>>32 != 0 {
		return ErrTime
	}
	e.now, e.at, e.said, e.forms, e.rep = in.Now, in.Now, in.Said, in.Forms, in.Rep
	e.read(in)
	return e.count(in.Visits)
}

// More counts one more signal of the last visit of the input that was scored
// last, as if it had stood at that log's end and the signal's instant had been
// asked for: the same rows, for a fraction of the work. It fails with ErrStale,
// and changes nothing, when there is no such visit, when a signal before was
// later, or when too much was done to be aged again; then Score the whole.
func (e *Engine) More(k evidence.Kind, millis uint32, out *Result) fault.Code {
	at := e.began + int64(millis)
	if !e.open || at < e.last || k == 0 || k > evidence.MaxKind || millis > evidence.MaxMillis || at/1000>>32 != 0 {
		return ErrStale
	}
	e.now, e.at = at/1000, at/1000
	e.earn(k, at, e.newest)
	e.open = e.whole
	e.conclude(out)
	return 0
}

// read turns the profile into facts.
func (e *Engine) read(in *Input) {
	bounds := e.bounds[:e.m.Bounds()]
	for f := profile.Field(0); f < profile.Facts; f++ {
		from := f
		if f == profile.Function {
			from = profile.Role
		}
		e.facts[f] = in.Facts[f] & profile.MaxCode
		if e.used>>f&1 == 1 && len(in.Profile[from]) > 0 {
			e.facts[f] = profile.Read(f, in.Profile[from], &e.words, bounds)
		}
	}
}
