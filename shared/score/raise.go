package score

import (
	"assay/shared/profile"
)

// Raise is the answer that would raise a grade most.
type Raise struct {
	Field      profile.Field // the open question; NoField when no answer would earn anything
	Code       profile.Code  // its best answer
	Fit        int16         // whole points that it adds to fit
	Engagement int16         // and to engagement
	Letter     byte          // the grade that it makes
	Level      uint8
}

// Raise gives the unanswered field whose best answer would raise the grade of in
// most: by letter first, "?" being the least, then by level, then by points. Of
// equal ones the first field and the lowest code count. A role tells seniority
// and function at once, so they are weighed together. Scratch is overwritten.
func (e *Engine) Raise(in *Input, scratch *Result) (Raise, error) {
	if err := e.Score(in, scratch); err != nil {
		return Raise{Field: NoField}, err
	}
	e.open = false
	e.said = e.now // a new answer is said now, and all others with it
	e.conclude(scratch)
	t := trial{e: e, out: scratch, fit: scratch.Fit, engagement: scratch.Engagement,
		best: Raise{Field: NoField, Letter: scratch.Letter, Level: scratch.Level}}
	for f := profile.Field(0); f < profile.Fields; f++ {
		if e.facts[f] == profile.Unknown {
			t.field(f)
		}
	}
	return t.best, nil
}

// trial tries answers out and keeps the best.
type trial struct {
	e               *Engine
	out             *Result
	fit, engagement uint8 // without an answer
	best            Raise
}

// field tries every answer to a field that no other stands for.
func (t *trial) field(f profile.Field) {
	e := t.e
	for c := profile.Other; c <= profile.MaxCode; c++ {
		if !e.distinct(f, c) {
			continue
		}
		e.facts[f] = c
		t.answer(f, c)
		if f == profile.Role && e.facts[profile.Function] == profile.Unknown {
			for d := profile.Other; d <= profile.MaxCode; d++ {
				if e.distinct(profile.Function, d) {
					e.facts[profile.Function] = d
					t.answer(f, c)
				}
			}
			e.facts[profile.Function] = profile.Unknown
		}
	}
	e.facts[f] = profile.Unknown
}

// answer scores with an answer in place.
func (t *trial) answer(f profile.Field, c profile.Code) {
	t.e.conclude(t.out)
	r := Raise{f, c, int16(t.out.Fit) - int16(t.fit), int16(t.out.Engagement) - int16(t.engagement), t.out.Letter, t.out.Level}
	if r.Fit+r.Engagement > 0 && r.over(&t.best) {
		t.best = r
	}
}

// distinct reports whether an answer meets other rules than any lower code.
func (e *Engine) distinct(f profile.Field, c profile.Code) bool {
	for d := profile.Other; d < c; d++ {
		if e.meets[f][d] == e.meets[f][c] {
			return false
		}
	}
	return true
}

// over reports whether r raises more than b.
func (r *Raise) over(b *Raise) bool {
	if r.Letter != b.Letter {
		return r.Letter != '?' && (b.Letter == '?' || r.Letter < b.Letter)
	}
	if r.Level != b.Level {
		return r.Level < b.Level
	}
	return r.Fit+r.Engagement > b.Fit+b.Engagement
}
