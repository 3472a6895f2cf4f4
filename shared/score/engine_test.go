package score

import (
	"os"
	"testing"

	"assay/shared/evidence"
	"assay/shared/profile"
)

// Monday, 2026-11-16 00:00:00 UTC: tests count days from a day's first second.
const monday = 1794787200

const day = 86400

func starter(t testing.TB) *Engine {
	t.Helper()
	b, err := os.ReadFile("testdata/starter.model")
	if err != nil {
		t.Fatal(err)
	}
	e := new(Engine)
	if err := e.Load(b); err != nil {
		t.Fatal(err)
	}
	return e
}

func visit(start int64, signals ...evidence.Signal) evidence.Visit {
	var l evidence.Log
	for _, s := range signals {
		if err := l.Append(s.Kind, s.Millis); err != nil {
			panic(err)
		}
	}
	return evidence.Visit{Start: start, Log: append([]byte(nil), l.Bytes()...)}
}

func at(second uint32, k evidence.Kind) evidence.Signal {
	return evidence.Signal{Kind: k, Millis: second * 1000}
}

func said(fields map[profile.Field]string) (texts profile.Texts) {
	for f, text := range fields {
		texts[f] = []byte(text)
	}
	return texts
}

func mustScore(t testing.TB, e *Engine, in *Input) *Result {
	t.Helper()
	var r Result
	if err := e.Score(in, &r); err != nil {
		t.Fatal(err)
	}
	total := map[bool]int{}
	for _, row := range r.Ledger() {
		total[row.Flags&RowFit != 0] += int(row.Points)
	}
	if total[false] != int(r.Engagement) || total[true] != int(r.Fit) {
		t.Fatalf("rows sum to %d and %d, scores are %d and %d", total[false], total[true], r.Engagement, r.Fit)
	}
	return &r
}

// buyer is a profile that the starter model fits in every rule.
var buyer = map[profile.Field]string{
	profile.Email: "ada@works.test", profile.Role: "Head of Operations", profile.CompanySize: "51-200",
	profile.Industry: "manufacturing", profile.Country: "DE", profile.Need: "stock is never where we think",
	profile.Timing: "now", profile.Budget: "approved",
}

func TestADayEarnsPricingOnce(t *testing.T) {
	e := starter(t)
	p := evidence.PricingViewed
	one := visit(monday, at(0, p), at(60, p), at(90, p))
	if r := mustScore(t, e, &Input{Now: monday + 90, Visits: []evidence.Visit{one}}); r.Engagement != 15 || r.Rows[0].Flags&RowDayCap == 0 {
		t.Errorf("three views in a day earn %d, flags %d; want 15, capped", r.Engagement, r.Rows[0].Flags)
	}
	late := visit(monday+day-10, at(0, p), at(20, p))
	if r := mustScore(t, e, &Input{Now: monday + day + 20, Visits: []evidence.Visit{late}}); r.Engagement != 30 {
		t.Errorf("views on both sides of midnight earn %d, want 30", r.Engagement)
	}
	three := []evidence.Visit{visit(monday, at(0, p)), visit(monday+day, at(0, p)), visit(monday+2*day, at(0, p))}
	if r := mustScore(t, e, &Input{Now: monday + 2*day, Visits: three}); r.Rows[0].Points != 30 || r.Rows[0].Flags&RowTotalCap == 0 {
		t.Errorf("three days earn %+v, want the total cap of 30", r.Rows[0])
	}
}

func TestOverlappingVisitsCountInOrderOfTime(t *testing.T) {
	e := starter(t)
	p := evidence.PageViewed
	// Two tabs over midnight: five points a day, whichever tab they came from.
	first := visit(monday+day-100, at(0, p), at(10, p), at(20, p), at(150, p), at(160, p), at(170, p))
	second := visit(monday+day-90, at(0, p), at(10, p), at(20, p), at(130, p), at(140, p), at(150, p))
	r := mustScore(t, e, &Input{Now: monday + day + 200, Visits: []evidence.Visit{first, second}})
	if r.Engagement != 10 {
		t.Errorf("two days of other pages earn %d, want 5 each", r.Engagement)
	}
}

