package intake_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

const day = 24 * time.Hour

// pass lets time go by, and every lead change that does in it.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	for end := h.now.Add(d); ; {
		next := end
		for _, l := range h.leads() {
			if l.NextChange != nil && l.NextChange.Before(next) {
				next = *l.NextChange
			}
		}
		if h.now = next; !next.Before(end) {
			return
		}
		if n, err := h.Age(context.Background(), h.site); n == 0 || err != nil {
			h.t.Fatalf("at %s, when a lead changes, %d did, %v", h.now, n, err)
		}
	}
}

func (h *house) kinds() (kinds []string) {
	h.t.Helper()
	for _, e := range h.alerts() {
		if e.Alert != nil {
			kinds = append(kinds, e.Alert.Kind)
		}
	}
	return kinds
}

// visitAgain is a visit by somebody who has been a contact for long, and a download.
func (h *house) visitAgain(id string, signals ...[2]int) {
	h.t.Helper()
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	sub := h.submit(id, "v1", map[string]string{"email": "ada@works.test"}, h.visit(token, signals...))
	sub.Form, sub.FormKind = "guide", "download"
	h.accept(sub)
}

func TestAProspectThatHeatsUpIsNewsOnceUntilItHasCooled(t *testing.T) {
	h := open(t)
	h.accept(h.submit("ask", "", buyer))
	if d := h.only(); d.Stage != "prospect" || d.Band == "hot" {
		t.Fatalf("%s, %s", d.Stage, d.Band)
	}
	want := []string{lead.KindProspect}
	expect := func(what string, more ...string) {
		t.Helper()
		want = append(want, more...)
		if got := h.kinds(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: alerts %v, want %v", what, got, want)
		}
	}
	h.visitAgain("hot", reading...)
	expect("after reading", lead.KindHeated)
	h.visitAgain("hotter", reading...)
	expect("still hot")
	before := h.only()
	h.now = *before.CoolsAt
	if d := h.only(); d.Band == "hot" || before.Engagement-d.Engagement < 10 {
		t.Fatalf("%s, from %d to %d", d.Band, before.Engagement, d.Engagement)
	}
	h.visitAgain("again", reading...)
	expect("hot again after a fall", lead.KindHeated)
}

func TestAFallTooSmallArmsNothing(t *testing.T) {
	h := open(t)
	h.site.Model.Rater.Alerts.Rearm = 101 // more than anything can fall by
	h.accept(h.submit("ask", "", buyer))
	h.visitAgain("hot", reading...)
	h.now = *h.only().CoolsAt
	h.visitAgain("again", reading...)
	if got := h.kinds(); fmt.Sprint(got) != fmt.Sprint([]string{lead.KindProspect, lead.KindHeated}) || h.only().Band != "hot" {
		t.Errorf("alerts %v", got)
	}
}

func TestTimeAloneLowersTheScoreAndRaisesNoAlert(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t0", "", map[string]string{"email": "ada@works.test"}))
	h.visitAgain("t1", reading[:4]...)
	first, alerts := h.only(), len(h.alerts())
	if first.NextChange == nil || first.EngagementLevel == 4 {
		t.Fatalf("level %d changes at %v", first.EngagementLevel, first.NextChange)
	}
	h.now = first.NextChange.Add(-time.Second)
	if n, err := h.Age(context.Background(), h.site); n != 0 || err != nil {
		t.Errorf("a second before, %d leads changed, %v", n, err)
	}
	h.pass(20 * day)
	d := h.only()
	if d.EngagementLevel != 4 || d.Rev == first.Rev || len(h.alerts()) != alerts {
		t.Errorf("level %d at rev %d, %d alerts", d.EngagementLevel, d.Rev, len(h.alerts())-alerts)
	}
	if stored, err := h.store.Lead(context.Background(), "demo", d.ID); err != nil || stored.Cell.Level != 4 {
		t.Errorf("stored level %d, %v", stored.Cell.Level, err)
	}
}

func TestAProspectThatNobodyWorksIsToldOfOnce(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("ask", "v1", buyer, h.visit(token, reading...)))
	if d := h.only(); d.Stalled || d.StallsAt == nil {
		t.Fatalf("stalled %v, at %v", d.Stalled, d.StallsAt)
	}
	h.pass(60 * day) // it cools long after it stalled
	if got := h.kinds(); len(got) != 2 || got[1] != lead.KindStalled {
		t.Errorf("alerts %v", got)
	}
	if d := h.only(); !d.Stalled || d.Stage != "prospect" {
		t.Errorf("%s, stalled %v", d.Stage, d.Stalled)
	}
}

