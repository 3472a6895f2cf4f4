package intake_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// read gives a lead by any id that it ever had.
func (h *house) read(id string) *desk.Detail {
	h.t.Helper()
	d, err := h.desk.Lead(context.Background(), "demo", id)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

// Ada's mail address was known from her office; then a browser that had only
// been looking around says it.
func TestABrowsersAnonymousHistoryJoinsAKnownMailAddress(t *testing.T) {
	h := open(t)
	h.accept(h.submit("office", "", map[string]string{"email": "ada@works.test", "role": "Head of Operations"}))
	known := h.only()
	h.now = h.now.Add(time.Hour)
	token, _ := h.Open("demo", "home")
	h.now = h.now.Add(time.Minute)
	look := h.submit("look", "home", nil, h.visit(token, reading[:2]...))
	look.Form, look.FormKind = "guide", "download"
	h.accept(look)
	anonymous := h.leads()[1]
	if anonymous.Email != "" || anonymous.Engagement == 0 {
		t.Fatalf("the anonymous contact: %+v", anonymous.View)
	}
	alerts := len(h.alerts())
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("book", "home", buyer, h.visit(token, reading...)))

	d := h.only()
	if d.ID != known.ID || len(d.Touches) != 3 || d.Engagement != 100 || d.Stage != "prospect" || !slices.Equal(d.Members, []string{anonymous.ID}) {
		t.Errorf("%+v with %d touches, members %v", d.View, len(d.Touches), d.Members)
	}
	if d.Verdict != lead.Verified || len(d.Touches[2].Findings) != 0 {
		t.Errorf("%s, %v", d.Verdict, d.Touches[2].Findings)
	}
	if n := len(h.alerts()) - alerts; n != 1 {
		t.Errorf("%d alerts for one new prospect", n)
	}
	if again := h.read(anonymous.ID); again.ID != d.ID || again.Rev != d.Rev {
		t.Errorf("the absorbed lead's address shows %+v", again.View)
	}
	history := map[string]bool{}
	for i, tr := range d.Transitions {
		history[tr.Of+" "+tr.To] = true
		if i > 0 && tr.At.Before(d.Transitions[i-1].At) {
			t.Errorf("history goes back in time: %+v", d.Transitions)
		}
	}
	if !history[anonymous.ID+" lead"] || !history[" lead"] || !history[" prospect"] {
		t.Errorf("history of both: %+v", d.Transitions)
	}
}

// A suspect touch shows nothing of anybody: it merges nobody.
func TestASuspectTouchMergesNobody(t *testing.T) {
	h := open(t)
	h.accept(h.submit("office", "", map[string]string{"email": "ada@works.test"}))
	token, _ := h.Open("demo", "home")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("look", "home", nil, h.visit(token, reading[:2]...)))
	h.accept(h.submit("bot", "home", map[string]string{"email": "ada@works.test"}, h.visit(token, [2]int{36, 5})))
	for _, d := range h.leads() {
		if len(d.Members) != 0 {
			t.Errorf("%s absorbed %v", d.Email, d.Members)
		}
	}
	if n := len(h.leads()); n != 2 {
		t.Errorf("%d contacts, want 2", n)
	}
}

// Else whoever writes to that address later would be taken for the browser's.
func TestASuspectTouchTiesNoMailAddressToTheBrowsersContact(t *testing.T) {
	h := open(t)
	token, _ := h.Open("demo", "home")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("look", "home", map[string]string{"name": "Bo"}, h.visit(token, reading[:2]...)))
	h.accept(h.submit("bot", "home", map[string]string{"email": "ada@works.test"}, h.visit(token, [2]int{36, 5})))
	h.accept(h.submit("bot again", "home", map[string]string{"email": "ada@works.test"}, h.visit(token, [2]int{36, 6})))
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("ada", "", map[string]string{"email": "ada@works.test", "name": "Ada"}))
	all := h.leads()
	if len(all) != 2 {
		t.Fatalf("%d contacts, want 2", len(all))
	}
	for _, d := range all {
		if want := map[string]int{"Bo": 1, "Ada": 3}[d.Name]; want == 0 || len(d.Touches) != want || d.Name == "Bo" && d.Email != "" {
			t.Errorf("%s %q has %d touches", d.Name, d.Email, len(d.Touches))
		}
	}
}