func TestEngagementAgesAndNothingElseMovesIt(t *testing.T) {
	e := starter(t)
	visits := []evidence.Visit{visit(monday, at(0, evidence.PaywallHit), at(1, evidence.AskSubmitted))}
	for _, c := range []struct{ after, want int64 }{{0, 25}, {1, 75}, {7 * day, 50 + 13}, {14 * day, 50 + 6}, {37*day + 1, 25 + 1}, {365 * day, 0}} {
		r := mustScore(t, e, &Input{Now: monday + c.after, Visits: visits})
		if int64(r.Engagement) != c.want {
			t.Errorf("after %d s engagement is %d, want %d", c.after, r.Engagement, c.want)
		}
	}
}

func TestNegativePointsAndTheFloor(t *testing.T) {
	e := starter(t)
	careers := []evidence.Visit{visit(monday, at(0, evidence.CareersViewed), at(5, evidence.CareersViewed))}
	r := mustScore(t, e, &Input{Now: monday + 5, Visits: careers})
	if r.Engagement != 0 || r.N != 2 || r.Rows[0].Points != -10 || r.Rows[1] != (Row{RuleLimit, 0, 10, 1}) {
		t.Errorf("careers alone: %d, rows %v", r.Engagement, r.Ledger())
	}
	failed := evidence.ValidationFailed
	for n, want := range map[int]uint8{3: 15, 4: 10, 9: 10} {
		signals := []evidence.Signal{at(0, evidence.PricingViewed)}
		for range n {
			signals = append(signals, at(1, failed))
		}
		r := mustScore(t, e, &Input{Now: monday + 1, Visits: []evidence.Visit{visit(monday, signals...)}})
		if r.Engagement != want {
			t.Errorf("%d failed validations leave %d, want %d", n, r.Engagement, want)
		}
	}
}

func TestFitKnowsWhatItDoesNotKnow(t *testing.T) {
	e := starter(t)
	r := mustScore(t, e, &Input{Now: monday, Said: monday, Profile: said(buyer)})
	if r.Fit != 100 || r.Known != 100 || r.Letter != 'A' || r.Engagement != 15 || r.Level != 3 {
		t.Errorf("a buyer has fit %d of %d%%, %s, engagement %d", r.Fit, r.Known, r.Grade(), r.Engagement)
	}
	r = mustScore(t, e, &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Email: "ada@works.test", profile.Company: "Works"})})
	if r.Fit != 15 || r.Known != 14 || r.Grade() != "?4" {
		t.Errorf("a mail address alone has fit %d of %d%%, %s", r.Fit, r.Known, r.Grade())
	}
	r = mustScore(t, e, &Input{Now: monday, Profile: said(map[profile.Field]string{profile.Email: "s@gmail.com", profile.Role: "student", profile.Industry: "art"})})
	if r.Fit != 0 || r.Known != 57 || r.Letter != 'D' {
		t.Errorf("a student has fit %d of %d%%, %s", r.Fit, r.Known, r.Grade())
	}
}

func states(r *Result) (s [5]State) {
	for i, c := range r.Criteria {
		s[i] = c.State
	}
	return s
}

func TestCriteriaIntentAndGates(t *testing.T) {
	e := starter(t)
	in := &Input{Now: monday, Said: monday, Profile: said(buyer)}
	r := mustScore(t, e, in)
	if want := ([5]State{Met, Met, Met, Met, Met}); states(r) != want || r.Intent != IntentTiming {
		t.Errorf("criteria %v, intent %b", r.Criteria, r.Intent)
	}
	in = &Input{Now: monday, Forms: profile.Forms(0).With(profile.FormQuote), Profile: said(map[profile.Field]string{
		profile.Email: "x@competitor.test", profile.Authority: "somebody_else", profile.Role: "CEO", profile.Budget: "unknown", profile.Timing: "later"})}
	r = mustScore(t, e, in)
	if want := ([5]State{Unknown, Unknown, Unmet, Unmet, Met}); states(r) != want || r.Intent != IntentHandRaise || r.Gates != 2 {
		t.Errorf("criteria %v, intent %b, gates %b", r.Criteria, r.Intent, r.Gates)
	}
	pot := []evidence.Visit{visit(monday, at(0, evidence.HoneypotFilled), at(0, evidence.CartFilled))}
	if r = mustScore(t, e, &Input{Now: monday, Visits: pot}); r.Gates != 1 || r.Intent != IntentSignal {
		t.Errorf("honeypot: gates %b, intent %b", r.Gates, r.Intent)
	}
}

