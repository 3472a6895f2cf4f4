package modeling

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"assay/shared/evidence"
	"assay/shared/profile"
	"assay/shared/score"
)

// bare gives the smallest model with some members more.
func bare(members string) []byte {
	return []byte(`{"name": "x", "thresholds": {"A": 75, "B": 50, "C": 25, "1": 60, "2": 40, "3": 35, "known_percent": 50, "hand_raise_fit": 25},
		"grid": {"hot": ["A1"], "warm": [], "prospect": ["A1"]}, "policy": {"promotion": "automatic"},
		"alerts": {"kinds": [], "rearm": 10, "quiet": "30m"}, ` + members + `}`)
}

// linterOf gives a linter of a model.
func linterOf(t *testing.T, source []byte) *linter {
	t.Helper()
	c, err := Compile(source)
	if err != nil {
		t.Fatalf("%v in %s", err, source)
	}
	return newLinter(c.Authored)
}

// randomRule writes a rule on signals with any of its members.
func randomRule(r *rand.Rand) string {
	points := 1 + r.IntN(30)
	if r.IntN(12) == 0 {
		points = 400 // more than a row holds
	}
	m := []string{fmt.Sprintf(`"label": "a", "points": %d`, points),
		[]string{`"signals": ["page_viewed"]`, `"signals": ["visit_started"]`, `"signals": ["visit_started", "page_viewed"]`, `"signals": ["docs_viewed"]`}[r.IntN(4)]}
	some := func(of int, format string, args ...any) bool {
		if r.IntN(of) != 0 {
			return false
		}
		m = append(m, fmt.Sprintf(format, args...))
		return true
	}
	some(3, `"per_session": %d`, points+r.IntN(40))
	some(2, `"per_day": %d`, points+r.IntN(40))
	some(3, `"at_most": %d`, points+r.IntN(90))
	if some(2, `"half_life": "%dh"`, 1+r.IntN(200)) {
		some(3, `"hold": "%dh"`, 1+r.IntN(200))
	}
	some(3, `"after": %d`, 1+r.IntN(3))
	if some(2, `"since": [%s]`, []string{`"visit_started"`, `"page_viewed"`, `"page_viewed", "docs_viewed"`, `"visit_started", "page_viewed"`}[r.IntN(4)]) {
		some(2, `"not_before": "%dm"`, 1+r.IntN(2000))
	}
	some(3, `"group": "g"`)
	return "{" + strings.Join(m, ", ") + "}"
}

// randomVisits gives visits in which much is done, often over midnight.
func randomVisits(t *testing.T, r *rand.Rand) (visits []evidence.Visit, last int64) {
	t.Helper()
	const midnight = int64(20000 * 86400)
	gap := []int64{0, 600, 43000, 86400, 2 * 86400}[r.IntN(5)]
	start := midnight + []int64{0, 40000, 86399}[r.IntN(3)]
	step := []uint32{0, 50, 60000, 2000000, 4200000}[r.IntN(5)] // ms between signals
	many := 2 + r.IntN(40)
	if uint32(many)*step > evidence.MaxMillis {
		many = 20
	}
	for i := range int64([]int{1, 1, 2, 3, score.MaxVisits}[r.IntN(5)]) {
		var log evidence.Log
		for k := range many {
			kind := evidence.PageViewed
			if k%3 == 2 {
				kind = evidence.DocsViewed
			}
			if err := log.Append(kind, uint32(k)*step); err != nil {
				t.Fatal(err)
			}
		}
		visits = append(visits, evidence.Visit{Start: start + i*gap, Log: slices.Clone(log.Bytes())})
	}
	return visits, visits[len(visits)-1].Start + int64(uint32(many-1)*step)/1000
}

func TestNoVisitorEarnsMoreThanLintSays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	under, tight := 0, 0
	for range 1000 {
		rules := []string{randomRule(r)}
		if r.IntN(2) == 0 {
			rules = append(rules, randomRule(r))
		}
		source := bare(`"groups": [{"name": "g", "cap": 60}], "fit": [], "engagement": [` + strings.Join(rules, ", ") + `]`)
		l, e, out := linterOf(t, source), engineOf(t, source), new(score.Result)
		for range 8 {
			visits, last := randomVisits(t, r)
			if err := e.Score(&score.Input{Now: last, Visits: visits}, out); err != nil {
				t.Fatal(err)
			}
			got, most := sumOf(out, 0), l.engagement.Ever.Max
			if last/86400 == visits[0].Start/86400 {
				most = min(most, l.engagement.OneDay)
			}
			if len(visits) == 1 {
				most = min(most, l.engagement.OneVisit)
			}
			if got == most && got > 0 {
				tight++
			}
			if got > most {
				if under++; under < 5 {
					t.Errorf("%d visits from %d to %d earn %d points, lint says %d: %s", len(visits), visits[0].Start, last, got, most, rules)
				}
			}
		}
	}
	if tight < 500 {
		t.Errorf("only %d of 8,000 visitors earn all that lint says: the bounds are too wide, or the visitors too idle", tight)
	}
}

