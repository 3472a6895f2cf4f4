package modeling

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// changed gives the whole model with texts replaced in turn: old, new, …
func changed(t *testing.T, texts ...string) []byte {
	t.Helper()
	model := string(whole)
	for i := 0; i < len(texts); i += 2 {
		if !strings.Contains(model, texts[i]) {
			t.Fatalf("%s does not stand in the whole model", texts[i])
		}
		model = strings.Replace(model, texts[i], texts[i+1], 1)
	}
	return []byte(model)
}

func TestTheStarterModelHasNothingThatCannotHappen(t *testing.T) {
	r := Lint(StarterSource)
	if len(r.Faults)+len(r.Findings) != 0 {
		t.Errorf("faults %v, findings %v", r.Faults, r.Findings)
	}
	if r.Weight.Brotli > budget {
		t.Errorf("it weighs %d bytes of %d", r.Weight.Brotli, budget)
	}
}

func TestAFaultyModelHasAReportOfItsFaults(t *testing.T) {
	r := Lint([]byte(`{"name": ""}`))
	if len(r.Faults) == 0 || r.Findings == nil || r.Forms == nil {
		t.Errorf("got %+v", r)
	}
}

// What is said of the whole model with one change, beside what is said of it
// in any case.
func TestLintNamesWhatCanNeverHappen(t *testing.T) {
	always := Lint(whole).Findings
	for _, c := range []struct {
		name string
		text []string
		want string // path and rule of the findings, sorted
	}{
		{"a class without words", []string{`["einkauf*", "buyer"]`, `[]`}, "/fit/3 never, /fit/3/is/0 empty_class"},
		{"a class that no rule asks for", []string{`"is": ["target"]`, `"is": ["any"]`}, "/words/industry/0 unused_class"},
		{"a mail class that no rule asks for", []string{`"is": ["other", "customer"]`, `"is": ["customer"]`}, "/mail/education unused_class, /mail/free unused_class, /mail/own unused_class"},
		{"a class that outranks one that a rule asks for", []string{`"director", "*leiter", "geschäftsf*"]}`, `"director", "*leiter", "geschäftsf*"]}, {"class": "aide", "words": ["assistan*"]}`}, ""},
		{"a word that goes before a part of it", []string{`{"class": "target", "words": ["logisti*"]}`, `{"class": "toys", "words": ["logistics toys"]}, {"class": "target", "words": ["logisti*"]}`}, ""},
		{"a class before one that a rule asks for", []string{`{"class": "target", "words": ["logisti*"]}`, `{"class": "toys", "words": ["toys"]}, {"class": "target", "words": ["logisti*"]}`}, "/words/industry/0 unused_class"},
		{"a domain below one that a rule asks for", []string{`"is": ["other", "customer"]`, `"is": ["customer"]`, `"own": ["assay.test"]`, `"own": ["lab.customer.test"]`}, "/mail/education unused_class, /mail/free unused_class"},
		{"points that round to nothing", []string{`"points": 7.5, "per_session": 15, "per_day": 15, "at_most": 30`, `"points": 0.2, "at_most": 0.4`}, "/engagement/1 no_whole_point"},
		{"a signal of who is held", []string{`["validation_failed"]`, `["honeypot_filled"]`}, "/engagement/6 held"},
		{"a visit that can never be the 40th", []string{`"since": ["visit_started"], "not_before": "1d", "within": "7d"`, `"after": 40`}, "/engagement/4 never"},
		{"a return that is paid twice", []string{`["ask_submitted"]`, `["returned_week"]`}, "/engagement/0 twice"},
		{"a cap below the points", []string{`"points": 8, "at_most": 16`, `"points": 18, "at_most": 16`}, "/engagement/2/at_most cut"},
		{"a day's cap above the rule's", []string{`"per_session": 15, "per_day": 15, "at_most": 30, "half_life": "7d"`, `"per_day": 40, "at_most": 30`}, "/engagement/1/per_day no_effect"},
		{"a day's cap above that of a rule that ages", []string{`"per_day": 15, "at_most": 30`, `"per_day": 40, "at_most": 30`}, ""},
		{"a visit's cap above the day's", []string{`"per_session": 15`, `"per_session": 20`}, ""},
		{"a group of one", []string{`"half_life": "7d", "group": "Reading"},
    {"label": "Read doc`, `"half_life": "7d"},
    {"label": "Read doc`}, "/groups/0 one_rule"},
		{"a group of one rule in tiers", []string{`"field": "company_size", "tiers"`, `"field": "company_size", "group": "Size", "tiers"`, `{"name": "Role", "cap": 25}`, `{"name": "Role", "cap": 25}, {"name": "Size", "cap": 15}`}, "/groups/2 one_rule"},
		{"a group of two rules of one field", []string{`"points": 10, "group": "Role"`, `"points": 10`, `{"label": "Large budget"`, `{"label": "Has a role", "field": "role", "is": ["any"], "points": 10, "group": "Role"}, {"label": "Large budget"`}, ""},
		{"a group that cuts nothing", []string{`"cap": 20`, `"cap": 26`}, "/groups/0/cap no_effect"},
		{"a group of nobody", []string{`{"name": "Role", "cap": 25}`, `{"name": "Role", "cap": 25}, {"name": "x", "cap": 5}`}, "/groups/2 empty"},
		{"a shadowed mapping", []string{`{"criterion": "authority"`, `{"criterion": "budget", "field": "budget", "met": {"from": 50000}}, {"criterion": "authority"`}, "/criteria/1 shadowed"},
		{"a mapping of nothing", []string{`"criterion": "authority", "field": "role", "met": {"is": ["decision maker"]}, "partly": {"is": ["manager"]}`,
			`"criterion": "authority", "field": "email", "met": {"is": ["competitor"]}`, `"competitor": ["competitor.test"]`, `"competitor": []`},
			"/criteria undecided, /criteria/1 never, /criteria/1/met/is/0 empty_class, /gates/0 never, /gates/0/is/0 empty_class"}, // teamleiter keeps its word out of *leiter
		{"a gate that nothing closes", []string{`"disposable": ["mailinator.com"]`, `"disposable": []`}, "/gates/1 never, /gates/1/is/0 empty_class"},
		{"a gate for everybody", []string{`"is": ["blocked"]`, `"is": ["any"]`}, "/gates/2 always, /territories/2 unused_class"},
		{"no intent", []string{`"forms": ["demo", "quote", "trial"], "signals": ["paywall_hit"]`, `"forms": [], "signals": []`}, "/intent never"},
		{"an A that is too high", []string{`"A": 75`, `"A": 96`}, "/grid/hot/0 never, /grid/prospect/0 never, /grid/prospect/1 never, /grid/warm/0 never, /thresholds/A never"},
		{"bands without a soul", []string{`"hot": ["A1", "B1"]`, `"hot": ["D4"]`, `"C": 25`, `"C": 0`}, "/grid/hot never, /grid/hot/0 never"},
		{"a ? where all is known", []string{`"known_percent": 50`, `"known_percent": 0`}, "/grid/warm/1 never"},
		{"an ask that fits nobody", []string{`"hand_raise_fit": 25`, `"hand_raise_fit": 96`}, "/thresholds/hand_raise_fit never"},
		{"a level 4 below nothing", []string{`"3": 15`, `"3": 0`, `"hot": ["A1"`, `"hot": ["A4", "A1"`}, "/grid/hot/0 never"},
		{"stalled leads that never stall", []string{`"sales_ready": "3d", "prospect": "7d"`, `"lead": "3d"`, `"kinds": ["prospect"`, `"kinds": ["stalled", "prospect"`},
			"/alerts/kinds/0 never, /policy/recycling/stalled never"},
		{"a stall that is told and not recycled", []string{`"sales_ready": "3d", "prospect": "7d"`, `"opportunity": "3d"`, `"kinds": ["prospect"`, `"kinds": ["stalled", "prospect"`},
			"/policy/recycling/stalled never"},
		{"reopening of nothing", []string{`"decisions": ["rejected", "lost"]`, `"decisions": []`}, "/policy/reopening/decisions never"},
		{"interest alone", []string{`"prospect": ["A1"`, `"prospect": ["D1"`}, "/grid/prospect odd"},
	} {
		r := Lint(changed(t, c.text...))
		if len(r.Faults) > 0 {
			t.Errorf("%s: %v", c.name, r.Faults)
			continue
		}
		var got []string
		for _, f := range r.Findings {
			if !slices.Contains(always, f) {
				got = append(got, fmt.Sprintf("%s %s", f.Path, f.Rule))
			}
		}
		if list := strings.Join(got, ", "); list != c.want {
			t.Errorf("%s: got %s, want %s", c.name, list, c.want)
		}
	}
}

