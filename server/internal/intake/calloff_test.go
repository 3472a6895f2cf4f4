package intake_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// reminder gives the id of a contact's only reminder.
func (h *house) reminder(id string) string {
	h.t.Helper()
	list := h.read(id).Reminders
	if len(list) != 1 {
		h.t.Fatalf("%d reminders, want 1", len(list))
	}
	return list[0].ID
}

func TestWhatWasCalledOffIsToldToNobodyThroughAMergeAndItsUndo(t *testing.T) {
	for _, order := range []string{"off, due", "merge, off, due", "merge, off, undo, due", "off, merge, due, undo", "merge, undo, off, due",
		"merge, off, undo, merge, due", "merge, off, third, undo, due"} {
		for _, kind := range []string{"remind", "snooze"} {
			h := open(t)
			ann := h.ask("ann")
			h.now = h.now.Add(time.Minute) // who was seen first survives
			bob := h.ask("bob")
			h.now = h.now.Add(time.Minute)
			cat := h.ask("cat")
			h.act(bob, lead.Doing{Do: kind, By: "p1", At: h.now.Add(time.Hour), Text: "Call."})
			alerts := len(h.alerts())
			steps := map[string]func(){
				"off":   func() { h.act(bob, lead.Doing{Do: kind, By: "p1"}) },
				"merge": func() { h.act(ann, lead.Doing{Do: "merge", By: "p2", Other: bob}) },
				"third": func() { h.act(ann, lead.Doing{Do: "merge", By: "p2", Other: cat}) },
				"undo":  func() { h.act(ann, lead.Doing{Do: "unmerge", By: "p2", Other: bob}) },
				"due":   func() { h.wait(2 * time.Hour) },
			}
			for _, step := range strings.Split(order, ", ") {
				h.now = h.now.Add(time.Second)
				steps[step]()
			}
			h.wait(time.Hour)
			if n := len(h.alerts()) - alerts; n != 0 {
				t.Errorf("%s, %s: told %d times", kind, order, n)
			}
			d := h.read(bob)
			if kind == "remind" && (len(d.Reminders) != 1 || d.Reminders[0].Waits || d.Reminders[0].CancelledBy != "p1") || d.SnoozedUntil != nil {
				t.Errorf("%s, %s: shown as %+v, snoozed until %v", kind, order, d.Reminders, d.SnoozedUntil)
			}
		}
	}
}

// A reminder of a member that was called off in the whole stays so in what
// remains when another member leaves.
func TestWhatWasCalledOffStaysSoWhenAnotherMemberLeaves(t *testing.T) {
	h := open(t)
	ann := h.ask("ann")
	h.now = h.now.Add(time.Minute)
	bob, cat := h.ask("bob"), h.ask("cat")
	h.act(bob, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour)})
	alerts := len(h.alerts())
	for _, other := range []string{bob, cat} {
		h.act(ann, lead.Doing{Do: "merge", By: "p2", Other: other})
	}
	h.act(ann, lead.Doing{Do: "remind", By: "p3", Reminder: h.reminder(ann)})
	h.act(ann, lead.Doing{Do: "unmerge", By: "p2", Other: cat})
	h.wait(2 * time.Hour)
	if n := len(h.alerts()) - alerts; n != 0 {
		t.Errorf("told %d times", n)
	}
}

func TestAReminderThatIsPutOffIsToldOnceAndLater(t *testing.T) {
	h := open(t)
	id := h.ask("ann")
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour), Text: "Call."})
	first := h.reminder(id)
	h.act(id, lead.Doing{Do: "remind", By: "p2", At: h.now.Add(3 * time.Hour), Reminder: first})
	h.wait(2 * time.Hour)
	h.wants("when it was due first", "prospect")
	h.wait(2 * time.Hour)
	h.wants("later", "prospect", "follow_up reminder p2")
	told := h.alerts()[1].Alert.Action
	if l, err := h.store.Lead(context.Background(), "demo", id); err != nil || l.Wrote(told) != "Call." {
		t.Errorf("with the words %q, %v", l.Wrote(told), err)
	}
	h.act(id, lead.Doing{Do: "remind", By: "p2", At: h.now.Add(time.Hour), Reminder: told}) // told, and once more
	h.wait(2 * time.Hour)
	h.wants("once more", "prospect", "follow_up reminder p2", "follow_up reminder p2")
}

