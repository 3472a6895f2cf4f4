package intake_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

func TestAReminderIsToldOnceThroughAMergeAndItsUndo(t *testing.T) {
	for name, due := range map[string]string{"before the merge": "set, due, merge, undo", "in between": "set, merge, due, undo",
		"after the undo": "set, merge, undo, due", "set and due in between": "merge, set, due, undo",
		"while they are one": "set, merge, due", "set in between and due after": "merge, set, undo, due"} {
		h := open(t)
		ann := h.ask("ann")
		h.now = h.now.Add(time.Minute) // who was seen first survives
		bob := h.ask("bob")
		steps := map[string]func(){
			"set": func() {
				h.act(bob, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Minute), Text: "Call."})
			},
			"merge": func() { h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob}) },
			"undo":  func() { h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: bob}) },
			"due":   func() { h.wait(2 * time.Minute) },
		}
		h.now = h.now.Add(time.Second)
		for _, step := range strings.Split(due, ", ") {
			steps[step]()
		}
		h.wait(time.Hour)
		told := 0
		for _, e := range h.alerts() {
			if e.Alert.Why == lead.ReasonReminder {
				told++
			}
		}
		if told != 1 {
			t.Errorf("due %s: told %d times", name, told)
		}
	}
}

func TestALaterSnoozeTakesThePlaceOfAnEarlierOne(t *testing.T) {
	for _, hours := range [][2]int{{1, 3}, {3, 1}} {
		h := open(t)
		id := h.ask("ann")
		for _, n := range hours {
			h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(time.Duration(n) * time.Hour)})
		}
		until := h.now.Add(time.Duration(hours[1]) * time.Hour)
		if d := h.only(); d.SnoozedUntil == nil || !d.SnoozedUntil.Equal(until) {
			t.Errorf("snoozed for %d hours until %v, want %s", hours, d.SnoozedUntil, until)
		}
		h.wait(until.Sub(h.now) - time.Second)
		h.wants("before its end", "prospect")
		h.wait(4 * time.Hour)
		h.wants("after it", "prospect", "follow_up snoozed p1")
	}
}

func TestOfTwoWhoSleepAndAreOneTheLastAwakes(t *testing.T) {
	h := open(t)
	ann, bob := h.ask("ann"), h.ask("bob")
	for id, hours := range map[string]time.Duration{ann: 1, bob: 2} {
		h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(hours * time.Hour)})
	}
	h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob})
	h.wait(90 * time.Minute)
	h.wants("while one sleeps", "prospect", "prospect")
	h.wait(time.Hour)
	h.wants("then", "prospect", "prospect", "follow_up snoozed p1")
}

// Whoever has the lead wants quiet for it; anybody else for themselves alone.
func TestASnoozeHoldsThatALeadHeatedUpIsLiveAndStalledFromWhoeverItIsFor(t *testing.T) {
	for owner, want := range map[string][]string{"p1": nil, "": {"heated not p1", "live not p1", "stalled not p1"}, "p2": {"heated not p1", "live not p1", "stalled not p1"}} {
		h := open(t)
		h.site.Live = true
		h.site.Model.Rater.Policy.Stall[lifecycle.Prospect] = int64(2 * time.Hour / time.Second)
		h.accept(h.submit("ask", "v1", buyer))
		id := h.only().ID
		if owner != "" {
			h.act(id, lead.Doing{Do: "claim", By: owner})
		}
		h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(3 * time.Hour)})
		h.visitAgain("hot", reading...)
		token, _ := h.Open("demo", "v1")
		h.now = h.now.Add(time.Minute)
		h.live(h.beat("v1", h.visit(token, reading...)))
		h.wait(150 * time.Minute)
		if d := h.only(); d.Band != "hot" || !d.Stalled {
			t.Fatalf("it is %s, stalled %v", d.Band, d.Stalled)
		}
		want = append([]string{"prospect"}, want...)
		h.wants("while p1 snoozes what is "+owner+"'s", want...)
		h.wait(time.Hour)
		if owner == "p1" {
			want = append(want, "stalled not p1")
		}
		h.wants("at the end of p1's snooze of what is "+owner+"'s", append(want, "follow_up snoozed p1")...)
		h.wait(10 * day)
		h.wants("and later", append(want, "follow_up snoozed p1")...)
	}
}

func TestAQuietAskIsPassedOnQuietly(t *testing.T) {
	h := escalating(t)
	ask := h.submit("ask", "", map[string]string{"email": "ann@works.test", "role": "student"})
	h.accept(ask)
	if d := h.only(); d.Stage == "prospect" {
		t.Fatalf("it is a %s", d.Stage)
	}
	h.wait(time.Hour)
	h.wants("nobody took it", "hand_raise", "hand_raise admins admin")
	if e := h.alerts()[1]; !e.Alert.Quiet {
		t.Error("it was told aloud")
	}
}

func TestAnotherAskDoesNotPutOffThatNobodyTookTheFirst(t *testing.T) {
	h := escalating(t)
	h.site.Model.Rater.Alerts.Quiet = 0
	h.ask("ann")
	for i := range 3 {
		h.wait(4 * time.Minute)
		h.accept(h.submit(string(rune('a'+i)), "", map[string]string{"email": "ann@works.test"}))
	}
	h.wait(3 * time.Minute)
	want := []string{"prospect", "hand_raise", "hand_raise", "hand_raise", "prospect admins admin"}
	h.wants("fifteen minutes after the first", want...)
	h.wait(time.Hour)
	h.wants("and later", want...)
}

func TestWhatWaitsOnALeadIsBounded(t *testing.T) {
	h, ctx := open(t), context.Background()
	id := h.ask("ann")
	remind := lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour)}
	for range lead.MaxReminders {
		h.act(id, remind)
	}
	if _, err := h.desk.Act(ctx, "demo", id, remind); !errors.Is(err, lead.ErrWaiting) {
		t.Errorf("one more: %v", err)
	}
	past := lead.Doing{Do: "remind", By: "p1", At: h.now}
	if _, err := h.desk.Act(ctx, "demo", id, past); !errors.Is(err, lead.ErrPast) {
		t.Errorf("for an instant that has passed: %v", err)
	}
	past.Do = "snooze"
	if _, err := h.desk.Act(ctx, "demo", id, past); !errors.Is(err, lead.ErrPastSnooze) {
		t.Errorf("until an instant that has passed: %v", err)
	}
	h.wait(time.Hour)
	if n := len(h.told()); n != 1+lead.MaxReminders {
		t.Errorf("%d alerts", n)
	}
	h.now = h.now.Add(time.Minute)
	remind.At = h.now.Add(time.Hour)
	h.act(id, remind)
}