func TestWhereNothingCanBeKnownEveryLetterIsDead(t *testing.T) {
	var got []string
	for _, f := range Lint(bare(`"engagement": [], "mail": {"free": ["free.test"]}, "fit": [{"label": "x", "field": "email", "is": ["free"], "points": -15}]`)).Findings {
		if strings.HasPrefix(f.Path, "/grid") {
			got = append(got, f.Path+" "+f.Message)
		}
	}
	want := []string{"/grid/hot nobody is ever hot", "/grid/hot/0 no score is A1", "/grid/prospect nobody is ever over the thresholds",
		"/grid/prospect/0 no score is A1", "/grid/warm nobody is ever warm"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	l := linterOf(t, bare(`"engagement": [], "mail": {"free": ["free.test"]}, "fit": [{"label": "x", "field": "email", "is": ["free"], "points": -15}]`))
	if l.reachable("D4", 100, 100) || !l.reachable("?4", 100, 100) {
		t.Error("D4 is alive, or ?4 is dead")
	}
}

func TestAFieldThatWouldAddMostIsNamed(t *testing.T) {
	r := Lint(whole)
	demo, letter := r.Forms[0], r.Forms[1]
	if demo.Name != "book-a-demo" || !demo.Listed || demo.Grade != "A1" || demo.Fit != 85 || demo.Add == nil || demo.Add.Field != "budget" || demo.Add.Fit != 10 {
		t.Errorf("%+v, %+v", demo, demo.Add)
	}
	if letter.Grade != "?1" || letter.Known != 15 || letter.Add.Field != "role" || letter.Add.Fit != 25 { // role and function, cut by their group
		t.Errorf("%+v, %+v", letter, letter.Add)
	}
	kinds := Lint(changed(t, `"forms": [
    {"name"`, `"forms": [], "$schema": "x", "unused": [{"name"`))
	if len(kinds.Faults) == 0 {
		t.Error("an unknown member was taken")
	}
	if all := Lint(StarterSource).Forms; len(all) != 9 || all[0].Listed {
		t.Errorf("without forms there is one line for each kind, got %d", len(all))
	}
}

func TestLinesPointToMembers(t *testing.T) {
	line := Lines([]byte("{\n \"a\": [\n  1,\n  {\"b\": 2}],\n \"c\": 3\n}"))
	for pointer, want := range map[string]int{"": 1, "/a": 2, "/a/0": 3, "/a/1/b": 4, "/a/1/x": 4, "/c": 5, "/nowhere/at/all": 1} {
		if got := line(pointer); got != want {
			t.Errorf("%s is on line %d, want %d", pointer, got, want)
		}
	}
}
