package intake_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
	"assay/shared/evidence"
)

// house is an intake over a real store, with a clock that the test moves.
type house struct {
	*intake.Service
	t     *testing.T
	store *sqlitestore.Store
	site  intake.Site
	now   time.Time
	kicks int
	desk  *desk.Service
}

func (h *house) Published(string) (*modeling.Compiled, error) { return h.site.Model, nil }

func open(t *testing.T) *house {
	t.Helper()
	store, err := sqlitestore.Open(t.TempDir(), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	model, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: store, now: time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC),
		site: intake.Site{Key: "demo", Model: model, Answers: []string{"how_heard"}, Kinds: map[string]string{"book": "demo"}}}
	keys := intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}
	_, _ = rand.Read(keys.Session)
	clock := func() time.Time { return h.now }
	h.Service = intake.New(store, keys, clock, func(string) { h.kicks++ })
	h.desk = desk.New(store, h, clock, func(string) {})
	return h
}

var buyer = map[string]string{"email": "Ada@works.test", "name": "Ada", "company": "Works", "role": "Head of Operations",
	"company_size": "51-200", "industry": "manufacturing", "country": "DE", "need": "stock", "timing": "now"}

// visit is a visitor's signals, [kind, second] pairs.
func (h *house) visit(token string, signals ...[2]int) intake.RawVisit {
	v := intake.RawVisit{Session: token, HasSignals: true}
	for _, s := range signals {
		v.Signals = append(v.Signals, evidence.Signal{Kind: evidence.Kind(s[0]), Millis: uint32(s[1] * 1000)})
	}
	return v
}

var reading = [][2]int{{2, 0}, {20, 20}, {21, 25}, {22, 30}, {28, 40}}

func (h *house) submit(id, visitor string, profile map[string]string, visits ...intake.RawVisit) *intake.Submission {
	return &intake.Submission{ID: id, Type: "submit", Visitor: visitor, At: h.now, Form: "book", FormKind: "other",
		Page: "https://site.test/book?mail=x@y.test#z", Profile: profile, Visits: visits}
}

func (h *house) accept(sub *intake.Submission) {
	h.t.Helper()
	if err := h.Accept(context.Background(), h.site, sub); err != nil {
		h.t.Fatalf("%s: %v", sub.ID, err)
	}
}

