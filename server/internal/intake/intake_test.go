package intake_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

func TestASubmitIsReplayedAndMakesAProspect(t *testing.T) {
	h := open(t)
	token, started := h.Open("demo", "v1")
	if started != h.now.Unix() {
		t.Errorf("started %d, want %d", started, h.now.Unix())
	}
	h.now = h.now.Add(41 * time.Second)
	sub := h.submit("t1", "v1", buyer, h.visit(token, reading...))
	sub.Model, sub.Claim = h.site.Model.Version, &lead.Claim{Engagement: 100, Fit: 100, Band: "hot"}
	h.accept(sub)
	d := h.only()
	if d.Stage != "prospect" || d.Grade != "A1" || d.Verdict != lead.Verified || d.Engagement != 100 || d.Page != "https://site.test/book" {
		t.Errorf("got %+v", d.View)
	}
	if got := []string{d.Transitions[0].To, d.Transitions[1].To}; len(d.Transitions) != 2 || got[0] != "lead" || got[1] != "prospect" {
		t.Errorf("transitions %+v", d.Transitions)
	}
	for _, dimension := range []string{"fit", "engagement"} {
		sum := 0
		for _, row := range d.Ledger {
			if row.Dimension == dimension {
				sum += row.Points
			}
		}
		if want := map[string]uint8{"fit": d.Fit, "engagement": d.Engagement}[dimension]; sum != int(want) {
			t.Errorf("%s rows sum to %d, the score is %d", dimension, sum, want)
		}
	}
	events := h.alerts()
	if len(events) != 1 || events[0].Alert.Kind != "prospect" || events[0].Alert.Quiet || events[0].Alert.Grade != "A1" || len(events[0].Alert.Reasons) != 3 {
		t.Errorf("alerts %+v", events)
	}
	if n := h.kicks.Load(); n != 1 {
		t.Errorf("the feed was kicked %d times", n)
	}
	if d.CoolsAt == nil || !d.CoolsAt.After(h.now.Add(15*24*time.Hour)) {
		t.Errorf("cools at %v", d.CoolsAt)
	}
}

func TestTheSameTouchTwiceChangesNothing(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", buyer, h.visit(token, reading...)))
	before := h.only()
	h.accept(h.submit("t1", "v1", map[string]string{"email": "other@works.test"}))
	if after := h.only(); after.Rev != before.Rev || len(h.alerts()) != 1 {
		t.Errorf("rev %d became %d, %d alerts", before.Rev, after.Rev, len(h.alerts()))
	}
}

func TestAClaimThatDiffersIsMarked(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	sub := h.submit("t1", "v1", buyer, h.visit(token, [2]int{2, 0}, [2]int{28, 40}))
	sub.Model, sub.Claim = h.site.Model.Version, &lead.Claim{Engagement: 99, Fit: 99, Band: "hot"}
	h.accept(sub)
	d := h.only()
	if d.Verdict != lead.Corrected || d.Engagement != 80 || len(h.alerts()) != 1 {
		t.Errorf("verdict %s, engagement %d, %d alerts", d.Verdict, d.Engagement, len(h.alerts()))
	}
	if ref := d.Touches[0]; ref.Claim.Engagement != 99 || ref.Score.Engagement != 80 {
		t.Errorf("claim %+v beside score %+v", ref.Claim, ref.Score)
	}
}

func TestMissingEvidenceIsUnverifiedAndAlerted(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "", buyer))
	d := h.only()
	if d.Verdict != lead.Unverified || d.Stage != "prospect" || d.Grade != "A3" || len(h.alerts()) != 1 {
		t.Errorf("%s %s %s, %d alerts", d.Verdict, d.Stage, d.Grade, len(h.alerts()))
	}
	h.site.ConsentRequired = true
	token, _ := h.Open("demo", "v2")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t2", "v2", map[string]string{"email": "b@works.test"}, h.visit(token, reading...)))
	d = h.leads()[1]
	if d.Verdict != lead.Unverified || d.Engagement != 0 || d.Touches[0].Findings[0].Code != "no_consent" {
		t.Errorf("without consent: %s, engagement %d, %v", d.Verdict, d.Engagement, d.Touches[0].Findings)
	}
}

