package score

import (
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// engineOf builds a model of a few rules under the starter's thresholds.
func engineOf(t testing.TB, s model.Source) *Engine {
	t.Helper()
	s.LetterMin, s.LevelMin, s.KnownMin = [3]uint8{75, 50, 25}, [3]uint8{60, 35, 15}, 50
	b, err := model.Build(&s)
	if err != nil {
		t.Fatal(err)
	}
	e := new(Engine)
	if err := e.Load(b); err != nil {
		t.Fatal(err)
	}
	return e
}

func kinds(of ...evidence.Kind) (mask uint64) {
	for _, k := range of {
		mask |= 1 << k
	}
	return mask
}

const page, price, ask = evidence.PageViewed, evidence.PricingViewed, evidence.AskStarted

func TestAVisitEarnsUpToItsCapAndADayUpToItsOwn(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(page), Points: 3000, SessionCap: 7000, DayCap: 10000}}})
	one := visit(monday, at(0, page), at(1, page), at(2, page), at(3, page))
	r := mustScore(t, e, &Input{Now: monday + 10, Visits: []evidence.Visit{one}})
	if r.Engagement != 7 || r.Rows[0].Flags != RowSessionCap || r.Rows[0].Count != 4 {
		t.Errorf("one visit earns %d, %+v; want 7, cut by the visit", r.Engagement, r.Rows[0])
	}
	two := visit(monday+100, at(0, page), at(1, page), at(2, page))
	r = mustScore(t, e, &Input{Now: monday + 110, Visits: []evidence.Visit{one, two}})
	if r.Engagement != 10 || r.Rows[0].Flags != RowSessionCap|RowDayCap {
		t.Errorf("two visits earn %d, flags %d; want 10, cut by visit and day", r.Engagement, r.Rows[0].Flags)
	}
	tomorrow := visit(monday+day, at(0, page), at(1, page), at(2, page))
	r = mustScore(t, e, &Input{Now: monday + day + 9, Visits: []evidence.Visit{one, tomorrow}})
	if r.Engagement != 14 {
		t.Errorf("visits on two days earn %d, want 7 each", r.Engagement)
	}
}

func TestAReturnCountsWithinItsWindowAlone(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: 1, Points: 8000, Prior: 1, NotBefore: day, Within: 7 * day}}})
	for gap, want := range map[int64]uint8{60: 0, day - 1: 0, day: 8, 3 * day: 8, 7 * day: 8, 7*day + 1: 0} {
		visits := []evidence.Visit{visit(monday, at(5, page)), visit(monday+gap, at(5, page))}
		if r := mustScore(t, e, &Input{Now: monday + gap, Visits: visits}); r.Engagement != want {
			t.Errorf("a return after %d s earns %d, want %d", gap, r.Engagement, want)
		}
	}
	if r := mustScore(t, e, &Input{Now: monday, Visits: []evidence.Visit{visit(monday)}}); r.Engagement != 0 {
		t.Errorf("a first visit counts as a return: %d", r.Engagement)
	}
}

func TestASequenceNeedsItsOrderAndItsTime(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(ask), Points: 10000, Prior: kinds(price), Within: 600}}})
	for name, c := range map[string]struct {
		signals []evidence.Signal
		want    uint8
	}{
		"price, then the form":       {[]evidence.Signal{at(0, price), at(600, ask)}, 10},
		"a second too late":          {[]evidence.Signal{at(0, price), at(601, ask)}, 0},
		"the form, then price":       {[]evidence.Signal{at(0, ask), at(5, price)}, 0},
		"price seen again in time":   {[]evidence.Signal{at(0, price), at(500, price), at(1000, ask)}, 10},
		"both at the same instant":   {[]evidence.Signal{at(7, price), at(7, ask)}, 10},
		"two forms after one price":  {[]evidence.Signal{at(0, price), at(5, ask), at(9, ask)}, 20},
		"no price":                   {[]evidence.Signal{at(0, page), at(9, ask)}, 0},
		"a millisecond within a day": {[]evidence.Signal{{Kind: price, Millis: 999}, {Kind: ask, Millis: 600_999}}, 10},
		"a millisecond too late":     {[]evidence.Signal{{Kind: price, Millis: 999}, {Kind: ask, Millis: 601_000}}, 0},
	} {
		in := &Input{Now: monday + 2000, Visits: []evidence.Visit{visit(monday, c.signals...)}}
		if r := mustScore(t, e, in); r.Engagement != c.want {
			t.Errorf("%s earns %d, want %d", name, r.Engagement, c.want)
		}
	}
}

