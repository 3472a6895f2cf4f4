package intake_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// stalling is a house whose prospects may wait for two hours.
func stalling(t *testing.T) (h *house, id string) {
	h = open(t)
	h.site.Model.Rater.Policy.Stall[lifecycle.Prospect] = int64(2 * time.Hour / time.Second)
	return h, h.ask("ann")
}

// looks lets the clock look until it has nothing to do, which it must soon have.
func (h *house) looks() {
	h.t.Helper()
	for range 3 {
		if n, err := h.Age(context.Background(), h.site); n == 0 || err != nil {
			return
		}
	}
	h.t.Errorf("at %s the clock looks again and again", h.now)
}

// Domain rule 8: it was once noted as told while it was snoozed.
func TestAStayThatStalledDuringASnoozeThatIsEndedByHandIsToldToWhoDoesNotKnow(t *testing.T) {
	for name, meanwhile := range map[string]func(h *house, id string){
		"nothing":         func(*house, string) {},
		"another's":       func(h *house, id string) { h.act(id, lead.Doing{Do: "snooze", By: "p2", At: h.now.Add(9 * time.Hour)}) },
		"another model":   func(h *house, _ string) { h.site.Model.Rater.Version = "another" },
		"a merge, undone": func(h *house, id string) { h.act(id, lead.Doing{Do: "unmerge", By: "p1", Other: h.dup(id)}) },
		"a new owner":     func(h *house, id string) { h.act(id, lead.Doing{Do: "assign", By: "p1", Owner: "p3", Assigns: true}) },
	} {
		for _, owner := range []string{"p1", "", "p2"} {
			h, id := stalling(t)
			if owner != "" {
				h.act(id, lead.Doing{Do: "claim", By: owner})
			}
			h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(5 * time.Hour)})
			h.wait(3 * time.Hour)
			h.looks()
			stays := func() (list []string) {
				for i, e := range h.alerts() {
					if e.Lead == id && e.Alert.Kind == lead.KindStalled {
						list = append(list, h.told()[i])
					}
				}
				return list
			}
			expect := func(when string, want ...string) {
				t.Helper()
				if got := stays(); !slices.Equal(got, want) {
					t.Errorf("%s, meanwhile %s, the owner is %q: told %q, want %q", when, name, owner, got, want)
				}
			}
			all, last := []string{"stalled not p1"}, "stalled p1"
			if owner == "p1" {
				all, last = nil, "stalled"
			}
			expect("while p1 sleeps", all...)
			meanwhile(h, id)
			h.looks()
			switch {
			case owner == "p1" && name == "another's":
				last = "stalled not p2"
			case owner == "p1" && name == "a new owner":
				all, last = []string{"stalled not p1"}, "stalled p1"
			}
			expect("before it is ended", all...)
			h.act(id, lead.Doing{Do: "snooze", By: "p1"})
			h.looks()
			expect("once it is ended", append(all, last)...)
			h.wait(10 * day)
			expect("much later", append(all, last)...)
		}
	}
}

// Whoever slept on was once told of the stay, and of a reminder that nobody had set.
func TestWhatAProgramsSnoozeHeldIsToldOnceToWhoSleptOn(t *testing.T) {
	h, id := stalling(t)
	h.act(id, lead.Doing{Do: "snooze", By: "crm", Program: true, At: h.now.Add(5 * time.Hour)})
	h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(9 * time.Hour)})
	h.wait(3 * time.Hour)
	h.wait(3 * time.Hour)
	h.looks()
	h.wants("when the program's has ended", "prospect", "follow_up snoozed not p1")
	h.act(id, lead.Doing{Do: "snooze", By: "p1"})
	h.looks()
	h.wants("once p1 ends theirs", "prospect", "follow_up snoozed not p1", "follow_up snoozed p1")
}

func TestAStayThatStallsAfterItsSnoozeIsToldByItself(t *testing.T) {
	h, id := stalling(t)
	h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(time.Hour)})
	h.wait(3 * time.Hour) // nobody looked in between
	h.wants("three hours later", "prospect", "stalled", "follow_up snoozed p1")
}

func TestAStayThatOnlyAnotherModelCallsTooLongIsNoNewsAfterASnooze(t *testing.T) {
	h := open(t)
	id := h.ask("ann")
	h.act(id, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(5 * time.Hour)})
	h.now = h.now.Add(3 * time.Hour)
	h.site.Model.Rater.Version, h.site.Model.Rater.Policy.Stall[lifecycle.Prospect] = "another", int64(time.Hour/time.Second)
	h.looks()
	h.act(id, lead.Doing{Do: "snooze", By: "p1"})
	h.wait(time.Hour)
	h.wants("after the snooze", "prospect")
}