func TestAnAskBelowTheGateIsAQuietAlert(t *testing.T) {
	h := open(t)
	three := map[string]string{"name": "Ada", "company": "Works", "email": "ada@works.test"}
	h.accept(h.submit("t1", "", three))
	events := h.alerts()
	if d := h.only(); d.Stage != "lead" || d.FitLetter != "?" || len(events) != 1 || events[0].Alert.Kind != "hand_raise" || !events[0].Alert.Quiet {
		t.Errorf("%s %s, alerts %+v", d.Stage, d.Grade, events)
	}
	h.now = h.now.Add(5 * time.Minute)
	h.accept(h.submit("t2", "", three))
	if n := len(h.alerts()); n != 1 {
		t.Errorf("asking twice in five minutes gave %d alerts", n)
	}
	h.accept(h.submit("t3", "", buyer))
	if events := h.alerts(); len(events) != 2 || events[1].Alert.Kind != "prospect" {
		t.Errorf("becoming a prospect within the quiet period gave %+v", events)
	}
}

func TestBrokenEvidenceIsAFaultAndNothingIsStored(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	for _, c := range []struct {
		visit   intake.RawVisit
		pointer string
		code    string
	}{
		{intake.RawVisit{Session: token, Evidence: []byte{1, 2}}, "/visits/0/evidence", "invalid_evidence"},
		{intake.RawVisit{Session: token}, "/visits/0/evidence", "invalid_evidence"},
		{h.visit(token, [2]int{2, 0}, [2]int{64, 1}), "/visits/0/signals/1", "invalid_signal"},
		{h.visit(token, [2]int{2, 90000}), "/visits/0/signals/0", "invalid_signal"},
	} {
		err := h.Accept(context.Background(), h.site, h.submit("t1", "v1", buyer, c.visit))
		var fault *intake.Fault
		if !errors.As(err, &fault) || fault.Pointer != c.pointer || fault.Code != c.code {
			t.Errorf("got %v, want %s at %s", err, c.code, c.pointer)
		}
	}
	if n := len(h.leads()); n != 0 {
		t.Errorf("%d contacts from broken evidence", n)
	}
}

func TestAClaimUnderAnotherModelIsHeldToThePresentOne(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	sub := h.submit("t1", "v1", map[string]string{"email": "a@works.test"}, h.visit(token, [2]int{2, 5}))
	sub.Model, sub.Claim = "made-up", &lead.Claim{Engagement: 100, Fit: 100, Band: "hot"}
	h.accept(sub)
	if d := h.only(); d.Verdict != lead.Corrected || d.Touches[0].Findings[0].Code != "other_model" {
		t.Errorf("%s, %v", d.Verdict, d.Touches[0].Findings)
	}
}

