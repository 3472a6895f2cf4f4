package intake_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
	"assay/shared/score"
)

// Domain rule 31: what the rules would tell of stops with the scoring.
func TestTheRulesTellNothingMoreOfWhoObjected(t *testing.T) {
	told := func(t *testing.T, object bool) []string {
		h := escalating(t)
		h.site.Live = true
		h.site.Model.Rater.Policy.Stall[lifecycle.Prospect] = int64(2 * time.Hour / time.Second)
		h.accept(h.submit("ask", "", buyer))
		if object {
			h.act(h.only().ID, lead.Doing{Do: "stop_scoring", By: "p1"})
		}
		h.visitAgain("again", reading...) // heated up
		token, _ := h.Open("demo", "v1")
		h.now = h.now.Add(time.Minute)
		h.live(h.beat("v1", h.visit(token, reading...))) // live
		h.wait(20 * time.Minute)                         // nobody took it
		h.wait(30 * day)                                 // stalled
		return h.told()
	}
	want := []string{"prospect", "heated", "live", "prospect admins admin", "stalled"}
	if got := told(t, false); !slices.Equal(got, want) {
		t.Fatalf("of who did not object they tell %q, want %q", got, want)
	}
	if got := told(t, true); len(got) != 1 {
		t.Errorf("of who objected after the first alert they tell %q", got)
	}
}

// Domain rules 16 and 31: the ask of the one waits for somebody; the other objected
// to being rated, not to being answered. It was once passed on to nobody, for good.
func TestAnAskIsPassedOnOnceThoughItIsOneWithAnObjection(t *testing.T) {
	const quiet, apart = "hand_raise admins admin", "prospect admins admin" // bob himself did not object
	for order, told := range map[string]string{"merge, due": quiet, "merge, undo, due": apart, "merge, due, undo": quiet,
		"merge, undo, merge, due": quiet, "due, merge, undo": apart, "merge, due, undo, merge": quiet} {
		for _, survivor := range []string{"who objected", "who asks"} {
			h := escalating(t)
			h.site.Model.Rater.Alerts.Quiet = 0
			var ann, bob string
			object := func() {
				ann = h.ask("ann")
				h.act(ann, lead.Doing{Do: "stop_scoring", By: "p1"})
			}
			if survivor == "who objected" { // who was seen first survives
				object()
			}
			h.now = h.now.Add(time.Second)
			bob = h.ask("bob")
			h.now = h.now.Add(time.Second)
			if ann == "" {
				object()
			}
			steps := map[string]func(){
				"merge": func() { h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob}) },
				"undo":  func() { h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: bob}) },
				"due":   func() { h.wait(20 * time.Minute) },
			}
			for _, step := range strings.Split(order, ", ") {
				h.now = h.now.Add(time.Second)
				steps[step]()
			}
			h.wait(time.Hour)
			h.wants(order+", survives "+survivor, "prospect", "prospect", told)
			if a := h.alerts()[2].Alert; told == quiet && (!a.Quiet || a.Grade != "" || len(a.Reasons) != 0) {
				t.Errorf("%s: told with a score: %+v", order, a)
			}
		}
	}
}

// A file that says so is nobody who saw the ask; and who asks after objecting asks.
func TestAnAskOfWhoObjectedIsPassedOnUnlessAPersonSawIt(t *testing.T) {
	for who, want := range map[string][]string{"p1": {"prospect"}, "a file": {"prospect", "hand_raise admins admin"},
		"a program": {"prospect", "hand_raise admins admin"}} {
		h := escalating(t)
		h.site.Model.Rater.Alerts.Quiet = 0
		id := h.ask("ann")
		h.now = h.now.Add(time.Minute)
		if who == "a file" {
			row := intake.Row{ID: "row1", Form: "f", Profile: map[string]string{"email": "ann@works.test"}, Stage: lifecycle.Lead, Objected: true}
			if _, err := h.Import(context.Background(), h.site, &row); err != nil {
				t.Fatal(err)
			}
		} else {
			h.act(id, lead.Doing{Do: "stop_scoring", By: who, Program: who == "a program"})
		}
		h.wait(time.Hour)
		h.wants("objected by "+who, want...)
		h.accept(h.submit("again", "", map[string]string{"email": "ann@works.test"}))
		h.wait(time.Hour)
		h.wants("asked after it, objected by "+who, append(want, "hand_raise", "hand_raise admins admin")...)
	}
}

