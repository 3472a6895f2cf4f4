package score

import (
	"testing"

	"assay/shared/model"
	"assay/shared/profile"
)

// urgent is a rule of engagement on the answer "other" to timing.
func urgent(points int32) model.Fact {
	return model.Fact{Field: profile.Timing, Codes: 2, Points: points * 1000}
}

func TestRaisePutsLettersBeforeLevelsAndLevelsBeforePoints(t *testing.T) {
	for name, c := range map[string]struct {
		facts []model.Fact
		want  Raise
	}{
		"any letter before ?": {
			[]model.Fact{fact(profile.Role, 30), urgent(50), fact(profile.Need, 40), fact(profile.Tools, 30)},
			Raise{profile.Need, profile.Other, 40, 0, 'B', 4}},
		"a level before points": {
			[]model.Fact{fact(profile.Role, 75), fact(profile.Budget, 25), urgent(20)},
			Raise{profile.Timing, profile.Other, 0, 20, 'A', 3}},
		"points of both dimensions": {
			[]model.Fact{fact(profile.Role, 75), fact(profile.Budget, 5), urgent(10)},
			Raise{profile.Timing, profile.Other, 0, 10, 'A', 4}},
		"the answer worth most": {
			[]model.Fact{fact(profile.Role, 75), {Field: profile.Budget, Fit: true, Codes: 1 << 2, Points: 9000},
				{Field: profile.Budget, Fit: true, Codes: 1<<3 | 1<<4, Points: 10000}},
			Raise{profile.Budget, 3, 10, 0, 'A', 4}},
		"a letter that earns nothing": {
			[]model.Fact{fact(profile.Role, -50), fact(profile.Budget, 30)},
			Raise{NoField, profile.Unknown, 0, 0, '?', 4}},
	} {
		e := engineOf(t, model.Source{Facts: c.facts})
		in := &Input{Now: monday, Said: monday, Profile: said(map[profile.Field]string{profile.Role: "x"})}
		if got, err := e.Raise(in, new(Result)); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestARaiseIsSaidNow(t *testing.T) {
	rule := urgent(20)
	rule.HalfLife = day
	e := engineOf(t, model.Source{Facts: []model.Fact{rule}})
	r, err := e.Raise(&Input{Now: monday, Said: monday - 9*day}, new(Result))
	if err != nil || r.Engagement != 20 {
		t.Errorf("%+v, %v; want all of the 20 points", r, err)
	}
}

// The answer that earns most points is not always the one that makes the grade.
func TestTheAnswerThatMakesTheLetterGoesBeforeMorePoints(t *testing.T) {
	e := engineOf(t, model.Source{Facts: []model.Fact{fact(profile.Role, 40), fact(profile.Need, 40),
		{Field: profile.Budget, Codes: 1 << 2, Points: 12000}, {Field: profile.Budget, Fit: true, Codes: 1 << 3, Points: 10000}}})
	in := &Input{Now: monday, Said: monday, Profile: said(map[profile.Field]string{profile.Role: "x"})}
	in.Facts[profile.Need] = 2 // said, and worth nothing
	if r, err := e.Raise(in, new(Result)); err != nil || r.Field != profile.Budget || r.Code != 3 || r.Letter != 'B' {
		t.Errorf("%+v, %v; want the budget that makes it a B", r, err)
	}
}

func TestARoleTellsSeniorityAndFunctionAtOnce(t *testing.T) {
	e := engineOf(t, model.Source{Facts: []model.Fact{fact(profile.Need, 40), fact(profile.Budget, 12),
		{Field: profile.Role, Fit: true, Codes: 1 << 2, Points: 8000}, fact(profile.Function, 8), fact(profile.Tools, 14)}})
	in := &Input{Now: monday, Said: monday, Profile: said(map[profile.Field]string{profile.Need: "x"})}
	if r, err := e.Raise(in, new(Result)); err != nil || r.Field != profile.Role || r.Fit != 16 {
		t.Errorf("%+v, %v; want the role, worth 16", r, err)
	}
}

// An old answer that would be said anew is no merit of another.
func TestOnlyTheNewAnswerRaises(t *testing.T) {
	old := urgent(20)
	old.HalfLife = day
	e := engineOf(t, model.Source{Facts: []model.Fact{old, {Field: profile.Country, Fit: true, Codes: 1 << 2, Points: -5000}}})
	in := &Input{Now: monday, Said: monday - 9*day, Profile: said(map[profile.Field]string{profile.Timing: "soon"})}
	if r, err := e.Raise(in, new(Result)); err != nil || r.Field != NoField {
		t.Errorf("%+v, %v; want nothing to ask for", r, err)
	}
}
