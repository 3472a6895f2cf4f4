package modeling

import (
	"slices"
	"testing"

	"assay/shared/evidence"
	"assay/shared/profile"
	"assay/shared/score"
)

// sumOf adds a dimension's rows up before they are brought into 0 to 100.
func sumOf(r *score.Result, dimension score.RowFlags) (sum int) {
	for _, row := range r.Ledger() {
		if row.Rule != score.RuleLimit && row.Flags&score.RowFit == dimension {
			sum += int(row.Points)
		}
	}
	return sum
}

// engineOf gives an engine that holds a model.
func engineOf(t *testing.T, source []byte) *score.Engine {
	t.Helper()
	c, err := Compile(source)
	if err != nil {
		t.Fatalf("%v in %s", err, source)
	}
	e := new(score.Engine)
	if err := e.Load(c.Bytes); err != nil {
		t.Fatal(err)
	}
	return e
}

// What lint says of fit is what the engine gives: every combination of answers
// is tried, one text for each meaning.
func TestFitReachesWhatLintSays(t *testing.T) {
	texts := map[profile.Field][]string{
		profile.Role: {"", "Buyer", "Buying director", "IT director", "manager", "student", "software student", "assistant",
			"sales", "sales director", "financial manager", "operations manager", "trainee in logistics"},
		profile.Email:       {"", "a@works.test", "a@gmail.com", "a@b.edu", "a@mailinator.com", "a@competitor.test"},
		profile.CompanySize: {"", "5", "20", "200", "2000", "9000"},
		profile.Industry:    {"", "logistics", "art"},
		profile.Country:     {"", "de", "in"},
		profile.Need:        {"", "none", "stock"},
	}
	e := engineOf(t, StarterSource)
	got, tried := Span{}, 0
	in, out := &score.Input{}, new(score.Result)
	var try func(f profile.Field)
	try = func(f profile.Field) {
		if f == profile.Fields {
			if err := e.Score(in, out); err != nil {
				t.Fatal(err)
			}
			sum := sumOf(out, score.RowFit)
			got.Min, got.Max, tried = min(got.Min, sum), max(got.Max, sum), tried+1
			return
		}
		if len(texts[f]) == 0 {
			try(f + 1)
		}
		for _, text := range texts[f] {
			in.Profile[f] = []byte(text)
			try(f + 1)
		}
	}
	try(0)
	if want := Lint(StarterSource).Fit; got != want {
		t.Errorf("%d profiles have a fit of %+v, lint says %+v", tried, got, want)
	}
}

// overMidnight is a visit in which everything is done again and again in its
// first second, and once more after a gap.
func overMidnight(t *testing.T, start int64, kinds []evidence.Kind, gap uint32) evidence.Visit {
	t.Helper()
	var log evidence.Log
	for _, millis := range []uint32{0, gap} {
		for range 15 {
			for _, k := range kinds {
				if err := log.Append(k, millis); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return evidence.Visit{Start: start, Log: slices.Clone(log.Bytes())}
}

func TestEngagementReachesWhatLintSays(t *testing.T) {
	e := engineOf(t, StarterSource)
	earning := []evidence.Kind{evidence.AskSubmitted, evidence.SignupSubmitted, evidence.AskStarted, evidence.FormStarted, evidence.OptionalAnswered,
		evidence.PricingViewed, evidence.PlanViewed, evidence.PaywallHit, evidence.CartFilled, evidence.StoryViewed, evidence.PageViewed,
		evidence.Active60s, evidence.Active180s}
	costing := []evidence.Kind{evidence.CareersViewed, evidence.ValidationFailed}
	const midnight = 20000 * 86400
	rate := func(kinds []evidence.Kind, timing string, gap uint32, starts ...int64) int {
		last := starts[len(starts)-1]
		in, out := &score.Input{Now: last + int64(gap/1000), Said: last + int64(gap/1000)}, new(score.Result)
		in.Profile[profile.Timing] = []byte(timing)
		for i, start := range starts {
			switch {
			case i+1 == len(starts):
				in.Visits = append(in.Visits, overMidnight(t, start, kinds, gap))
			case start%86400 == 0: // idle, so that nothing has aged by the last
				in.Visits = append(in.Visits, overMidnight(t, start, nil, 0))
			default: // and again late on the next day
				in.Visits = append(in.Visits, overMidnight(t, start, kinds, 86398000))
			}
		}
		if err := e.Score(in, out); err != nil {
			t.Fatal(err)
		}
		return sumOf(out, 0)
	}
	var days []int64 // each visit has two of its own, the last one their border alone
	for i := range int64(score.MaxVisits) {
		days = append(days, midnight+i*2*86400-1)
	}
	says := Lint(StarterSource).Engagement
	for _, c := range []struct {
		name      string
		got, want int
	}{
		{"one visit", rate(earning, "now", 1000, midnight-1), says.OneVisit},
		{"one day", rate(earning, "now", 0, midnight, midnight+86399), says.OneDay},
		{"ever, the most", rate(earning, "now", 1000, days...), says.Ever.Max},
		// Who comes back so often cannot help earning the points of a return.
		{"ever, the least", rate(costing, "", 1000, days...) - 8, says.Ever.Min},
	} {
		if c.got != c.want {
			t.Errorf("%s: the engine gives %d points, lint says %d", c.name, c.got, c.want)
		}
	}
}
