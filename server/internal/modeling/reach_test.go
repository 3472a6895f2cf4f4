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
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	var e score.Engine
	if err := e.Load(c.Bytes); err != nil {
		t.Fatal(err)
	}
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

// visit is one in which everything is done again and again.
func visit(t *testing.T, start int64, kinds []evidence.Kind) evidence.Visit {
	t.Helper()
	var log evidence.Log
	for range 30 {
		for _, k := range kinds {
			if err := log.Append(k, 1000); err != nil {
				t.Fatal(err)
			}
		}
	}
	return evidence.Visit{Start: start, Log: slices.Clone(log.Bytes())}
}

func TestEngagementReachesWhatLintSays(t *testing.T) {
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	var e score.Engine
	if err := e.Load(c.Bytes); err != nil {
		t.Fatal(err)
	}
	earning := []evidence.Kind{evidence.AskSubmitted, evidence.SignupSubmitted, evidence.AskStarted, evidence.FormStarted, evidence.OptionalAnswered,
		evidence.PricingViewed, evidence.PlanViewed, evidence.PaywallHit, evidence.CartFilled, evidence.StoryViewed, evidence.PageViewed,
		evidence.Active60s, evidence.Active180s}
	costing := []evidence.Kind{evidence.CareersViewed, evidence.ValidationFailed}
	const noon = 20000*86400 + 12*3600
	// Of the kinds all is done in the last visit alone, or in each.
	rate := func(kinds []evidence.Kind, each bool, timing string, starts ...int64) int {
		in, out := &score.Input{Now: starts[len(starts)-1] + 1, Said: starts[len(starts)-1]}, new(score.Result)
		in.Profile[profile.Timing] = []byte(timing)
		for i, start := range starts {
			done := kinds
			if !each && i+1 < len(starts) {
				done = nil
			}
			in.Visits = append(in.Visits, visit(t, start, done))
		}
		if err := e.Score(in, out); err != nil {
			t.Fatal(err)
		}
		return sumOf(out, 0)
	}
	var month []int64
	for i := range int64(score.MaxVisits) {
		month = append(month, noon+i*86400)
	}
	says := Lint(StarterSource).Engagement
	for _, c := range []struct {
		name      string
		got, want int
	}{
		{"one visit", rate(earning, true, "now", noon), says.OneVisit},
		{"one day", rate(earning, false, "now", noon-11*3600, noon+2*3600), says.OneDay},
		{"ever, the most", rate(earning, true, "now", month...), says.Ever.Max},
		// Who comes back so often cannot help earning the points of a return.
		{"ever, the least", rate(costing, true, "", month...) - 8, says.Ever.Min},
	} {
		if c.got != c.want {
			t.Errorf("%s: the engine gives %d points, lint says %d", c.name, c.got, c.want)
		}
	}
}
