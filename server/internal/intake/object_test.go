package intake_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// unscored fails unless a contact shows no score of any kind.
func unscored(t *testing.T, when string, d *desk.Detail) {
	t.Helper()
	if !d.Objected || d.Grade != "" || d.FitLetter != "" || d.Band != "" || d.Fit != 0 || d.Engagement != 0 || d.EngagementLevel != 0 ||
		len(d.Ledger) != 0 || d.Raise != nil || d.CoolsAt != nil {
		t.Errorf("%s it shows %+v, %d rows", when, d.View, len(d.Ledger))
	}
}

// Domain rule 31.
func TestWhoObjectsIsScoredNeverAgain(t *testing.T) {
	h, ctx := open(t), context.Background()
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	says := maps.Clone(buyer)
	delete(says, "industry") // an answer that would raise the grade
	h.accept(h.submit("t1", "v1", says, h.visit(token, reading...)))
	before := h.only()
	if before.Raise == nil || before.Engagement == 0 || before.Stage != "prospect" {
		t.Fatalf("%+v", before.View)
	}
	h.act(before.ID, lead.Doing{Do: "stop_scoring", By: "p1"})
	unscored(t, "at once", h.only())
	h.visitAgain("t2", reading...)
	unscored(t, "after another visit", h.only())
	if l, err := h.store.Lead(ctx, "demo", before.ID); err != nil || len(l.Visits) != 0 {
		t.Errorf("%d visits are kept, %v", len(l.Visits), err)
	}
	touches, err := h.store.Touches(ctx, "demo", before.ID, 10)
	if err != nil || len(touches) != 2 {
		t.Fatalf("%d touches, %v", len(touches), err)
	}
	if last := touches[1]; len(last.Visits) != 0 || last.Score != nil || last.Verdict != lead.Unverified {
		t.Errorf("the touch kept %+v", last)
	}
	if got := h.kinds(); !slices.Equal(got, []string{lead.KindProspect}) {
		t.Errorf("alerts %v", got)
	}
	h.now = h.now.Add(time.Hour)
	ask := h.submit("t3", "v1", map[string]string{"email": buyer["email"]})
	h.accept(ask)
	events := h.alerts()
	if last := events[len(events)-1].Alert; len(events) != 2 || last.Kind != lead.KindHandRaise || !last.Quiet || last.Grade != "" || len(last.Reasons) != 0 {
		t.Errorf("its ask was told as %+v", last)
	}
	h.site.Model.Rater.Version = "another"
	if n, err := h.Age(ctx, h.site); n != 1 || err != nil {
		t.Fatalf("%d leads heard of the model, %v", n, err)
	}
	h.pass(90 * day)
	unscored(t, "under another model, months later,", h.only())
	if n := len(h.alerts()); n != 2 {
		t.Errorf("%d alerts", n)
	}
}

// The visitor's own word, given in the browser, comes with the next form.
func TestAVisitorWhoObjectsIsScoredNeverAgain(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	objects := h.submit("t1", "v1", maps.Clone(buyer), h.visit(token, reading...))
	objects.Objected = true
	h.accept(objects)
	d := h.only()
	unscored(t, "as a new contact", d)
	if len(d.Touches) != 1 || d.Touches[0].Verdict != lead.Unverified || len(d.Touches[0].Findings) != 1 || d.Touches[0].Findings[0].Code != "objection" {
		t.Errorf("the touch is shown as %+v", d.Touches)
	}
	if l, err := h.store.Lead(context.Background(), "demo", d.ID); err != nil || len(l.Visits) != 0 {
		t.Errorf("%d visits are kept, %v", len(l.Visits), err)
	}
	if events := h.alerts(); len(events) != 1 || events[0].Alert.Kind != lead.KindHandRaise || !events[0].Alert.Quiet || len(events[0].Alert.Reasons) != 0 {
		t.Errorf("the ask was told as %+v", events)
	}
	h.now = h.now.Add(time.Hour)
	h.accept(h.submit("t2", "", maps.Clone(buyer)))
	unscored(t, "after another form without a word of it", h.only())
}

