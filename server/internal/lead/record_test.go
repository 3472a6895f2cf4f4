package lead_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/shared/evidence"
	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/score"
)

var monday = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)

// today is when records are merged: after all that happened in them.
var today = monday.AddDate(0, 0, 8)

func rater(t testing.TB) *lead.Rater {
	t.Helper()
	m, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	return m.Rater
}

// sessionLog is the log of a session after some of its signals: whoever sends
// it, and whenever, it is the beginning of one log.
func sessionLog(session, signals int) []byte {
	var l evidence.Log
	for i := range signals {
		kind := 1 + (session*7+i*5)%int(evidence.MaxKind)
		if kind == int(evidence.AutomationMarked) {
			kind = 1
		}
		if err := l.Append(evidence.Kind(kind), uint32(i)*900); err != nil {
			panic(err)
		}
	}
	return bytes.Clone(l.Bytes())
}

var said = map[string][]string{
	"name": {"Ada", "Bo"}, "role": {"CEO", "student", "manager"}, "company_size": {"51-200", "1-10"},
	"industry": {"manufacturing", "education"}, "country": {"DE", "BR"}, "need": {"stock", "none"},
	"timing": {"now", "later"}, "budget": {"approved", "none"}, "email": {"ada@works.test", "bo@gmail.com"},
}

var formKinds = []string{"demo", "download", "subscription", "trial", "other"}

// drawTouch is something that a person may have sent in a week.
func drawTouch(t *rapid.T, id string) *lead.Touch {
	at := monday.Add(time.Duration(rapid.IntRange(0, 6*86400).Draw(t, "at")) * time.Second)
	touch := &lead.Touch{ID: id, Site: "demo", Type: "submit", At: at, Received: at.Add(time.Duration(rapid.IntRange(0, 86400).Draw(t, "late")) * time.Second),
		Form: "form-" + id, FormKind: rapid.SampledFrom(formKinds).Draw(t, "kind"), Visitor: rapid.SampledFrom([]string{"", "v1", "v2"}).Draw(t, "visitor"),
		Profile: map[string]string{}, Answers: map[string]string{}, Verdict: lead.Verified}
	for _, field := range slices.Sorted(maps.Keys(said)) { // drawn in one order, so that a failure can be repeated
		words := said[field]
		if word := rapid.IntRange(-2, len(words)-1).Draw(t, field); word >= 0 {
			touch.Profile[field] = words[word]
		}
	}
	if rapid.Bool().Draw(t, "answers") {
		touch.Answers["how_heard"] = "heard " + id
	}
	for session := range 3 {
		if n := rapid.IntRange(-6, 9).Draw(t, "signals"); n > 0 {
			touch.Visits = append(touch.Visits, lead.Visit{Session: fmt.Sprint("s", session), Start: monday.Unix() - int64(3-session)*86400, Log: sessionLog(session, n)})
		}
	}
	if rapid.IntRange(0, 5).Draw(t, "suspect") == 0 {
		touch.Verdict = lead.Suspect
		touch.Findings = []lead.Finding{{Code: "automation", Weight: lead.SuspectWeight}}
	}
	return touch
}

func drawTouches(t *rapid.T, prefix string, most int) []*lead.Touch {
	var touches []*lead.Touch
	for i := range rapid.IntRange(1, most).Draw(t, "touches") {
		touches = append(touches, drawTouch(t, fmt.Sprint(prefix, i)))
	}
	return touches
}

// act does something that a person may do, if it can be done.
func act(t *rapid.T, l *lead.Lead, r *lead.Rater, now time.Time) {
	t.Helper()
	drawAct(t, "", "", "claim", "release", "accept", "reject", "disqualify", "reopen", "pin", "unpin", "nurture",
		"converse", "open_opportunity", "win", "lose", "answer", "assign", "note", "remind", "snooze", "update_opportunity",
		"stop_scoring", "correct")(l, now, r)
}

// drawAct is one of some things that a person may do, and reports whether it could be done.
func drawAct(t *rapid.T, acts ...string) func(l *lead.Lead, now time.Time, r *lead.Rater) bool {
	person := rapid.SampledFrom([]string{"p1", "p2"}).Draw(t, "person")
	do := rapid.SampledFrom(acts).Draw(t, "action")
	doing := &lead.Doing{Do: do, By: person, Admin: rapid.Bool().Draw(t, "admin"), Reason: lifecycle.BadTiming, Channel: "call",
		Outcome: lifecycle.Outcome(rapid.IntRange(0, 4).Draw(t, "outcome")), Text: "said",
		Criterion: model.CriterionName(rapid.IntRange(0, 4).Draw(t, "criterion")), State: score.State(rapid.IntRange(0, 3).Draw(t, "state"))}
	at := time.Duration(rapid.IntRange(0, 72).Draw(t, "hours")) * time.Hour
	if do == "correct" {
		doing.Profile = drawProfile(t)
	}
	return func(l *lead.Lead, now time.Time, r *lead.Rater) bool {
		switch do {
		case "":
			return true
		case "claim":
			_, mine := l.Claim(person, now)
			return mine
		case "release":
			return l.Release(person, now)
		case "assign":
			return l.Assign(person, "admin", now)
		case "remind", "snooze":
			if at > 0 { // else it is called off
				doing.At = now.Add(at)
			}
		}
		err := l.Act(doing, r, now)
		var refused lifecycle.Refusal
		if err != nil && !errors.As(err, &refused) {
			t.Fatal(err)
		}
		return err == nil
	}
}

// text is a lead as a store keeps it.
func text(t rapid.TB, l *lead.Lead) string {
	t.Helper()
	b, err := json.MarshalIndent(l, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func apply(t *rapid.T, l *lead.Lead, touch *lead.Touch, r *lead.Rater, now time.Time) bool {
	t.Helper()
	changed, err := l.Apply(touch, r, now)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// same compares leads line by line.
func same(t rapid.TB, what string, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	at := 0
	for at < len(g) && at < len(w) && g[at] == w[at] {
		at++
	}
	from := max(at-8, 0)
	t.Fatalf("%s: line %d\n got %s\nwant %s", what, at, strings.Join(g[from:min(at+6, len(g))], "\n"), strings.Join(w[from:min(at+6, len(w))], "\n"))
}

// drawProfile is what a person may correct: some fields, taken away or replaced.
func drawProfile(t *rapid.T) map[string]string {
	profile := map[string]string{}
	for _, field := range []string{"role", "company_size", "timing", "email"} {
		words := append([]string{""}, said[field]...)
		if i := rapid.IntRange(-3, len(words)-1).Draw(t, "correct "+field); i >= 0 {
			profile[field] = words[i]
		}
	}
	return profile
}