// The mail address changed; a rep knows that both are one person.
func TestAPersonMergesTwoMailAddressesAndUndoesIt(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	ask := h.submit("old", "", map[string]string{"email": "ada@old.test", "tools": "paper"})
	h.accept(ask)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Hour)
	look := h.submit("new", "v1", map[string]string{"email": "ada@new.test", "role": "CEO", "company_size": "51-200", "country": "DE"}, h.visit(token, reading[:4]...))
	look.Form, look.FormKind = "guide", "download"
	h.accept(look)
	before := h.leads()
	old, fresh := before[0], before[1]
	if _, err := h.desk.Claim(ctx, "demo", "p2", fresh.ID); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Minute)
	if _, err := h.desk.Claim(ctx, "demo", "p3", old.ID); err != nil { // later than p2: of both, p2 has it
		t.Fatal(err)
	}
	alerts := len(h.alerts())
	v, err := h.desk.Act(ctx, "demo", fresh.ID, lead.Doing{Do: "merge", By: "p1", Other: old.ID})
	if err != nil {
		t.Fatal(err)
	}
	// The ask of the one and the fit of the other make a prospect that neither was.
	if old.Stage != "lead" || fresh.Stage != "lead" || v.ID != old.ID || v.Stage != "prospect" || v.Owner != "p2" || v.Email != "ada@new.test" {
		t.Errorf("%s and %s became %+v", old.Stage, fresh.Stage, v)
	}
	if n := len(h.alerts()) - alerts; n != 1 {
		t.Errorf("%d alerts for the new prospect", n)
	}
	if again, err := h.desk.Act(ctx, "demo", old.ID, lead.Doing{Do: "merge", By: "p1", Other: fresh.ID}); err != nil || again.Rev != v.Rev {
		t.Errorf("merging again: rev %d, %v", again.Rev, err)
	}
	// Both mail addresses are this contact's now; what comes stays with it.
	h.now = h.now.Add(time.Hour)
	h.accept(h.submit("later", "", map[string]string{"email": "ada@new.test", "name": "Ada"}))
	if d := h.only(); len(d.Touches) != 3 || d.Name != "Ada" {
		t.Errorf("%q with %d touches", d.Name, len(d.Touches))
	}
	if _, err = h.desk.Act(ctx, "demo", old.ID, lead.Doing{Do: "unmerge", By: "p1", Other: fresh.ID}); err != nil {
		t.Fatal(err)
	}
	rest, out := h.read(old.ID), h.read(fresh.ID)
	if rest.Email != "ada@new.test" || rest.Name != "Ada" || len(rest.Touches) != 2 || rest.Owner != "p3" || len(rest.Members) != 0 {
		t.Errorf("what remains: %+v, %d touches", rest.View, len(rest.Touches))
	}
	if out.Email != "ada@new.test" || out.Role != "CEO" || len(out.Touches) != 1 || out.Owner != "p2" || out.Stage != "lead" {
		t.Errorf("what was taken out: %+v", out.View)
	}
	h.accept(h.submit("last", "v1", map[string]string{"email": "ada@new.test"}))
	if d := h.read(fresh.ID); len(d.Touches) != 2 {
		t.Errorf("its mail address is not its own again: %d touches", len(d.Touches))
	}
}

func TestMergesThatMakeNoSenseAreRefused(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	h.accept(h.submit("t1", "", map[string]string{"email": "a@works.test"}))
	sample := h.submit("t2", "", map[string]string{"email": "b@works.test"})
	sample.Sample = true
	h.accept(sample)
	all := h.leads()
	a, b := all[0].ID, all[1].ID
	if _, err := h.desk.Act(ctx, "demo", a, lead.Doing{Do: "merge", By: "p1", Other: a}); !errors.Is(err, lead.ErrSame) {
		t.Errorf("with itself: %v", err)
	}
	if _, err := h.desk.Act(ctx, "demo", a, lead.Doing{Do: "merge", By: "p1", Other: "nobody"}); !errors.Is(err, desk.ErrOther) {
		t.Errorf("with nobody: %v", err)
	}
	if v, err := h.desk.Act(ctx, "demo", a, lead.Doing{Do: "merge", By: "p1", Other: b}); !errors.Is(err, lead.ErrSample) || v == nil || v.ID != a {
		t.Errorf("with a sample: %+v, %v", v, err)
	}
	if v, err := h.desk.Act(ctx, "demo", a, lead.Doing{Do: "unmerge", By: "p1", Other: b}); !errors.Is(err, lead.ErrApart) || v == nil {
		t.Errorf("taking apart what is not one: %+v, %v", v, err)
	}
	if _, err := h.desk.Act(ctx, "demo", "nobody", lead.Doing{Do: "merge", By: "p1", Other: a}); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

// Ada gave a second mail address in the middle of a visit. What she did after it
// belonged to her first record's session, and counted for neither; once both are
// one, all of it counts, and once.
func TestASessionCountsWholeWhereItsTwoPeopleAreOne(t *testing.T) {
	h := open(t)
	ctx := context.Background()
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("first", "v1", map[string]string{"email": "ada@works.test"}, h.visit(token, reading[:2]...)))
	h.now = h.now.Add(time.Second)
	h.accept(h.submit("second", "v1", map[string]string{"email": "ada@home.test"}, h.visit(token, reading[:4]...)))
	all := h.leads()
	if len(all) != 2 || all[1].Engagement != 0 {
		t.Fatalf("%d contacts, the second with engagement %d", len(all), all[1].Engagement)
	}
	alone := engagementOf(t, reading[:4])
	v, err := h.desk.Act(ctx, "demo", all[0].ID, lead.Doing{Do: "merge", By: "p1", Other: all[1].ID})
	if err != nil || v.Engagement != alone || alone <= all[0].Engagement {
		t.Errorf("together %d, in one visit %d, before %d, %v", v.Engagement, alone, all[0].Engagement, err)
	}
	if v, err = h.desk.Act(ctx, "demo", all[0].ID, lead.Doing{Do: "unmerge", By: "p1", Other: all[1].ID}); err != nil || v.Engagement != all[0].Engagement {
		t.Errorf("taken apart %d, before %d, %v", v.Engagement, all[0].Engagement, err)
	}
}

// engagementOf gives the engagement of somebody who did all of a visit under one address.
func engagementOf(t *testing.T, signals [][2]int) uint8 {
	one := open(t)
	token, _ := one.Open("demo", "v1")
	one.now = one.now.Add(time.Minute)
	one.accept(one.submit("first", "v1", map[string]string{"email": "ada@works.test"}, one.visit(token, signals...)))
	return one.only().Engagement
}
