package lead_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// A reminder that was put off again and again, terms and corrections were once
// kept without end.
func TestWhatPeopleWriteOnALeadIsBounded(t *testing.T) {
	words := strings.Repeat("x", 50)
	last := func(l *lead.Lead) string { return l.Actions[len(l.Actions)-1].ID }
	for name, c := range map[string]struct {
		most int
		next func(l *lead.Lead, i int) *lead.Doing
	}{
		"a reminder put off, its words kept": {lead.MaxNotes, func(l *lead.Lead, i int) *lead.Doing {
			d := &lead.Doing{Do: "remind", At: monday.Add(time.Duration(i+1) * time.Minute)}
			if d.Text = words; i > 0 {
				d.Reminder, d.Text = last(l), ""
			}
			return d
		}},
		"a deal's terms": {lead.MaxNotes, func(_ *lead.Lead, i int) *lead.Doing {
			return &lead.Doing{Do: "update_opportunity", Deal: map[string]string{"terms": words + strconv.Itoa(i)}}
		}},
		"a note": {lead.MaxNotes, func(*lead.Lead, int) *lead.Doing { return &lead.Doing{Do: "note", Text: words} }},
		"a value corrected": {lead.MaxCorrected, func(_ *lead.Lead, i int) *lead.Doing {
			return &lead.Doing{Do: "correct", Profile: map[string]string{"company": words + strconv.Itoa(i)}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			l, r := lead.New("demo", "l1", monday), rater(t)
			submit(t, l, r, "t1", "download", monday)
			do := func(d *lead.Doing) error {
				d.By, d.Admin = "p1", true
				return l.Act(d, r, monday)
			}
			for _, d := range []string{"accept", "open_opportunity"} {
				if err := do(&lead.Doing{Do: d}); err != nil {
					t.Fatal(d, err)
				}
			}
			for i := range c.most {
				if err := do(c.next(l, i)); err != nil {
					t.Fatalf("after %d: %v", i, err)
				}
			}
			known := len(l.Actions)
			if err := do(c.next(l, c.most)); !errors.Is(err, lead.ErrFull) || len(l.Actions) != known {
				t.Errorf("one more: %v, %d actions became %d", err, known, len(l.Actions))
			}
			for _, d := range []*lead.Doing{{Do: "remind"}, {Do: "snooze", At: monday.Add(time.Hour)}, {Do: "snooze"}, {Do: "lose"},
				{Do: "reopen"}, {Do: "disqualify", Reason: lifecycle.NoNeed}} {
				if err := do(d); err != nil {
					t.Errorf("%s needs no words, and: %v", d.Do, err)
				}
			}
		})
	}
}

// Who opens an opportunity decides; what they say of it is theirs to leave out.
func TestAnOpportunityIsOpenedThoughALeadKeepsNoMoreWords(t *testing.T) {
	l, r := lead.New("demo", "l1", monday), rater(t)
	submit(t, l, r, "t1", "download", monday)
	if err := l.Act(&lead.Doing{Do: "accept", By: "p1"}, r, monday); err != nil {
		t.Fatal(err)
	}
	for range lead.MaxNotes {
		if err := l.Act(&lead.Doing{Do: "note", By: "p1", Text: "x"}, r, monday); err != nil {
			t.Fatal(err)
		}
	}
	open := &lead.Doing{Do: "open_opportunity", By: "p1", Deal: map[string]string{"stage": "offer", "terms": "30 days"}}
	if err := l.Act(open, r, monday); !errors.Is(err, lead.ErrFull) || l.Stage != "prospect" {
		t.Errorf("with terms: %v, it is a %s", err, l.Stage)
	}
	delete(open.Deal, "terms")
	if err := l.Act(open, r, monday); err != nil || l.Stage != "opportunity" || l.Opportunity().Stage != "offer" {
		t.Errorf("without: %v, it is a %s", err, l.Stage)
	}
}

// Snoozes, pins, changes of a deal and hand-overs were once kept without end.
func TestWhatPeopleDoAgainAndAgainWithALeadIsBounded(t *testing.T) {
	for name, next := range map[string]func(i int) *lead.Doing{
		"a snooze": func(i int) *lead.Doing {
			return &lead.Doing{Do: "snooze", At: monday.Add(time.Duration(i+1) * time.Minute)}
		},
		"a pin": func(int) *lead.Doing { return &lead.Doing{Do: "pin"} },
		"a deal's stage": func(i int) *lead.Doing {
			return &lead.Doing{Do: "update_opportunity", Deal: map[string]string{"stage": strconv.Itoa(i)}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			l, r := lead.New("demo", "l1", monday), rater(t)
			submit(t, l, r, "t1", "download", monday)
			do := func(d *lead.Doing) error {
				d.By, d.Admin = "p1", true
				return l.Act(d, r, monday)
			}
			for _, d := range []string{"accept", "open_opportunity"} {
				if err := do(&lead.Doing{Do: d}); err != nil {
					t.Fatal(d, err)
				}
			}
			for i := range lead.MaxTurns {
				if err := do(next(i)); err != nil {
					t.Fatalf("after %d: %v", i, err)
				}
			}
			known := len(l.Actions)
			if err := do(next(lead.MaxTurns)); !errors.Is(err, lead.ErrOften) || len(l.Actions) != known {
				t.Errorf("one more: %v, %d actions became %d", err, known, len(l.Actions))
			}
			if name == "a pin" {
				if err := do(&lead.Doing{Do: "unpin"}); err != nil {
					t.Errorf("it stays pinned: %v", err)
				}
			}
			for _, d := range []*lead.Doing{{Do: "snooze"}, {Do: "pin"}, {Do: "unpin"}, {Do: "note", Text: "x"},
				{Do: "remind", At: monday.Add(time.Hour)}, {Do: "update_opportunity", Deal: map[string]string{"terms": "x"}}, {Do: "lose"}, {Do: "reopen"},
				{Do: "disqualify", Reason: lifecycle.NoNeed}, {Do: "reopen"}, {Do: "accept"}, {Do: "open_opportunity"}, {Do: "win"}, {Do: "stop_scoring"}} {
				if err := do(d); err != nil {
					t.Errorf("%s, and it is a %s: %v", d.Do, l.Stage, err)
				}
			}
		})
	}
}