func TestCallingOffWhatWaitsNoLongerChangesNothing(t *testing.T) {
	h, ctx := open(t), context.Background()
	id := h.ask("ann")
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour)})
	h.wait(2 * time.Hour)
	rev := h.only().Rev
	for _, off := range []lead.Doing{{Do: "remind"}, {Do: "remind", Reminder: h.reminder(id)}, {Do: "snooze"}} {
		off.By = "p1"
		h.act(id, off)
	}
	if d := h.only(); d.Rev != rev || d.Reminders[0].CancelledBy != "" {
		t.Errorf("revision %d became %d: %+v", rev, d.Rev, d.Reminders)
	}
	if _, err := h.desk.Act(ctx, "demo", id, lead.Doing{Do: "remind", By: "p1", Reminder: "another"}); !errors.Is(err, lead.ErrReminder) {
		t.Errorf("an unknown one: %v", err)
	}
}

func TestACalledOffReminderMakesRoomAndIsOnTheRecord(t *testing.T) {
	h, ctx := open(t), context.Background()
	id := h.ask("ann")
	for range lead.MaxReminders {
		h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour)})
	}
	full := h.only().Reminders[0].ID
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(2 * time.Hour), Reminder: full}) // takes no more room
	h.act(id, lead.Doing{Do: "remind", By: "p2", Reminder: h.only().Reminders[1].ID, Text: "Done."})
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour)})
	l, err := h.store.Lead(ctx, "demo", id)
	if err != nil {
		t.Fatal(err)
	}
	off := slices.IndexFunc(l.Actions, func(a lead.Action) bool { return a.Do == "remind" && a.By == "p2" })
	if off < 0 || l.Actions[off].Args["text"] != "Done." || !l.Actions[off].At.Equal(h.now) {
		t.Errorf("the record has %+v", l.Actions)
	}
}

// Who ends a snooze looks at the lead now; what it held is told at once.
func TestASnoozeThatIsEndedTellsOfRemindersThatFellDue(t *testing.T) {
	h := open(t)
	id := h.ask("ann")
	h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(5 * time.Hour)})
	h.act(id, lead.Doing{Do: "remind", By: "p2", At: h.now.Add(time.Hour)})
	h.act(id, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour)})
	h.act(id, lead.Doing{Do: "remind", By: "crm", Program: true, At: h.now.Add(90 * time.Minute)})
	h.wait(time.Hour)
	h.wait(time.Hour)
	want := []string{"prospect", "follow_up reminder p2", "follow_up reminder not p1"}
	h.wants("while p1 snoozes it", want...)
	h.act(id, lead.Doing{Do: "snooze", By: "p1"})
	h.wait(0)
	want = append(want, "follow_up reminder p1", "follow_up reminder p1")
	h.wants("once it is ended", want...)
	h.wait(5 * time.Hour)
	h.wants("and when it would have ended", want...)
}

// Two tabs, or two people, put one reminder off at the same time.
func TestAReminderIsPutOffOnce(t *testing.T) {
	h := open(t)
	ann := h.ask("ann")
	h.act(ann, lead.Doing{Do: "remind", By: "p1", At: h.now.Add(time.Hour), Text: "Call."})
	first := h.reminder(ann)
	later := lead.Doing{Do: "remind", By: "p1", At: h.now.Add(2 * time.Hour), Reminder: first}
	h.act(ann, later)
	if _, err := h.desk.Act(context.Background(), "demo", ann, later); !errors.Is(err, lead.ErrCalledOff) {
		t.Errorf("put off again: %v", err)
	}
	alerts := len(h.alerts())
	h.wait(3 * time.Hour)
	if n := len(h.alerts()) - alerts; n != 1 {
		t.Errorf("told %d times", n)
	}
}