// randomFacts writes fit rules of four fields with a few classes, in groups
// that fields share.
func randomFacts(r *rand.Rand) string {
	var rules []string
	for range 2 + r.IntN(10) {
		group := ""
		if n := r.IntN(4); n > 0 {
			group = fmt.Sprintf(`, "group": "g%d"`, n)
		}
		points := r.IntN(60) - 20
		if points == 0 {
			points = 300
		}
		rules = append(rules, fmt.Sprintf(`{"label": "l", "field": "%s", "is": ["%s"], "points": %d%s}`,
			[]string{"need", "timing", "authority", "tools"}[r.IntN(4)], []string{"c1", "c2", "c3", "other", "any"}[r.IntN(5)], points, group))
	}
	return `"fit": [` + strings.Join(rules, ", ") + `]`
}

func TestFitReachesWhatLintSaysUnderAnyModel(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var words []string
	fields := []profile.Field{profile.Need, profile.Timing, profile.Authority, profile.Tools}
	for _, f := range fields {
		words = append(words, fmt.Sprintf(`"%s": [{"class": "c1", "words": ["w1"]}, {"class": "c2", "words": ["w2"]}, {"class": "c3", "words": ["w3"]}]`, f))
	}
	for range 150 {
		source := bare(`"words": {` + strings.Join(words, ", ") + `}, "engagement": [],
			"groups": [{"name": "g1", "cap": 20}, {"name": "g2", "cap": 30}, {"name": "g3", "cap": 45}], ` + randomFacts(r))
		e, in, out, got := engineOf(t, source), new(score.Input), new(score.Result), Span{}
		for n := range 5 * 5 * 5 * 5 {
			for _, f := range fields {
				in.Profile[f] = []byte([]string{"", "w1", "w2", "w3", "x"}[n%5])
				n /= 5
			}
			if err := e.Score(in, out); err != nil {
				t.Fatal(err)
			}
			sum := sumOf(out, score.RowFit)
			got.Min, got.Max = min(got.Min, sum), max(got.Max, sum)
		}
		if l := linterOf(t, source); l.fit != got {
			t.Errorf("the engine gives %+v, lint says %+v: %s", got, l.fit, source)
		}
	}
}

// Eight fields with five answers each give 390,625 sums, more than are kept.
// When each has a group of its own, none needs to be; when two groups are
// shared by all, lint may say too much, but never too little.
func TestManyWaysToAddUpAreNeverToldTooLow(t *testing.T) {
	fields := strings.Fields("name phone company role industry timing need authority")
	for _, own := range []bool{true, false} {
		var words, groups, fit []string
		for i, f := range fields {
			var classes, tiers []string
			for k := 1; k <= 5; k++ {
				classes = append(classes, fmt.Sprintf(`{"class": "c%d", "words": ["w%d%s"]}`, k, k, f))
				tiers = append(tiers, fmt.Sprintf(`{"is": ["c%d"], "points": %g}`, k, float64(2*k)))
			}
			words = append(words, fmt.Sprintf(`"%s": [%s]`, f, strings.Join(classes, ", ")))
			groups = append(groups, fmt.Sprintf(`{"name": "g%d", "cap": 100}`, i))
			group := i
			if !own {
				group = i % 2
				fit = append(fit, fmt.Sprintf(`{"label": "l", "field": "%s", "group": "g%d", "is": ["c%d"], "points": %d}`, f, 2+i/3, 1+i%5, 3+i))
			}
			fit = append(fit, fmt.Sprintf(`{"label": "l", "field": "%s", "group": "g%d", "tiers": [%s]}`, f, group, strings.Join(tiers, ", ")))
		}
		source := bare(fmt.Sprintf(`"words": {%s}, "groups": [%s], "engagement": [], "fit": [%s]`,
			strings.Join(words, ", "), strings.Join(groups, ", "), strings.Join(fit, ", ")))
		in, out := new(score.Input), new(score.Result)
		for _, f := range fields {
			in.Profile[fieldOf(f)] = []byte("w5" + f)
		}
		if err := engineOf(t, source).Score(in, out); err != nil {
			t.Fatal(err)
		}
		got, says := sumOf(out, score.RowFit), linterOf(t, source).fit.Max
		if says < got || own && says != 80 {
			t.Errorf("own groups %v: the engine gives %d, lint says %d", own, got, says)
		}
	}
}

func TestAFormIsCreditedWithItsOwnFieldsAlone(t *testing.T) {
	r := Lint(bare(`"words": {"timing": [{"class": "soon", "words": ["now"]}]}, "fit": [{"label": "x", "field": "email", "is": ["any"], "points": 80}],
		"engagement": [{"label": "a", "field": "timing", "is": ["soon"], "points": 70}],
		"forms": [{"name": "letter", "kind": "subscription", "fields": ["email"]}, {"name": "ask", "kind": "demo", "fields": ["email", "timing"]}]`))
	if letter, ask := r.Forms[0], r.Forms[1]; letter.Grade != "A4" || ask.Grade != "A1" {
		t.Errorf("%+v, %+v", letter, ask)
	}
}
