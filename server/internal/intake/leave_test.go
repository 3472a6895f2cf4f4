package intake_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// abandoned are the signals of somebody who began a form and left it.
var abandoned = [][2]int{{2, 0}, {20, 20}, {21, 25}, {27, 40}}

// leaving makes a leave of a visitor's visit.
func (h *house) leaving(id, visitor string, visits ...intake.RawVisit) *intake.Submission {
	return &intake.Submission{ID: id, Type: "leave", Visitor: visitor, At: h.now, Form: "book", FormKind: "other",
		Page: "https://site.test/book?mail=x@y.test#z", Visits: visits,
		Left: lead.Left{Field: "company", Answered: 2, Corrected: 1, Invalid: 1, Hesitated: 1, Seconds: 30}}
}

// wanting opens a house whose site wants to know, and a visit of v1's under way.
func wanting(t *testing.T) (h *house, token string) {
	t.Helper()
	h = open(t)
	h.site.Leave = true
	token, _ = h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	return h, token
}

func (h *house) leave(sub *intake.Submission) {
	h.t.Helper()
	if err := h.Leave(context.Background(), h.site, sub); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) left() []*lead.Leave {
	h.t.Helper()
	list, err := h.Leaves(context.Background(), "demo", intake.LeavePlace{}, 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func TestALeftFormIsKeptOnceAndTouchesNobody(t *testing.T) {
	h, token := wanting(t)
	for range 2 {
		h.leave(h.leaving("l1", "v1", h.visit(token, abandoned...)))
	}
	other := intake.New(h.store, h.keys, func() time.Time { return h.now }, func(string) {})
	if err := other.Leave(t.Context(), h.site, h.leaving("l1", "v1", h.visit(token, abandoned...))); err != nil {
		t.Fatal(err)
	}
	list := h.left()
	if len(list) != 1 {
		t.Fatalf("%d are kept", len(list))
	}
	l := list[0]
	if l.Form != "book" || l.FormKind != "demo" || l.Page != "https://site.test/book" || !l.At.Equal(h.now) || !l.Received.Equal(h.now) ||
		l.Left != (lead.Left{Field: "company", Answered: 2, Corrected: 1, Invalid: 1, Hesitated: 1, Seconds: 30}) {
		t.Errorf("got %+v", l)
	}
	if l.By == "" || l.By == "v1" {
		t.Errorf("by %q: want the browser's hash", l.By)
	}
	if n := len(h.leads()) + len(h.alerts()); n != 0 {
		t.Errorf("%d contacts and alerts", n)
	}
	if n := h.Stats.ByLeave(); n["kept"] != 1 || n["known"] != 1 {
		t.Errorf("counted %v", n)
	}
}

func TestLeftFormsThatMustNotBeKeptAreNot(t *testing.T) {
	yes := true
	for name, c := range map[string]struct {
		change  func(h *house, sub *intake.Submission)
		outcome string
	}{
		"the site does not want it": {func(h *house, _ *intake.Submission) { h.site.Leave = false }, "unwanted"},
		"no consent":                {func(h *house, _ *intake.Submission) { h.site.ConsentRequired = true }, "unwanted"},
		"an objection":              {func(_ *house, sub *intake.Submission) { sub.Objected = true }, "unwanted"},
		"no visit":                  {func(_ *house, sub *intake.Submission) { sub.Visits = nil }, "unsigned"},
		"a made-up session":         {func(_ *house, sub *intake.Submission) { sub.Visits[0].Session += "x" }, "unsigned"},
		"another browser's session": {func(_ *house, sub *intake.Submission) { sub.Visitor = "v2" }, "unsigned"},
		"an expired session":        {func(h *house, _ *intake.Submission) { h.now = h.now.AddDate(0, 0, 9) }, "unsigned"},
		"longer than its session": {func(h *house, sub *intake.Submission) {
			sub.Visits[0] = h.visit(sub.Visits[0].Session, [2]int{2, 900})
		}, "suspect"},
		"a program's browser": {func(h *house, sub *intake.Submission) {
			sub.Visits[0] = h.visit(sub.Visits[0].Session, [2]int{39, 0})
		}, "suspect"},
		"a log that its session did not send before": {func(h *house, sub *intake.Submission) {
			h.accept(h.submit("t1", "v1", buyer, h.visit(sub.Visits[0].Session, reading...)))
		}, "suspect"},
		"a person who objected": {func(h *house, _ *intake.Submission) {
			before := h.submit("t1", "v1", buyer)
			before.Objected = true
			h.accept(before)
		}, "unwanted"},
		"consent that is needed and given": {func(h *house, sub *intake.Submission) {
			h.site.ConsentRequired, sub.Consent = true, &yes
		}, "kept"},
	} {
		h, token := wanting(t)
		sub := h.leaving("l1", "v1", h.visit(token, abandoned...))
		c.change(h, sub)
		h.leave(sub)
		if counts := h.Stats.ByLeave(); counts[c.outcome] != 1 {
			t.Errorf("%s: counted %v, want %s", name, counts, c.outcome)
		}
		if n := len(h.left()); (n == 1) != (c.outcome == "kept") {
			t.Errorf("%s: %d are kept", name, n)
		}
	}
}

func TestAFieldsNameIsKeptOnlyWhereItIsNoPagesText(t *testing.T) {
	h, token := wanting(t)
	for i, c := range [][2]string{{"company", "company"}, {"how_heard", "how_heard"}, {"#12", "#12"}, {"", ""}, {"#0", ""}, {"#1000", ""}, {"#-1", ""},
		{"#", ""}, {"12", ""}, {"ada@works.test", ""}, {"email ", ""}} {
		sub := h.leaving(fmt.Sprint("l", i), "v1", h.visit(token, abandoned...))
		sub.Left.Field = c[0]
		h.leave(sub)
		h.now = h.now.Add(time.Second)
		if list := h.left(); list[len(list)-1].Left.Field != c[1] {
			t.Errorf("%q is kept as %q", c[0], list[len(list)-1].Left.Field)
		}
	}
}

func TestALeftFormOfABrokenLogIsAFault(t *testing.T) {
	h, token := wanting(t)
	var fault *intake.Fault
	err := h.Leave(t.Context(), h.site, h.leaving("l1", "v1", intake.RawVisit{Session: token, Evidence: []byte{255, 255}}))
	if !errors.As(err, &fault) || fault.Pointer != "/visits/0/evidence" {
		t.Errorf("got %v", err)
	}
}

// Somebody leaves a form, comes back to it in the same session and sends it.
func TestASubmitAfterALeaveCountsAsIfThereHadBeenNone(t *testing.T) {
	h, token := wanting(t)
	h.leave(h.leaving("l1", "v1", h.visit(token, abandoned...)))
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("t1", "v1", buyer, h.visit(token, append(abandoned, [2]int{22, 60}, [2]int{28, 70})...)))
	if l := h.only(); l.Verdict != lead.Verified {
		t.Errorf("the contact is %s: %+v", l.Verdict, l.Touches)
	}
}

func TestLeftFormsAreErasedWithTheirPersonAndHeldOnThem(t *testing.T) {
	h, token := wanting(t)
	h.leave(h.leaving("mine", "v1", h.visit(token, abandoned...)))
	nobody, _ := h.Open("demo", "")
	h.now = h.now.Add(time.Minute)
	h.leave(h.leaving("session", "", h.visit(nobody, abandoned...)))
	theirs, _ := h.Open("demo", "v2")
	h.now = h.now.Add(time.Minute)
	h.leave(h.leaving("theirs", "v2", h.visit(theirs, abandoned...)))
	h.accept(h.submit("t1", "v1", buyer))
	h.accept(h.submit("t2", "", buyer, h.visit(nobody, append(abandoned, [2]int{28, 90})...)))
	id := h.only().ID
	held, err := h.LeavesOf(t.Context(), h.site, id)
	if err != nil || len(held) != 2 || held[0].ID != "mine" || held[1].ID != "session" {
		t.Errorf("held: %+v, %v", held, err)
	}
	if err := h.Erase(t.Context(), h.site, id); err != nil {
		t.Fatal(err)
	}
	if list := h.left(); len(list) != 1 || list[0].ID != "theirs" {
		t.Errorf("left: %+v", list)
	}
	if _, err := h.LeavesOf(t.Context(), h.site, id); !errors.Is(err, lead.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

func TestLeftFormsGoAfterTheirTime(t *testing.T) {
	h, token := wanting(t)
	h.leave(h.leaving("old", "v1", h.visit(token, abandoned...)))
	begun := h.now
	h.now = begun.Add(lead.LeaveLife - time.Minute)
	next, _ := h.Open("demo", "v1")
	h.now = begun.Add(lead.LeaveLife)
	h.leave(h.leaving("new", "v1", h.visit(next, abandoned...)))
	for _, c := range []struct {
		after time.Duration
		left  int
	}{{0, 2}, {30 * time.Minute, 2}, {time.Hour, 1}} { // it looks once an hour
		h.now = begun.Add(lead.LeaveLife + c.after)
		if err := h.Expire(t.Context(), "demo"); err != nil {
			t.Fatal(err)
		}
		if n := len(h.left()); n != c.left {
			t.Errorf("%s later %d are left, want %d", c.after, n, c.left)
		}
	}
}

// full is a store that has as many of that day as it may.
type full struct{ intake.Store }

func (full) SaveLeave(context.Context, string, *lead.Leave, int) (bool, error) {
	return false, intake.ErrFull
}

func TestADayThatIsFullIsTold(t *testing.T) {
	h, token := wanting(t)
	s := intake.New(full{h.store}, h.keys, func() time.Time { return h.now }, func(string) {})
	err := s.Leave(t.Context(), h.site, h.leaving("l1", "v1", h.visit(token, abandoned...)))
	if !errors.Is(err, intake.ErrFull) || s.Stats.ByLeave()["full"] != 1 {
		t.Errorf("got %v, counted %v", err, s.Stats.ByLeave())
	}
}