func TestLaterSignalsDoNotCountYetButFaultsDo(t *testing.T) {
	e := starter(t)
	v := visit(monday, at(0, evidence.PricingViewed), at(100, evidence.PaywallHit))
	if r := mustScore(t, e, &Input{Now: monday + 99, Visits: []evidence.Visit{v}}); r.Engagement != 15 {
		t.Errorf("a signal of the future earned: %d", r.Engagement)
	}
	v.Log = append(v.Log, 0)
	if err := e.Score(&Input{Now: monday, Visits: []evidence.Visit{v}}, new(Result)); err != evidence.ErrKind {
		t.Errorf("a faulty log gave %v", err)
	}
}

func TestWrongInputIsRefused(t *testing.T) {
	var none Engine
	if err := none.Score(&Input{}, new(Result)); err != ErrNoModel {
		t.Errorf("no model: %v", err)
	}
	e := starter(t)
	v := visit(monday)
	for name, in := range map[string]*Input{
		"order":  {Now: monday, Visits: []evidence.Visit{v, {Start: monday - 1, Log: v.Log}}},
		"many":   {Now: monday, Visits: make([]evidence.Visit, MaxVisits+1)},
		"past":   {Now: -1},
		"future": {Now: 1 << 32},
	} {
		want := ErrTime
		if name == "order" || name == "many" {
			want = ErrVisits
		}
		if err := e.Score(in, new(Result)); err != want {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}

func TestScoringAllocatesNothing(t *testing.T) {
	e, in, out := starter(t), sixty(), new(Result)
	if n := testing.AllocsPerRun(100, func() { _ = e.Score(in, out) }); n != 0 {
		t.Errorf("%v allocations a score", n)
	}
}

// sixty is the named vector of about 60 signals that benchmarks use: three
// visits of a buyer who reads, comes back, and asks for a demo.
func sixty() *Input {
	var visits []evidence.Visit
	for d := range 3 {
		signals := []evidence.Signal{at(0, evidence.PageViewed), at(2, evidence.ReturnedWeek), at(5, evidence.PricingViewed),
			at(20, evidence.ScrolledHalf), at(40, evidence.ScrolledEnd), at(60, evidence.Active60s), at(70, evidence.ComparisonViewed),
			at(80, evidence.StoryViewed), at(90, evidence.DocsViewed), at(95, evidence.FormViewed), at(100, evidence.AskStarted),
			at(105, evidence.FieldAnswered), at(110, evidence.FieldAnswered), at(115, evidence.FieldAnswered),
			at(120, evidence.OptionalAnswered), at(125, evidence.OptionalAnswered), at(130, evidence.OptionalAnswered),
			at(135, evidence.FieldCorrected), at(180, evidence.Active180s), at(190, evidence.PricingViewed)}
		visits = append(visits, visit(monday+int64(d)*day+36000, signals...))
	}
	return &Input{Now: monday + 2*day + 36200, Said: monday + 2*day + 36190, Forms: profile.Forms(0).With(profile.FormDemo),
		Profile: said(buyer), Visits: visits}
}

func BenchmarkScoreSixtySignals(b *testing.B) {
	e, in, out := starter(b), sixty(), new(Result)
	b.ReportAllocs()
	for b.Loop() {
		if err := e.Score(in, out); err != nil {
			b.Fatal(err)
		}
	}
}