func TestASequenceGoesOnOverVisits(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(ask), Points: 10000, Prior: kinds(price), Within: 2 * day}}})
	visits := []evidence.Visit{visit(monday, at(0, price)), visit(monday+day, at(0, ask))}
	if r := mustScore(t, e, &Input{Now: monday + day, Visits: visits}); r.Engagement != 10 {
		t.Errorf("a sequence over two visits earns %d, want 10", r.Engagement)
	}
}

func TestAGroupSharesOneCapAndSaysSo(t *testing.T) {
	e := engineOf(t, model.Source{GroupCaps: []int32{12000, 20000},
		Signals: []model.Signal{{Kinds: kinds(page), Points: 8000, Group: 1}, {Kinds: kinds(price), Points: 9000, Group: 1}, {Kinds: kinds(ask), Points: 5000}},
		Facts: []model.Fact{{Field: profile.Role, Fit: true, Group: 2, Codes: 2, Points: 15000},
			{Field: profile.Industry, Fit: true, Group: 2, Codes: 2, Points: 15000}}})
	in := &Input{Now: monday + 9, Visits: []evidence.Visit{visit(monday, at(0, page), at(1, price), at(2, ask))},
		Profile: said(map[profile.Field]string{profile.Role: "x", profile.Industry: "y"})}
	r := mustScore(t, e, in)
	if r.Engagement != 17 || r.Fit != 20 {
		t.Errorf("engagement %d of a group of 12 and 5, fit %d of a group of 20", r.Engagement, r.Fit)
	}
	want := []Row{{0, 0, 8, 1}, {1, 0, 9, 1}, {2, 0, 5, 1}, {RuleGroup + 1, RowTotalCap, -5, 1},
		{RuleFact, RowFit, 15, 1}, {RuleFact + 1, RowFit, 15, 1}, {RuleGroup + 2, RowFit | RowTotalCap, -10, 1}}
	for i, row := range r.Ledger() {
		if i >= len(want) || row != want[i] {
			t.Errorf("row %d is %+v", i, row)
		}
	}
}

// What a group's rows summed to under one model must not be remembered under
// the next.
func TestGroupsBeginAtNothingWithEachScore(t *testing.T) {
	rules := model.Source{GroupCaps: []int32{50000, 50000}, Signals: []model.Signal{{Kinds: kinds(page), Points: 40000, Group: 2}}}
	e := engineOf(t, rules)
	in := &Input{Now: monday + 9, Visits: []evidence.Visit{visit(monday, at(0, page))}}
	for range 3 {
		if r := mustScore(t, e, in); r.Engagement != 40 {
			t.Fatalf("engagement %d, want 40 each time", r.Engagement)
		}
	}
}