// leads gives all contacts, the oldest first.
func (h *house) leads() []*desk.Detail {
	h.t.Helper()
	views, _, err := h.desk.Leads(context.Background(), "demo", desk.Query{Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []*desk.Detail
	for _, v := range slices.Backward(views) {
		d, err := h.desk.Lead(context.Background(), "demo", v.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func (h *house) only() *desk.Detail {
	h.t.Helper()
	all := h.leads()
	if len(all) != 1 {
		h.t.Fatalf("%d contacts, want 1", len(all))
	}
	return all[0]
}

func (h *house) alerts() []lead.Event {
	h.t.Helper()
	events, err := h.store.Outbox(context.Background(), "demo", 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return events
}

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
	if h.kicks != 1 {
		t.Errorf("the feed was kicked %d times", h.kicks)
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
	if d.Verdict != lead.Unverified || d.Engagement != 0 || d.Touches[0].Findings[0] != "no_consent" {
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

func TestSuspectEvidenceChangesNobody(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t0", "v1", map[string]string{"email": "ada@works.test", "name": "Ada"}))
	before := h.only()
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(10 * time.Second)
	for i, c := range []struct {
		finding string
		visits  []intake.RawVisit
	}{
		{"longer_than_session", []intake.RawVisit{h.visit(token, [2]int{2, 0}, [2]int{28, 3600})}},
		{"too_fast", []intake.RawVisit{h.visit(token, [2]int{21, 1}, [2]int{22, 1}, [2]int{28, 1})}},
		{"automation", []intake.RawVisit{h.visit(token, [2]int{39, 0}, [2]int{28, 9})}},
	} {
		h.accept(h.submit(fmt.Sprintf("s%d", i), "v1", map[string]string{"email": "ada@works.test", "name": "Mallory"}, c.visits...))
		d := h.only()
		ref := d.Touches[len(d.Touches)-1]
		if ref.Verdict != lead.Suspect || !slices.Contains(ref.Findings, c.finding) {
			t.Errorf("%s: verdict %s, findings %v", c.finding, ref.Verdict, ref.Findings)
		}
		if d.Name != "Ada" || d.Stage != before.Stage || d.Engagement != before.Engagement || len(h.alerts()) != 1 {
			t.Errorf("%s: the contact changed: %+v", c.finding, d.View)
		}
	}
}

func TestAContactWithNothingButSuspicionIsJunkUntilItProvesReal(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(10 * time.Second)
	h.accept(h.submit("s1", "v1", buyer, h.visit(token, [2]int{39, 0}, [2]int{28, 9})))
	d := h.only()
	if d.Stage != "junk" || d.Transitions[0].Cause != "review" || len(d.Held) == 0 || len(h.alerts()) != 0 {
		t.Errorf("%s, %+v, held %v", d.Stage, d.Transitions, d.Held)
	}
	h.accept(h.submit("t1", "", map[string]string{"email": "ada@works.test"}))
	d = h.only()
	if d.Stage != "lead" || d.Company != "" || len(h.alerts()) != 1 {
		t.Errorf("%s, company %q, %d alerts", d.Stage, d.Company, len(h.alerts()))
	}
}

func TestAutofillAndSlowBootAreNotSuspicious(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Second)
	// Four fields filled in at once, and one typed before the boot answer came.
	h.accept(h.submit("t1", "v1", buyer, h.visit(token, [2]int{24, 1}, [2]int{24, 1}, [2]int{21, 1}, [2]int{21, 1}, [2]int{28, 1})))
	token, _ = h.Open("demo", "v2")
	h.now = h.now.Add(time.Second)
	h.accept(h.submit("t2", "v2", map[string]string{"email": "b@works.test"}, h.visit(token, [2]int{21, 0}, [2]int{21, 1}, [2]int{28, 1})))
	for _, d := range h.leads() {
		if d.Verdict != lead.Verified {
			t.Errorf("%s: %s, %v", d.Email, d.Verdict, d.Touches[0].Findings)
		}
	}
}

func TestForeignSessionsLeaveTheirEvidenceOut(t *testing.T) {
	h := open(t)
	other := open(t)
	own, _ := h.Open("demo", "v1")
	foreign, _ := other.Open("demo", "v1")
	elsewhere, _ := h.Open("shop", "v1")
	h.now = h.now.Add(time.Minute)
	for i, token := range []string{foreign, elsewhere, "", "x.y", own + "x", strings.Repeat("a", 600)} {
		h.accept(h.submit(fmt.Sprintf("t%d", i), "v1", map[string]string{"email": fmt.Sprintf("p%d@works.test", i)}, h.visit(token, reading...)))
	}
	h.accept(h.submit("t9", "v9", map[string]string{"email": "p9@works.test"}, h.visit(own, reading...)))
	for _, d := range h.leads() {
		if d.Verdict != lead.Unverified || d.Engagement != 0 || len(d.Touches[0].Findings) != 1 {
			t.Errorf("%s: %s, engagement %d, %v", d.Email, d.Verdict, d.Engagement, d.Touches[0].Findings)
		}
	}
	h.now = h.now.Add(9 * 24 * time.Hour)
	h.accept(h.submit("old", "v1", map[string]string{"email": "old@works.test"}, h.visit(own, reading...)))
	if all := h.leads(); all[len(all)-1].Touches[0].Findings[0] != "session_expired" {
		t.Errorf("nine days later: %v", all[len(all)-1].Touches[0].Findings)
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

func TestResendingEarnsNothingAndALogMustGoOn(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", buyer, h.visit(token, reading[:3]...)))
	before := h.only().Engagement
	h.accept(h.submit("t2", "v1", buyer, h.visit(token, reading[:2]...), h.visit(token, reading[:3]...)))
	if after := h.only(); after.Engagement != before || after.Verdict != lead.Verified {
		t.Errorf("engagement %d became %d by resending, %s", before, after.Engagement, after.Verdict)
	}
	h.accept(h.submit("t3", "v1", buyer, h.visit(token, [2]int{36, 5})))
	d := h.only()
	if ref := d.Touches[2]; ref.Verdict != lead.Suspect || ref.Findings[0] != "log_diverges" || d.Engagement != before {
		t.Errorf("a rewritten log: %+v, engagement %d", ref, d.Engagement)
	}
}

func TestTouchesOutOfOrderGiveTheSameLead(t *testing.T) {
	var grades []string
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}} {
		h := open(t)
		begin := h.now
		var subs []*intake.Submission
		for i := range 3 {
			h.now = begin.Add(time.Duration(i) * 24 * time.Hour)
			token, _ := h.Open("demo", "v1")
			h.now = h.now.Add(time.Minute)
			profile := map[string]string{"email": "ada@works.test", "role": []string{"intern", "manager", "CEO"}[i]}
			sub := h.submit(fmt.Sprintf("t%d", i), "v1", profile, h.visit(token, reading[:3]...))
			sub.UTM = map[string]string{"source": fmt.Sprint("source", i)}
			subs = append(subs, sub)
		}
		h.now = begin.Add(3 * 24 * time.Hour)
		for _, i := range order {
			h.accept(subs[i])
		}
		d := h.only()
		grades = append(grades, fmt.Sprint(d.Grade, d.Engagement, d.Fit, d.Role, d.Source, d.Form, d.FirstSeen, d.LastSeen))
	}
	if grades[0] != grades[1] || grades[0] != grades[2] {
		t.Errorf("the order of arrival changed the lead: %v", grades)
	}
}

func TestASharedBrowserDoesNotStealAnIdentity(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", buyer, h.visit(token, reading...)))
	first := h.only()
	both := append(slices.Clone(reading), [2]int{5, 50}, [2]int{28, 59})
	bob := map[string]string{"email": "bob@works.test", "name": "Bob"}
	h.accept(h.submit("t2", "v1", bob, h.visit(token, both...)))
	h.accept(h.submit("t3", "v1", bob, h.visit(token, append(both, [2]int{2, 60})...)))
	h.accept(h.submit("t4", "", map[string]string{"email": "eve@works.test", "name": "Eve"}, h.visit(token, both...)))
	all := h.leads()
	if len(all) != 3 {
		t.Fatalf("%d contacts, want 3", len(all))
	}
	for _, d := range all {
		if d.ID == first.ID && (d.Name != "Ada" || d.Rev != first.Rev) {
			t.Errorf("the first person's contact changed: %+v", d.View)
		}
		if d.ID != first.ID && (d.Engagement != 0 || d.Verdict != lead.Unverified || !strings.HasPrefix(d.Touches[0].Findings[0], "session_of_another")) {
			t.Errorf("%s was given another's evidence: engagement %d, %s, %v", d.Name, d.Engagement, d.Verdict, d.Touches[0].Findings)
		}
	}
	if n := len(h.alerts()); n != 3 {
		t.Errorf("%d alerts for three who asked", n)
	}
	token, _ = h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t5", "v1", bob, h.visit(token, [2]int{2, 5})))
	for _, d := range h.leads() {
		if d.Name == "Bob" && d.Engagement != 15 {
			t.Errorf("a session of Bob's own earned %d, want 15", d.Engagement)
		}
	}
}

func TestAContactThatSaidNothingIsScored(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", nil, h.visit(token, [2]int{2, 5})))
	h.accept(h.submit("t2", "", map[string]string{}))
	h.accept(h.submit("t3", "v3", nil, h.visit(token, [2]int{2, 600}))) // suspect
	if all := h.leads(); len(all) != 3 {
		t.Errorf("%d contacts, want 3", len(all))
	}
}

func TestABotsTouchLeavesNoMarkOnTheRealPerson(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "bot")
	h.now = h.now.Add(10 * time.Second)
	bot := h.submit("s1", "bot", buyer, h.visit(token, [2]int{39, 0}, [2]int{28, 9}))
	bot.UTM, bot.Page = map[string]string{"source": "bot"}, "https://bot.test/x"
	h.accept(bot)
	late := h.submit("t1", "v1", map[string]string{"email": "ada@works.test"})
	late.At = h.now.Add(-time.Hour)
	h.accept(late)
	if d := h.only(); d.Source != "direct" || d.Page != "https://site.test/book" || !d.LastSeen.Equal(late.At) || d.Verdict != lead.Unverified {
		t.Errorf("marks of the bot: %+v", d.View)
	}
}

func TestOnlySoManySuspectTouchesAreKept(t *testing.T) {
	h := open(t)
	for i := range lead.MaxSuspects + 5 {
		token, _ := h.Open("demo", "v1")
		h.now = h.now.Add(10 * time.Second)
		h.accept(h.submit(fmt.Sprintf("s%d", i), "v1", buyer, h.visit(token, [2]int{39, 0}, [2]int{28, 9})))
	}
	if d := h.only(); len(d.Touches) != lead.MaxSuspects {
		t.Errorf("%d suspect touches are kept, want %d", len(d.Touches), lead.MaxSuspects)
	}
}

func TestAClaimUnderAnotherModelIsHeldToThePresentOne(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	sub := h.submit("t1", "v1", map[string]string{"email": "a@works.test"}, h.visit(token, [2]int{2, 5}))
	sub.Model, sub.Claim = "made-up", &lead.Claim{Engagement: 100, Fit: 100, Band: "hot"}
	h.accept(sub)
	if d := h.only(); d.Verdict != lead.Corrected || d.Touches[0].Findings[0] != "other_model" {
		t.Errorf("%s, %v", d.Verdict, d.Touches[0].Findings)
	}
}

func TestAnonymousHistoryJoinsTheMailAddressSaidLater(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", map[string]string{"name": "Ada"}, h.visit(token, reading[:2]...)))
	h.accept(h.submit("t2", "v1", buyer, h.visit(token, reading...)))
	if d := h.only(); d.Email != "Ada@works.test" || len(d.Touches) != 2 {
		t.Errorf("%q with %d touches", d.Email, len(d.Touches))
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
	if _, err := h.desk.Release(context.Background(), "demo", "p3", id, false); !errors.Is(err, desk.ErrNotOwner) {
		t.Errorf("a stranger released it: %v", err)
	}
	if v, err := h.desk.Release(context.Background(), "demo", "p3", id, true); err != nil || v.Owner != "" {
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
	for _, c := range []struct {
		q    desk.Query
		want string
	}{
		{desk.Query{Band: "hot", Limit: 1}, "late@works.test"},
		{desk.Query{Grade: "A1", Limit: 10}, "late@works.test"},
		{desk.Query{Band: "cold", Limit: 1}, "early@works.test"},
		{desk.Query{Grade: "A", Limit: 10}, "late@works.test early@works.test"},
	} {
		views, _, err := h.desk.Leads(context.Background(), "demo", c.q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range views {
			got = append(got, v.Email)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v gives %v, want %s", c.q, got, c.want)
		}
	}
}