func TestATouchLeftBehindByACrashIsApplied(t *testing.T) {
	h := open(t)
	err := h.store.Update(context.Background(), "demo", func(tx lead.Tx) error {
		_, err := tx.InsertTouch(&lead.Touch{ID: "t1", Site: "demo", Type: "submit", At: h.now, Received: h.now, Form: "book",
			FormKind: "demo", Profile: buyer, Verdict: lead.Unverified})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := h.Recover(context.Background(), h.site); n != 0 || err != nil {
		t.Errorf("a fresh touch was taken for a crash's: %d, %v", n, err)
	}
	h.now = h.now.Add(6 * time.Second)
	if n, err := h.Recover(context.Background(), h.site); n != 1 || err != nil {
		t.Fatalf("recovered %d, %v", n, err)
	}
	if d := h.only(); d.Stage != "prospect" || len(h.alerts()) != 1 {
		t.Errorf("%s, %d alerts", d.Stage, len(h.alerts()))
	}
	if n, err := h.Recover(context.Background(), h.site); n != 0 || err != nil {
		t.Errorf("recovered twice: %d, %v", n, err)
	}
}

// A crash came between the touch and its lead.
func TestAnObjectionLeftBehindByACrashIsTakenIn(t *testing.T) {
	for _, known := range []bool{false, true} {
		h, ctx := open(t), context.Background()
		if known {
			token, _ := h.Open("demo", "v1")
			h.now = h.now.Add(time.Minute)
			h.accept(h.submit("t1", "v1", maps.Clone(buyer), h.visit(token, reading...)))
		}
		err := h.store.Update(ctx, "demo", func(tx lead.Tx) error {
			_, err := tx.InsertTouch(&lead.Touch{ID: "t2", Site: "demo", Type: "submit", At: h.now, Received: h.now, Form: "book",
				FormKind: "demo", Profile: buyer, Verdict: lead.Unverified, Objected: true})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(6 * time.Second)
		for want := range 2 {
			if n, err := h.Recover(ctx, h.site); n != 1-want || err != nil {
				t.Fatalf("recovered %d, %v", n, err)
			}
		}
		unscored(t, "recovered", h.only())
		if l, err := h.store.Lead(ctx, "demo", h.only().ID); err != nil || len(l.Visits) != 0 || len(l.Actions) != 1 {
			t.Errorf("it keeps %d visits and %d actions, %v", len(l.Visits), len(l.Actions), err)
		}
	}
}

func TestTwoClaimsOneWinner(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "", buyer))
	id := h.only().ID
	type answer struct {
		v   *desk.View
		err error
	}
	answers := make(chan answer, 2)
	for _, person := range []string{"p1", "p2"} {
		go func() {
			v, err := h.desk.Claim(context.Background(), "demo", person, id)
			answers <- answer{v, err}
		}()
	}
	a, b := <-answers, <-answers
	if (a.err == nil) == (b.err == nil) || a.v.Owner != b.v.Owner || a.v.Owner == "" {
		t.Errorf("claims ended with %v and %v, owners %q and %q", a.err, b.err, a.v.Owner, b.v.Owner)
	}
	if _, err := h.desk.Act(context.Background(), "demo", id, lead.Doing{Do: "release", By: "p3"}); !errors.Is(err, desk.ErrNotOwner) {
		t.Errorf("a stranger released it: %v", err)
	}
	if v, err := h.desk.Act(context.Background(), "demo", id, lead.Doing{Do: "release", By: "p3", Admin: true}); err != nil || v.Owner != "" {
		t.Errorf("an admin could not release it: %v", err)
	}
	if _, err := h.desk.Claim(context.Background(), "demo", "p1", "nobody"); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("claiming nobody: %v", err)
	}
}

// A list by band or grade shows what is so now, not what was so at the last
// touch, and still finds those that lie behind many that have cooled.
func TestListsFilterByTheScoreOfNow(t *testing.T) {
	h := open(t)
	hot := func(id string) {
		token, _ := h.Open("demo", id)
		h.now = h.now.Add(time.Minute)
		profile := map[string]string{"email": id + "@works.test"}
		for k, v := range buyer {
			if k != "email" {
				profile[k] = v
			}
		}
		h.accept(h.submit(id, id, profile, h.visit(token, reading...)))
	}
	hot("early")
	h.now = h.now.Add(60 * 24 * time.Hour)
	hot("late")
	emails := func(q desk.Query) string {
		t.Helper()
		views, _, err := h.desk.Leads(context.Background(), "demo", q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range views {
			got = append(got, v.Email)
		}
		return strings.Join(got, " ")
	}
	if got := emails(desk.Query{Band: "hot", Limit: 10}); got != "late@works.test" {
		t.Errorf("before the clock looked, %s are hot", got)
	}
	if n, err := h.Age(context.Background(), h.site); n != 1 || err != nil {
		t.Fatalf("the clock changed %d, %v", n, err)
	}
	for _, c := range []struct {
		q    desk.Query
		want string
	}{
		{desk.Query{Band: "hot", Limit: 1}, "late@works.test"},
		{desk.Query{Grade: "A1", Limit: 10}, "late@works.test"},
		{desk.Query{Band: "cold", Limit: 1}, "early@works.test"},
		{desk.Query{Grade: "A", Limit: 10}, "late@works.test early@works.test"},
	} {
		if got := emails(c.q); got != c.want {
			t.Errorf("%+v gives %s, want %s", c.q, got, c.want)
		}
	}
}
