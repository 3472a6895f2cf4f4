package modeling

import (
	"testing"

	"assay/server/internal/lead"
	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/score"
)

// rated scores an input under a compiled model.
func rated(t *testing.T, c *Compiled, in *score.Input) *score.Result {
	t.Helper()
	r, err := c.Rater.Score(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// points gives a result's rows by their labels.
func points(c *Compiled, r *score.Result) map[string]int {
	rows := map[string]int{}
	for _, row := range r.Ledger() {
		rows[c.Label(row.Rule)] += int(row.Points)
	}
	return rows
}

// rate gives what a profile earns, by label.
func rate(t *testing.T, c *Compiled, said map[string]string) map[string]int {
	t.Helper()
	return points(c, rated(t, c, &score.Input{Profile: lead.Texts(said)}))
}

// at0 is noon of a UTC day.
const at0 = 20000*86400 + 12*3600

func visitOf(t *testing.T, start int64, kinds ...evidence.Kind) evidence.Visit {
	t.Helper()
	log := new(evidence.Log)
	for i, k := range kinds {
		if err := log.Append(k, uint32(i)*60_000); err != nil {
			t.Fatal(err)
		}
	}
	return evidence.Visit{Start: start, Log: log.Bytes()}
}

func TestAReturnIsSeenWithoutASignalOfItsOwn(t *testing.T) {
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	const hour = 3600
	for _, w := range []struct {
		name  string
		gap   int64
		kinds []evidence.Kind
		want  int
	}{
		{"another tab", 10, nil, 0}, {"after lunch", 3 * hour, nil, 0}, {"the next morning", 16 * hour, nil, 8},
		{"a week later", 7 * 24 * hour, nil, 8}, {"eight days later", 8 * 24 * hour, nil, 0},
		{"the next day, and the page says so too", 24 * hour, []evidence.Kind{evidence.ReturnedDay, evidence.ReturnedWeek}, 8},
	} {
		rows := points(c, rated(t, c, &score.Input{Now: at0 + w.gap + 600, Visits: []evidence.Visit{visitOf(t, at0), visitOf(t, at0+w.gap, w.kinds...)}}))
		sum := 0
		for _, p := range rows {
			sum += p
		}
		if rows["Came back within a week"] != w.want || sum != w.want {
			t.Errorf("%s: %v, want %d points", w.name, rows, w.want)
		}
	}
}

func TestASequenceAndAGroupAndASessionCapCount(t *testing.T) {
	c, err := Compile(whole)
	if err != nil {
		t.Fatal(err)
	}
	asked, priced, story, docs := evidence.AskStarted, evidence.PricingViewed, evidence.StoryViewed, evidence.DocsViewed
	did := func(kinds ...evidence.Kind) map[string]int {
		return points(c, rated(t, c, &score.Input{Now: at0 + 3600, Visits: []evidence.Visit{visitOf(t, at0, kinds...)}}))
	}
	if rows := did(priced, asked); rows["Asked right after pricing"] == 0 {
		t.Errorf("pricing, then the form: %v", rows)
	}
	if rows := did(asked, priced); rows["Asked right after pricing"] != 0 {
		t.Errorf("the form, then pricing: %v", rows)
	}
	rows := did(story, story, docs, docs, docs, docs, docs)
	if rows["Reading: 20 points at most together"] >= 0 || rows["Read a story"]+rows["Read documentation"]+rows["Reading: 20 points at most together"] != 20 {
		t.Errorf("reading is not cut to its group: %v", rows)
	}
}

func TestPoliciesAlertsAndIntentFollowTheDocument(t *testing.T) {
	c, err := Compile(whole)
	if err != nil {
		t.Fatal(err)
	}
	p := c.Policy
	if p.Promotion.String() != "confirmed" || !p.SubscribersLead || p.HandRaiseFit != 25 || p.Stall[3] != 3*86400 || p.Stall[2] != 0 ||
		!p.Recycle.Stalled || !p.Recycle.Rejected || p.Nurture.Level != 4 || p.Nurture.After != 30*86400 ||
		!p.Reopen.IntentForm || !p.Reopen.Over || p.Reopen.After != 30*86400 || p.Reopen.Decisions == 0 {
		t.Errorf("%+v", p)
	}
	if !c.Alerts.Sends("heated") || c.Alerts.Sends("live") || !c.Alerts.Sends("hand_raise") || c.Alerts.Rearm != 10 || c.Alerts.Quiet.Minutes() != 30 {
		t.Errorf("%+v", c.Alerts)
	}
	var m model.Model
	if err := m.Open(c.Bytes); err != nil {
		t.Fatal(err)
	}
	if m.IntentKinds() != 1<<evidence.PaywallHit || m.IntentForms()&(1<<1) == 0 || m.IntentForms()&(1<<5) != 0 {
		t.Errorf("intent is %x, %x", m.IntentKinds(), m.IntentForms())
	}
	// What nobody says is domain rule 5.
	d, err := Compile(changed(t, `"intent": {"forms": ["demo", "quote", "trial"], "signals": ["paywall_hit"]},`, ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Open(d.Bytes); err != nil {
		t.Fatal(err)
	}
	if m.IntentKinds() != 1<<evidence.PaywallHit|1<<evidence.CartFilled || m.IntentForms()&(1<<5) == 0 {
		t.Errorf("without a word on intent it is %x, %x", m.IntentKinds(), m.IntentForms())
	}
}

func TestTheVersionIsThatOfAllThatCounts(t *testing.T) {
	version := func(texts ...string) string {
		c, err := Compile(changed(t, texts...))
		if err != nil {
			t.Fatal(err)
		}
		return c.Version
	}
	first := version()
	if version(`"name": "Everything that the format has"`, `"name": "Another"`) != first || version(`"points": 7.5`, ` "points":   7.500`) != first {
		t.Error("name or layout of the document change the version")
	}
	for _, change := range [][]string{{`"points": 7.5`, `"points": 7.501`}, {`"label": "Asked"`, `"label": "Asked us"`}, {`"Is there a budget?"`, `"How much?"`},
		{`"promotion": "confirmed"`, `"promotion": "automatic"`}, {`"rearm": 10`, `"rearm": 11`}, {`["gmail.com"]`, `["gmail.co"]`}} {
		if version(change...) == first {
			t.Errorf("%s leaves the version as it is", change[1])
		}
	}
}