func TestRangesTitlesAndDomainsAreReadFromText(t *testing.T) {
	word := func(f profile.Field, text string, m profile.Mark, c profile.Code) model.Word {
		return model.Word{Hash: profile.Hash(f, []byte(text), m), Mark: m, Code: c}
	}
	words := []model.Word{word(profile.Email, "edu", profile.Whole, 2), word(profile.Email, "gmail.com", profile.Whole, 3),
		word(profile.Role, "leiter", profile.Suffix, 4), word(profile.Role, "head", profile.Whole, 4), word(profile.Role, "assistan", profile.Prefix, 5),
		word(profile.Role, "teamleiter", profile.Whole, 2), word(profile.Function, "vertrieb", profile.Prefix, 2), word(profile.Function, "operat", profile.Prefix, 3)}
	lexicon := new(profile.Lexicon)
	for _, w := range words {
		lexicon.Put(w.Hash, uint8(w.Mark)|uint8(w.Code))
	}
	bounds := []uint32{uint32(profile.CompanySize)<<28 | 51, uint32(profile.CompanySize)<<28 | 1001, uint32(profile.Budget)<<28 | 10000}
	for _, c := range []struct {
		field profile.Field
		text  string
		want  profile.Code
	}{
		{profile.Email, "a@mail.uni.edu", 2}, {profile.Email, "a@uni.edu.test", profile.Other}, {profile.Email, "a@notgmail.com", profile.Other},
		{profile.Email, "a@gmail.com", 3}, {profile.Role, "Vertriebsleiter", 4}, {profile.Role, "Teamleiter", 2},
		{profile.Role, "Head of Operations", 4}, {profile.Role, "Assistant to the Head", 5}, {profile.Role, "leit", profile.Other},
		{profile.Function, "Vertriebsleiter", 2}, {profile.Function, "VP Operations", 3}, {profile.Function, "Cook", profile.Other},
		{profile.CompanySize, "12", profile.Other}, {profile.CompanySize, "51-200", 2}, {profile.CompanySize, "1.001+", 3},
		{profile.Budget, "about 10,000 EUR", 2}, {profile.Budget, "9000", profile.Other}, {profile.Budget, "some", profile.Other},
		{profile.Timing, "51", profile.Other},
	} {
		if got := profile.Read(c.field, []byte(c.text), lexicon, bounds); got != c.want {
			t.Errorf("%s %q reads as %d, want %d", c.field, c.text, got, c.want)
		}
	}
}

func TestFactsStandForTextsThatAreNotThere(t *testing.T) {
	e := starter(t)
	text := &Input{Now: monday, Said: monday, Profile: said(buyer)}
	want := mustScore(t, e, text)
	facts := &Input{Now: monday, Said: monday, Facts: [profile.Facts]profile.Code(e.facts[:profile.Facts])}
	if got := mustScore(t, e, facts); *got != *want {
		t.Errorf("the same answers as codes score %s %d/%d, as texts %s %d/%d",
			got.Grade(), got.Fit, got.Engagement, want.Grade(), want.Fit, want.Engagement)
	}
	facts.Profile[profile.Industry] = []byte("farming")
	if got := mustScore(t, e, facts); got.Fit != want.Fit-20 {
		t.Errorf("a text beside a code: fit %d, want the text to count", got.Fit)
	}
}

func TestARepsWordGoesBeforeTheForms(t *testing.T) {
	e := starter(t)
	in := &Input{Now: monday, Said: monday, Profile: said(map[profile.Field]string{profile.Timing: "later", profile.Role: "CEO"})}
	in.Rep[model.Timing], in.Rep[model.Budget] = Met, Met
	r := mustScore(t, e, in)
	want := [model.Criteria]Criterion{{Unknown, NoSource, NoField}, {Met, Rep, NoField}, {Met, Inferred, profile.Role}, {Met, Rep, NoField}, {Met, Inferred, NoField}}
	if r.Criteria != want || r.Intent != IntentTiming {
		t.Errorf("criteria %+v, intent %d", r.Criteria, r.Intent)
	}
	in.Rep[model.Interest], in.Forms = Unmet, profile.HandRaise
	if r = mustScore(t, e, in); r.Criteria[model.Interest] != (Criterion{Unmet, Rep, NoField}) {
		t.Errorf("a rep heard that there is no interest: %+v", r.Criteria[model.Interest])
	}
}

func TestTheModelSaysWhatExplicitInterestIs(t *testing.T) {
	e := engineOf(t, model.Source{IntentKinds: kinds(price), IntentForms: profile.Forms(0).With(profile.FormDownload).With(profile.FormDemo)})
	for _, c := range []struct {
		forms profile.Forms
		kind  evidence.Kind
		want  Intent
	}{{profile.Trial, page, 0}, {0, price, IntentSignal}, {profile.Forms(0).With(profile.FormDownload), page, IntentForm},
		{profile.Forms(0).With(profile.FormDemo), page, IntentHandRaise}, {profile.Forms(0).With(profile.FormQuote), page, 0}} {
		r := mustScore(t, e, &Input{Now: monday, Forms: c.forms, Visits: []evidence.Visit{visit(monday, at(0, c.kind))}})
		if r.Intent != c.want {
			t.Errorf("forms %b and %s are intent %d, want %d", c.forms, c.kind, r.Intent, c.want)
		}
	}
}
