package score

import (
	"assay/shared/profile"
)

// Raise is the answer that would raise a grade most.
type Raise struct {
	Field      profile.Field // the open question; NoField when no answer would earn anything
	Code       profile.Code  // the answer that earns most
	Fit        int16         // whole points that it adds to fit
	Engagement int16         // and to engagement
	Letter     byte          // the grade that it makes
	Level      uint8
}

// Raise gives the unanswered field whose best answer would raise the grade of in
// most: by letter first, "?" being the least, then by level, then by points. Of
// equal ones the first field counts. Scratch is overwritten.
func (e *Engine) Raise(in *Input, scratch *Result) (Raise, error) {
	best := Raise{Field: NoField}
	if err := e.Score(in, scratch); err != nil {
		return best, err
	}
	best.Letter, best.Level = scratch.Letter, scratch.Level
	fit, engagement, said := scratch.Fit, scratch.Engagement, e.said
	e.said = e.now // a new answer is said now
	for f := profile.Field(0); f < profile.Facts; f++ {
		if e.facts[f] != profile.Unknown {
			continue
		}
		code := e.bestAnswer(f)
		if code == profile.Unknown {
			continue
		}
		e.facts[f] = code
		e.conclude(scratch)
		e.facts[f] = profile.Unknown
		r := Raise{f, code, int16(scratch.Fit) - int16(fit), int16(scratch.Engagement) - int16(engagement), scratch.Letter, scratch.Level}
		if r.Fit+r.Engagement > 0 && r.over(&best) {
			best = r
		}
	}
	e.said = said
	return best, nil
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

// bestAnswer gives the answer to a field that earns most in both dimensions
// together, or Unknown when none earns anything.
func (e *Engine) bestAnswer(f profile.Field) profile.Code {
	best, most := profile.Unknown, int64(0)
	for c := profile.Other; c <= profile.MaxCode; c++ {
		if points := e.pointsOf(e.meets[f][c]); points > most {
			best, most = c, points
		}
	}
	return best
}
