package intake_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// told names the alerts of a house: kind, escalation or reason, and for whom.
func (h *house) told() (list []string) {
	h.t.Helper()
	for _, e := range h.alerts() {
		text := e.Alert.Kind
		for _, more := range []string{e.Alert.Escalation, e.Alert.Why, strings.Join(e.For, "+"), strings.Join(e.Roles, "+")} {
			if more != "" {
				text += " " + more
			}
		}
		if len(e.Except) > 0 {
			text += " not " + strings.Join(e.Except, "+")
		}
		list = append(list, text)
	}
	return list
}

func (h *house) wants(what string, want ...string) {
	h.t.Helper()
	if got := h.told(); fmt.Sprint(got) != fmt.Sprint(want) {
		h.t.Errorf("%s: told %q, want %q", what, got, want)
	}
}

// wait lets time pass, and the clock look at its end.
func (h *house) wait(d time.Duration) {
	h.t.Helper()
	h.now = h.now.Add(d)
	if _, err := h.Age(context.Background(), h.site); err != nil {
		h.t.Fatal(err)
	}
}

// ask is somebody of a company who asks for a demo.
func (h *house) ask(id string) string {
	h.t.Helper()
	says := maps.Clone(buyer)
	says["email"], says["name"] = id+"@works.test", id
	h.accept(h.submit(id, "", says))
	for _, d := range h.leads() {
		if d.Name == id {
			return d.ID
		}
	}
	h.t.Fatalf("%s is no lead", id)
	return ""
}

func (h *house) act(id string, d lead.Doing) {
	h.t.Helper()
	if _, err := h.desk.Act(context.Background(), "demo", id, d); err != nil {
		h.t.Fatalf("%s: %v", d.Do, err)
	}
}

func escalating(t *testing.T) *house {
	h := open(t)
	h.site.Model.Rater.Routing = lead.Routing{Everybody: 5 * time.Minute, Admins: 15 * time.Minute}
	return h
}

func TestAnAskGoesToTheOneOwnerOfItsCompanyThenToAllThenToTheAdmins(t *testing.T) {
	h := escalating(t)
	first := h.ask("ann")
	h.act(first, lead.Doing{Do: "claim", By: "p1"})
	h.wants("the first of a company goes to all", "prospect")
	h.ask("bob")
	h.wants("the second to its owner", "prospect", "prospect p1")
	h.wait(5*time.Minute - time.Second)
	h.wants("before five minutes", "prospect", "prospect p1")
	h.wait(time.Second)
	h.wants("after five", "prospect", "prospect p1", "prospect everybody not p1")
	h.wait(10 * time.Minute)
	want := []string{"prospect", "prospect p1", "prospect everybody not p1", "prospect admins admin"}
	h.wants("after fifteen", want...)
	h.wait(time.Hour)
	h.wants("and nobody again", want...)
}

func TestAnAskOfACompanyWithSeveralOwnersIsForAll(t *testing.T) {
	h := escalating(t)
	h.act(h.ask("ann"), lead.Doing{Do: "claim", By: "p1"})
	other := h.ask("bob")
	h.act(other, lead.Doing{Do: "assign", By: "p1", Owner: "p2", Assigns: true})
	h.ask("cat")
	h.wants("two owners", "prospect", "prospect p1", "prospect")
	h.wait(6 * time.Minute)
	h.wants("was for all already", "prospect", "prospect p1", "prospect")
	h.wait(10 * time.Minute)
	h.wants("nobody took it", "prospect", "prospect p1", "prospect", "prospect admins admin")
}

func TestWhoeverTakesAnAskEndsItsWait(t *testing.T) {
	for _, d := range []lead.Doing{{Do: "claim", By: "p1"}, {Do: "assign", By: "p1", Owner: "p2", Assigns: true},
		{Do: "open_opportunity", By: "p1"}, {Do: "stop_scoring", By: "p1"}} {
		h := escalating(t)
		h.act(h.ask("ann"), d)
		h.wait(time.Hour)
		h.wants("after "+d.Do, "prospect")
	}
}

func TestOutsideOfWorkingHoursNobodyIsToldThatNobodyTookAnAsk(t *testing.T) {
	h := escalating(t)
	hours, err := lead.ParseHours([]string{"mon", "tue"}, "08:00", "10:05", "UTC") // it is Monday, ten o'clock
	if err != nil {
		t.Fatal(err)
	}
	h.site.Model.Rater.Routing.Hours = hours
	h.ask("ann")
	h.wait(22*time.Hour + 9*time.Minute) // Tuesday, nine past eight
	h.wants("five minutes on Monday, nine on Tuesday", "prospect")
	h.wait(time.Minute)
	h.wants("ten on Tuesday", "prospect", "prospect admins admin")
}

func TestASnoozeHoldsAllButAsksAndEndsWithOneAlertForItsPerson(t *testing.T) {
	h := escalating(t)
	id := h.ask("ann")
	h.act(id, lead.Doing{Do: "remind", By: "p2", At: h.now.Add(20 * time.Minute), Text: "Call."})
	h.act(id, lead.Doing{Do: "remind", By: "p2", At: h.now.Add(time.Hour), Text: "At its very end."})
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(30 * time.Minute), Text: "Another person's."})
	h.act(id, lead.Doing{Do: "snooze", By: "p2", At: h.now.Add(time.Hour)})
	h.wait(40 * time.Minute)
	want := []string{"prospect", "prospect admins admin", "follow_up reminder p1"}
	h.wants("while p2 snoozes it", want...)
	h.visitAgain("other", reading...) // another person, so that only asks of this one count
	again := h.submit("more", "", map[string]string{"email": "ann@works.test"})
	h.accept(again)
	want = append(want, "hand_raise")
	h.wants("an ask comes through", want...)
	h.wait(time.Hour)
	want = append(want, "hand_raise admins admin", "follow_up snoozed p2")
	h.wants("one alert stands for all that it held for its person", want...)
	h.act(id, lead.Doing{Do: "claim", By: "p3"})
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Minute), Text: "Call at last."})
	h.wait(time.Minute)
	h.wants("a reminder is for the owner", append(want, "follow_up reminder p3")...)
	e := h.alerts()[len(want)]
	l, err := h.store.Lead(context.Background(), "demo", id)
	if err != nil || l.Wrote(e.Alert.Action) != "Call at last." {
		t.Errorf("its words are %q, %v", l.Wrote(e.Alert.Action), err)
	}
	h.wait(60 * day)
	if got := h.told(); len(got) <= len(want) || strings.Contains(fmt.Sprint(got[len(want)+1:]), "follow_up") {
		t.Errorf("much later: %q", got)
	}
}