// Domain rule 15: what is suspect changes no contact, in whosever name it objects.
func TestASuspectTouchObjectsForNobody(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", maps.Clone(buyer), h.visit(token, reading...)))
	before := h.only()
	token, _ = h.Open("demo", "v2")
	objects := h.submit("t2", "v2", maps.Clone(buyer), h.visit(token, reading...)) // a log longer than its session
	objects.Objected = true
	h.accept(objects)
	if d := h.only(); d.Objected || d.Grade != before.Grade || d.Engagement != before.Engagement {
		t.Errorf("it shows %+v, before %+v", d.View, before.View)
	}
	if h.Signed(h.site, objects) {
		t.Error("it has the rate of a touch with evidence")
	}
}

func TestAContactWhoObjectsLaterLosesTheScore(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", maps.Clone(buyer), h.visit(token, reading...)))
	if d := h.only(); d.Engagement == 0 || d.Objected {
		t.Fatalf("%+v", d.View)
	}
	objects := h.submit("t2", "", maps.Clone(buyer))
	objects.Objected = true
	h.accept(objects)
	unscored(t, "with the second form", h.only())
}

func TestWhoObjectedAndAsksIsToldOfQuietlyWhateverTheStage(t *testing.T) {
	h := open(t)
	h.accept(h.submit("t1", "", map[string]string{"email": "ann@works.test", "role": "student"}))
	h.site.Model.Rater.Policy.HandRaiseFit = 0 // whoever asks is a prospect
	h.act(h.only().ID, lead.Doing{Do: "stop_scoring", By: "p1"})
	h.now = h.now.Add(time.Hour)
	h.accept(h.submit("t2", "", map[string]string{"email": "ann@works.test"}))
	if d := h.only(); d.Stage != "prospect" {
		t.Fatalf("it is a %s", d.Stage)
	}
	h.wants("two asks", "hand_raise", "hand_raise")
}

func TestAnObjectionLastsThroughAMergeAndItsUndo(t *testing.T) {
	h := open(t)
	h.visitAgain("read", reading...)
	one, other := h.only().ID, h.ask("bob")
	h.act(one, lead.Doing{Do: "stop_scoring", By: "p1"})
	h.act(other, lead.Doing{Do: "merge", By: "p1", Other: one})
	unscored(t, "merged", h.only())
	if l, err := h.store.Lead(context.Background(), "demo", h.only().ID); err != nil || len(l.Visits) != 0 {
		t.Errorf("merged it keeps %d visits, %v", len(l.Visits), err)
	}
	h.act(other, lead.Doing{Do: "unmerge", By: "p1", Other: one})
	for _, d := range h.leads() {
		if d.Objected != (d.ID == one) {
			t.Errorf("apart again, %s objects: %v", d.Name, d.Objected)
		}
	}
	h.act(other, lead.Doing{Do: "merge", By: "p1", Other: one})
	h.act(other, lead.Doing{Do: "unmerge", By: "p1", Other: one})
	third := h.ask("cat")
	h.act(third, lead.Doing{Do: "merge", By: "p1", Other: other})
	whole := h.leads()[len(h.leads())-1]
	h.act(other, lead.Doing{Do: "stop_scoring", By: "p1"})
	h.act(other, lead.Doing{Do: "unmerge", By: "p1", Other: third})
	for _, d := range h.leads() {
		unscored(t, "objected as one with "+whole.Name, d)
	}
}

