package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

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
		if ref.Verdict != lead.Suspect || !slices.ContainsFunc(ref.Findings, func(f lead.Finding) bool { return f.Code == c.finding }) {
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
	if all := h.leads(); all[len(all)-1].Touches[0].Findings[0].Code != "session_expired" {
		t.Errorf("nine days later: %v", all[len(all)-1].Touches[0].Findings)
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
	if ref := d.Touches[2]; ref.Verdict != lead.Suspect || ref.Findings[0].Code != "log_diverges" || d.Engagement != before {
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
		if d.ID != first.ID && (d.Engagement != 0 || d.Verdict != lead.Unverified || !strings.HasPrefix(d.Touches[0].Findings[0].Code, "session_of_another")) {
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