func TestColdLeadsAreMarkedAndComeBackWhenEngagementRises(t *testing.T) {
	h := open(t)
	sub := h.submit("t0", "", map[string]string{"email": "ada@works.test"})
	sub.Form, sub.FormKind = "guide", "download"
	h.accept(sub)
	h.pass(31 * day)
	if d := h.only(); !d.Nurturing || d.Stage != "lead" || !d.Stalled && d.StallsAt != nil {
		t.Errorf("%s, nurturing %v, stalled %v", d.Stage, d.Nurturing, d.Stalled)
	}
	h.visitAgain("t1", reading[:4]...)
	if d := h.only(); d.Nurturing {
		t.Errorf("back at level %d, and still nurturing", d.EngagementLevel)
	}
	if got := h.kinds(); len(got) != 0 {
		t.Errorf("alerts %v", got)
	}
}

// More of them than one round takes, and nobody behind them would ever age.
func TestLeadsThatCannotAgeDoNotHoldUpTheOthers(t *testing.T) {
	h, ctx := open(t), context.Background()
	h.accept(h.submit("t1", "", map[string]string{"email": "ada@works.test"}))
	h.visitAgain("t2", reading[:4]...)
	good := h.only()
	h.now = good.NextChange.Add(time.Second)
	const broken = 200 // as many as a round takes
	err := h.store.Update(ctx, "demo", func(tx lead.Tx) error {
		for i := range broken {
			l := lead.New("demo", fmt.Sprint("broken", i), h.now)
			l.Visits = []lead.Visit{{Session: "s", Start: 1 << 62}} // no engine can hold it
			l.NextChange = h.now.Add(-day)
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := h.Age(ctx, h.site); n != broken+1 || err == nil {
		t.Fatalf("%d leads were due, %v", n, err)
	}
	if n, err := h.Age(ctx, h.site); n != 0 || err != nil {
		t.Errorf("after that %d leads were due, %v", n, err)
	}
	if l, err := h.store.Lead(ctx, "demo", good.ID); err != nil || l.Rev == good.Rev {
		t.Errorf("the good one is at rev %d, %v", l.Rev, err)
	}
	h.now = h.now.Add(time.Hour)
	if n, err := h.Age(ctx, h.site); n < broken || err == nil {
		t.Errorf("an hour later %d leads were due, %v", n, err)
	}
}

func TestAPublishedModelReachesTheClockAndAlertsNobodyOfThePast(t *testing.T) {
	h, ctx := open(t), context.Background()
	h.accept(h.submit("old", "", buyer))
	old := h.only()
	h.now = h.now.Add(2 * time.Hour)
	young := h.submit("young", "", map[string]string{"email": "bo@works.test", "name": "Bo", "role": buyer["role"], "company_size": buyer["company_size"],
		"industry": buyer["industry"], "country": "DE", "need": "stock", "timing": "now"})
	h.accept(young)
	r := h.site.Model.Rater
	alerts, asked := len(h.alerts()), h.now
	r.Version, r.Policy.Stall[lifecycle.Prospect] = "another", int64(time.Hour/time.Second)
	if n, err := h.Age(ctx, h.site); n != 2 || err != nil {
		t.Fatalf("%d leads heard of the model, %v", n, err)
	}
	if n, err := h.Age(ctx, h.site); n != 0 || err != nil {
		t.Errorf("%d leads heard of it again, %v", n, err)
	}
	if d := h.leads()[0]; d.ID != old.ID || !d.Stalled || len(h.alerts()) != alerts {
		t.Errorf("stalled %v, alerts %v", d.Stalled, h.kinds())
	}
	if d := h.leads()[1]; d.NextChange == nil || d.NextChange.After(asked.Add(time.Hour+time.Second)) {
		t.Errorf("the clock looks at the young one at %v", d.NextChange)
	}
	h.pass(2 * time.Hour)
	if got := h.kinds(); len(got) != alerts+1 || got[alerts] != lead.KindStalled {
		t.Errorf("once the young one stalled: alerts %v", got)
	}
}