func TestAPersonsCorrectionOutranksTheOldValueAndYieldsToANewOne(t *testing.T) {
	h, ctx := open(t), context.Background()
	says := map[string]string{"email": "ann@works.test", "company": "Wroks", "role": "student", "name": "Ann"}
	h.accept(h.submit("t1", "", says))
	id, before := h.only().ID, h.only()
	correct := func(mail string, profile map[string]string) error {
		h.now = h.now.Add(time.Minute)
		_, err := h.desk.Correct(ctx, "demo", id, h.MailIdentity("demo", mail), lead.Doing{By: "p1", Profile: profile})
		return err
	}
	if err := correct("", map[string]string{"company": "Works", "role": "Head of Operations", "name": ""}); err != nil {
		t.Fatal(err)
	}
	d := h.only()
	if d.Company != "Works" || d.Role != "Head of Operations" || d.Name != "" || d.Fit <= before.Fit {
		t.Errorf("corrected: %+v, fit was %d", d.View, before.Fit)
	}
	h.now = h.now.Add(time.Hour)
	h.accept(h.submit("t2", "", says)) // the browser fills the form in as ever
	if d = h.only(); d.Company != "Works" || d.Role != "Head of Operations" || d.Name != "" {
		t.Errorf("a form said it again: %+v", d.View)
	}
	h.now = h.now.Add(time.Hour)
	h.accept(h.submit("t3", "", map[string]string{"email": "ann@works.test", "company": "Works Ltd"}))
	if d = h.only(); d.Company != "Works Ltd" {
		t.Errorf("a new value: %+v", d.View)
	}
	if err := correct("ann@home.test", map[string]string{"email": "ann@home.test"}); err != nil {
		t.Fatal(err)
	}
	h.accept(h.submit("t4", "", map[string]string{"email": "ann@home.test"}))
	if d = h.only(); d.Email != "ann@home.test" || len(d.Touches) != 4 {
		t.Errorf("by the new address: %+v", d.View)
	}
	h.ask("bob")
	if err := correct("bob@works.test", map[string]string{"email": "bob@works.test"}); err != desk.ErrTaken {
		t.Errorf("another lead's address: %v", err)
	}
}

func TestColleaguesAreShownTogether(t *testing.T) {
	h := open(t)
	ann, bob := h.ask("ann"), h.ask("bob")
	h.accept(h.submit("free", "", map[string]string{"email": "cat@gmail.com"}))
	h.act(bob, lead.Doing{Do: "claim", By: "p2"})
	for _, d := range h.leads() {
		var got []string
		for _, c := range d.CompanyLeads {
			got = append(got, strings.Join([]string{c.Name, c.Role, c.Stage, c.Owner}, "/"))
		}
		want := map[string]string{ann: "[bob/Head of Operations/prospect/p2]", bob: "[ann/Head of Operations/prospect/]"}[d.ID]
		if want == "" {
			want = "[]"
		}
		if text := "[" + strings.Join(got, " ") + "]"; text != want {
			t.Errorf("%s is shown with %s, want %s", d.Email, text, want)
		}
	}
}

func TestADealIsWhatPeopleLastSaidOfIt(t *testing.T) {
	h := open(t)
	id := h.ask("ann")
	if d := h.only(); d.Opportunity != nil {
		t.Errorf("before one was opened: %+v", d.Opportunity)
	}
	h.act(id, lead.Doing{Do: "open_opportunity", By: "p1", Deal: map[string]string{"amount": "1250000", "currency": "EUR", "stage": "proposal"}})
	h.now = h.now.Add(time.Hour)
	h.act(id, lead.Doing{Do: "update_opportunity", By: "p2", Deal: map[string]string{"terms": "Net 30.", "stage": "", "expected_close": "2026-12-24"}})
	o := h.only().Opportunity
	if o == nil || o.Amount == nil || *o.Amount != 1250000 || o.Currency != "EUR" || o.Terms != "Net 30." || o.Stage != "" ||
		o.ExpectedClose != "2026-12-24" || o.UpdatedBy != "p2" || !o.UpdatedAt.Equal(h.now) || !o.OpenedAt.Equal(h.now.Add(-time.Hour)) {
		t.Errorf("got %+v", o)
	}
	h.act(id, lead.Doing{Do: "lose", By: "p1"})
	h.act(id, lead.Doing{Do: "open_opportunity", By: "p1"})
	if o = h.only().Opportunity; o == nil || o.Amount != nil || o.Terms != "" {
		t.Errorf("another deal: %+v", o)
	}
}
