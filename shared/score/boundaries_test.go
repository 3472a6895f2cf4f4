package score

import (
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// fact is a rule of fit on the answer "other".
func fact(f profile.Field, points int32) model.Fact {
	return model.Fact{Field: f, Fit: true, Codes: 2, Points: points * 1000}
}

func TestALetterIsReachedAtItsLowestFit(t *testing.T) {
	for points, want := range map[int32]byte{100: 'A', 75: 'A', 74: 'B', 50: 'B', 49: 'C', 25: 'C', 24: 'D'} {
		e := engineOf(t, model.Source{Facts: []model.Fact{fact(profile.Role, points)}})
		r := mustScore(t, e, &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Role: "x"})})
		if r.Letter != want {
			t.Errorf("a fit of %d is %c, want %c", r.Fit, r.Letter, want)
		}
	}
}

func TestALetterIsGivenFromHalfOfThePointsKnown(t *testing.T) {
	for points, want := range map[int32]byte{50: 'B', 49: '?'} {
		e := engineOf(t, model.Source{Facts: []model.Fact{fact(profile.Role, points), fact(profile.Industry, 100-points)}})
		r := mustScore(t, e, &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Role: "x"})})
		if int32(r.Known) != points || r.Letter != want {
			t.Errorf("%d percent known is %c, want %c", r.Known, r.Letter, want)
		}
	}
}

func TestARowOfNothingIsLeftOut(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(page), Points: 5000, Skip: 2}}})
	r := mustScore(t, e, &Input{Now: monday + 9, Visits: []evidence.Visit{visit(monday, at(0, page), at(1, page))}})
	if r.N != 0 {
		t.Errorf("two signals that earn nothing made rows: %+v", r.Ledger())
	}
}

func TestARowHasABoundAndAGroupsCapIsRounded(t *testing.T) {
	e := engineOf(t, model.Source{GroupCaps: []int32{12_500}, Signals: []model.Signal{
		{Kinds: kinds(page), Points: model.MaxPoints}, {Kinds: kinds(price), Points: 20_000, Group: 1}}})
	r := mustScore(t, e, &Input{Now: monday + 9, Visits: []evidence.Visit{visit(monday, at(0, page))}})
	if r.Rows[0].Points != maxRowPoints || r.Rows[1].Points != 100-maxRowPoints {
		t.Errorf("a thousand points are %+v", r.Ledger())
	}
	r = mustScore(t, e, &Input{Now: monday + 9, Visits: []evidence.Visit{visit(monday, at(0, price))}})
	if r.Engagement != 13 {
		t.Errorf("a group of twelve and a half holds %d, want 13", r.Engagement)
	}
}

func TestAnAnswerCountsFromTheSecondInWhichItIsSaid(t *testing.T) {
	e := engineOf(t, model.Source{Facts: []model.Fact{{Field: profile.Timing, Codes: 2, Points: 15_000}}})
	in := &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Timing: "soon"})}
	for wait, want := range map[int64]uint8{0: 15, 1: 0, 60: 0} {
		in.Said = monday + wait
		if r := mustScore(t, e, in); r.Engagement != want {
			t.Errorf("%d s before it is said an answer earns %d, want %d", wait, r.Engagement, want)
		}
		if at, ok, err := e.Leaves(in, want, want, LastInstant); ok || err != nil {
			t.Errorf("said in %d s: told to change at %d, %v", wait, at, err)
		}
	}
}

func TestAnUnmetBudgetIsNoInterest(t *testing.T) {
	in := &Input{Now: monday}
	in.Rep[model.Timing], in.Rep[model.Budget] = Met, Unmet
	if r := mustScore(t, starter(t), in); r.Intent != 0 {
		t.Errorf("timing met and budget unmet are intent %d", r.Intent)
	}
}

func TestAGateReadsItsFieldWhereNoRuleDoes(t *testing.T) {
	e := engineOf(t, model.Source{Gates: []model.Gate{{Bit: model.GateCountry, Field: profile.Country, Codes: 2}}})
	r := mustScore(t, e, &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Country: "x"})})
	if r.Gates != model.GateCountry {
		t.Errorf("gates %d, want %d", r.Gates, model.GateCountry)
	}
}