// An objection holds what rules tell; undone, the contact is as it was.
func TestAStayThatStalledWhileItWasOneWithAnObjectionIsToldAfterTheUndo(t *testing.T) {
	h, bob := stalling(t)
	h.now = h.now.Add(time.Second)
	ann := h.ask("object")
	h.act(ann, lead.Doing{Do: "stop_scoring", By: "p1"})
	h.now = h.now.Add(time.Second)
	h.act(bob, lead.Doing{Do: "merge", By: "p1", Other: ann})
	h.wait(3 * time.Hour)
	h.looks()
	h.wants("as one", "prospect", "prospect")
	h.act(bob, lead.Doing{Do: "unmerge", By: "p1", Other: ann})
	h.looks()
	h.wants("apart", "prospect", "prospect", "stalled")
}

// The whole's stay was theirs: each once told of it again when they were taken apart.
func TestAStayThatWasToldOfWhileTwoWereOneIsNotToldAgain(t *testing.T) {
	for order, want := range map[string][3]int{ // of both together, of ann and of bob
		"merge, 3h, undo, 3h": {1, 0, 0}, "merge, 3h, undo, merge, 3h": {1, 0, 0}, "merge, undo, 3h": {0, 1, 1},
		"3h, merge, undo, 3h": {0, 1, 1}, "merge, 30m, undo, 3h": {0, 1, 1},
		"merge, 90m, undo, 3h":      {1, 0, 1}, // bob's was not too long yet: told of when it is
		"90m, merge, 90m, undo, 3h": {0, 1, 1}, // ann's was told of when she was alone
	} {
		for _, decided := range []bool{false, true} { // then the whole stands where bob does
			h, ann := stalling(t)
			h.now = h.now.Add(31 * time.Minute)
			bob := h.ask("bob")
			if decided {
				h.act(bob, lead.Doing{Do: "accept", By: "p1"})
				switch order {
				case "merge, 90m, undo, 3h":
					want = [3]int{0, 1, 1} // nobody was told of the whole
				case "90m, merge, 90m, undo, 3h":
					want = [3]int{1, 1, 0}
				}
			}
			whole := map[string]bool{}
			count := map[string]int{}
			steps := map[string]func(){
				"merge": func() { h.act(ann, lead.Doing{Do: "merge", By: "p1", Other: bob}); whole[ann] = true },
				"undo":  func() { h.act(ann, lead.Doing{Do: "unmerge", By: "p1", Other: bob}); whole[ann] = false },
				"30m":   func() { h.wait(30 * time.Minute) }, "90m": func() { h.wait(90 * time.Minute) }, "3h": func() { h.wait(3 * time.Hour) },
			}
			seen := 0
			for _, step := range strings.Split(order, ", ") {
				h.now = h.now.Add(time.Second)
				steps[step]()
				h.looks()
				for _, e := range h.alerts()[seen:] {
					seen++
					switch {
					case e.Alert.Kind != lead.KindStalled:
					case whole[e.Lead]:
						count["both"]++
					default:
						count[e.Lead]++
					}
				}
			}
			if got := [3]int{count["both"], count[ann], count[bob]}; got != want {
				t.Errorf("%s, decided %v: told %v times, want %v", order, decided, got, want)
			}
		}
	}
}

// Domain rule 6: who reviews did not ask for quiet.
func TestAReviewIsToldThoughARepSnoozesTheLead(t *testing.T) {
	for _, end := range []string{"by hand", "by itself"} {
		h := open(t)
		says := maps.Clone(buyer)
		says["email"] = "ann@mailinator.com"
		h.accept(h.submit("held", "", says))
		held := h.only()
		h.act(held.ID, lead.Doing{Do: "snooze", By: "p1", At: h.now.Add(10 * day)})
		h.wait(held.ReviewDue.Sub(h.now))
		h.looks()
		want := []string{h.told()[0], "follow_up review admin+marketer"}
		h.wants("when it is due", want...)
		if end == "by hand" {
			h.act(held.ID, lead.Doing{Do: "snooze", By: "p1"})
			h.looks()
		} else {
			h.wait(10 * day)
			want = append(want, "follow_up snoozed p1")
		}
		h.wants("after a snooze that ended "+end, want...)
	}
}

// Domain rule 16: an ask that nobody took reaches somebody.
func TestThatNobodyTookAnAskIsToldToAllButWhoSnoozesTheLead(t *testing.T) {
	h := escalating(t)
	h.act(h.ask("ann"), lead.Doing{Do: "claim", By: "p1"})
	h.wait(time.Hour)
	bob := h.ask("bob")
	h.act(bob, lead.Doing{Do: "snooze", By: "p2", At: h.now.Add(time.Hour)})
	h.wait(5 * time.Minute)
	want := []string{"prospect", "prospect p1", "prospect everybody not p1+p2"}
	h.wants("after five minutes", want...)
	h.wait(10 * time.Minute)
	want = append(want, "prospect admins admin")
	h.wants("after fifteen", want...)
	h.wait(time.Hour)
	h.wants("when the snooze ends", append(want, "follow_up snoozed p2")...)
}