func TestWhoeverReviewsIsToldOnceThatNobodyLooked(t *testing.T) {
	h := escalating(t)
	says := maps.Clone(buyer)
	says["email"] = "ann@mailinator.com"
	h.accept(h.submit("held", "", says))
	held := h.only()
	if held.ReviewDue == nil {
		t.Fatalf("nothing holds it: %+v", held.View)
	}
	count := func() (n int) {
		for _, e := range h.alerts() {
			if e.Alert.Why == lead.ReasonReview {
				n++
				if !e.Alert.Quiet || fmt.Sprint(e.Roles) != "[admin marketer]" {
					t.Errorf("told %+v", e)
				}
			}
		}
		return n
	}
	h.wait(held.ReviewDue.Sub(h.now) - time.Second)
	if count() != 0 {
		t.Error("told before it was due")
	}
	h.wait(time.Second)
	looks := func(when string) {
		t.Helper()
		if n, err := h.Age(context.Background(), h.site); n != 0 || err != nil || count() != 1 {
			t.Errorf("%s: told %d times, and the clock looks at %d again, %v", when, count(), n, err)
		}
	}
	looks("at once")
	h.accept(h.submit("again", "", says))
	looks("after another touch")
	h.wait(30 * day)
	looks("a month later")
	token, _ := h.Open("demo", "bot")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("lies", "bot", map[string]string{"email": "bot@works.test"}, h.visit(token, [2]int{2, 600}))) // a longer log than its session
	h.wait(7 * day)
	if n := count(); n != 2 {
		t.Errorf("with a suspect one told %d times", n)
	}
}

// dup is another contact of ann's, which a person merges with the first.
func (h *house) dup(id string) (dup string) {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	dup = h.ask("dup")
	h.act(id, lead.Doing{Do: "merge", By: "p1", Other: dup})
	return dup
}

// The ask of the absorbed one was once told as taken by nobody, although
// somebody had the whole.
func TestAnAskThatIsMergedWithAnOwnedLeadEndsItsWait(t *testing.T) {
	h := escalating(t)
	ann := h.ask("ann")
	h.act(ann, lead.Doing{Do: "claim", By: "p1"})
	dup := h.dup(ann)
	h.wait(3 * time.Minute)
	if l, err := h.store.Lead(context.Background(), "demo", ann); err != nil || l.Owner != "p1" || len(l.Alarms) != 0 {
		t.Fatalf("owner %q, waits for %+v, %v", l.Owner, l.Alarms, err)
	}
	before := []string{"prospect", "prospect p1"}
	h.wants("as one", before...)
	h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: dup})
	h.wait(12 * time.Minute)
	h.wants("apart again, nobody has the other", append(before, "prospect everybody not p1", "prospect admins admin")...)
}

func TestTheWaitOfWhoWasUnmergedDoesNotTellOfTheTimeWhenSomebodyHadTheWhole(t *testing.T) {
	h := escalating(t)
	ann := h.ask("ann")
	dup := h.dup(ann)
	h.act(ann, lead.Doing{Do: "claim", By: "p1"})
	h.wait(48 * time.Hour)
	told := h.told()
	h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: dup})
	h.wait(time.Minute)
	h.wants("two days later", told...)
}

// Rows of a file that are to alert were once told to all and waited for nobody.
func TestAnImportedProspectGoesToItsCompanysOwnerAndWaitsLikeAnother(t *testing.T) {
	h := escalating(t)
	h.act(h.ask("ann"), lead.Doing{Do: "claim", By: "p1"})
	says := maps.Clone(buyer)
	says["email"] = "zoe@works.test"
	if _, err := h.Import(context.Background(), h.site, &intake.Row{ID: "row1", Form: "f", Profile: says, Stage: lifecycle.Prospect, Alert: true}); err != nil {
		t.Fatal(err)
	}
	h.wants("at once", "prospect", "prospect p1")
	h.wait(15 * time.Minute)
	h.wants("nobody took it", "prospect", "prospect p1", "prospect everybody not p1", "prospect admins admin")
}

// Objecting once ended the review that a contact was held for.
func TestWhoObjectsWaitsForTheirReviewStill(t *testing.T) {
	h := open(t)
	h.accept(h.submit("held", "", map[string]string{"email": "ann@mailinator.com", "name": "Ann"}))
	held := h.only()
	if len(held.Held) == 0 {
		t.Fatal("nothing holds it")
	}
	h.act(held.ID, lead.Doing{Do: "stop_scoring", By: "p1"})
	if d := h.only(); fmt.Sprint(d.Held) != fmt.Sprint(held.Held) {
		t.Errorf("held for %v, before for %v", d.Held, held.Held)
	}
	h.act(held.ID, lead.Doing{Do: "reopen", By: "p1"})
	if d := h.only(); len(d.Held) != 0 {
		t.Errorf("after its review held for %v", d.Held)
	}
}