func TestAProspectThatTheRulesMakeOfWhoObjectedIsNoNews(t *testing.T) {
	for _, do := range []lead.Doing{{Do: "answer", State: score.Met}, {Do: "merge"}} {
		h := open(t)
		h.accept(h.submit("t1", "", map[string]string{"email": "ann@works.test", "role": "student"}))
		id := h.only().ID
		h.act(id, lead.Doing{Do: "stop_scoring", By: "p1"})
		h.now = h.now.Add(time.Minute)
		h.accept(h.submit("t2", "", map[string]string{"email": "bob@home.test", "role": "student"}))
		h.site.Model.Rater.Policy.HandRaiseFit = 0 // whoever asks is a prospect
		do.By, do.Other = "p1", h.leads()[1].ID
		h.act(id, do)
		if d := h.read(id); d.Stage != "prospect" {
			t.Fatalf("%s: it is a %s", do.Do, d.Stage)
		}
		h.wants(do.Do, "hand_raise", "hand_raise")
	}
}

// A reminder is a person's word to a person about a conversation: it rates
// nobody, and shows no score.
func TestWhatPeopleWantToBeRemindedOfIsToldThoughSomebodyObjected(t *testing.T) {
	h := open(t)
	id := h.ask("ann")
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour), Text: "Send the contract."})
	h.act(id, lead.Doing{Do: "stop_scoring", By: "p2"})
	h.act(id, lead.Doing{Do: "remind", By: "p2", At: h.now.Add(2 * time.Hour)})
	h.wait(time.Hour)
	h.wait(time.Hour)
	h.act(id, lead.Doing{Do: "snooze", By: "p3", At: h.now.Add(time.Hour)})
	h.wait(time.Hour)
	h.wants("later", "prospect", "follow_up reminder p1", "follow_up reminder p2", "follow_up snoozed p3")
	for _, e := range h.alerts()[1:] {
		if a := e.Alert; a.Grade != "" || a.Band != "" || len(a.Reasons) != 0 {
			t.Errorf("told with a score: %+v", a)
		}
	}
}

// What holds a contact for a person's review is no score: it would wait for ever.
func TestAReviewOfWhoObjectedIsDueStill(t *testing.T) {
	h := open(t)
	h.accept(h.submit("held", "", map[string]string{"email": "ann@mailinator.com", "name": "Ann"}))
	h.act(h.only().ID, lead.Doing{Do: "stop_scoring", By: "p1"})
	h.wait(3 * day)
	h.wants("after two working days", "hand_raise", "follow_up review admin+marketer")
}

// The objection is taken in before the form that brings it: everybody was once
// told where that left the contact, and not where the form did.
func TestAFormThatObjectsTellsWhereItLeftTheContact(t *testing.T) {
	moves := func(h *house, since int64) (list []string, last int64) {
		entries, err := h.store.Feed(t.Context(), "demo", since, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if last = e.Cursor; e.Change != nil {
				list = append(list, e.Change.Stage)
			}
		}
		return list, last
	}
	for name, step := range map[string]struct {
		bring func(h *house)
		want  []string
	}{
		"a form": {func(h *house) {
			again := h.submit("again", "", map[string]string{"email": "ann@works.test"})
			again.Objected = true
			h.accept(again)
		}, nil}, // a prospect it was, and is
		"a row": {func(h *house) {
			row := intake.Row{ID: "row1", Form: "f", Profile: map[string]string{"email": "ann@works.test"}, Stage: lifecycle.Customer, Objected: true}
			if _, err := h.Import(t.Context(), h.site, &row); err != nil {
				t.Fatal(err)
			}
		}, []string{"customer"}},
	} {
		h, id := open(t), ""
		p := &h.site.Model.Rater.Policy
		p.Stall[lifecycle.Prospect], p.Recycle.Stalled, p.HandRaiseFit = int64(2*time.Hour/time.Second), true, 0
		id = h.ask("ann")
		h.act(id, lead.Doing{Do: "claim", By: "p1"})
		_, last := moves(h, 0)
		h.now = h.now.Add(3 * time.Hour) // time alone would take it back to a lead
		step.bring(h)
		if got, _ := moves(h, last); !slices.Equal(got, step.want) {
			t.Errorf("%s: told that it became %q, want %q; it is a %s", name, got, step.want, h.only().Stage)
		}
	}
}
