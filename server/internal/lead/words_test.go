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
	needNone := []*lead.Doing{{Do: "remind"}, {Do: "snooze", At: monday.Add(time.Hour)}, {Do: "snooze"}, {Do: "lose"},
		{Do: "reopen"}, {Do: "disqualify", Reason: lifecycle.NoNeed}}
	for name, b := range map[string]bound{
		"a reminder put off, its words kept": {lead.MaxNotes, lead.ErrFull, func(l *lead.Lead, i int) *lead.Doing {
			d := &lead.Doing{Do: "remind", At: monday.Add(time.Duration(i+1) * time.Minute)}
			if d.Text = words; i > 0 {
				d.Reminder, d.Text = l.Actions[len(l.Actions)-1].ID, ""
			}
			return d
		}},
		"a deal's terms": {lead.MaxNotes, lead.ErrFull, func(_ *lead.Lead, i int) *lead.Doing {
			return &lead.Doing{Do: "update_opportunity", Deal: map[string]string{"terms": words + strconv.Itoa(i)}}
		}},
		"a note": {lead.MaxNotes, lead.ErrFull, func(*lead.Lead, int) *lead.Doing { return &lead.Doing{Do: "note", Text: words} }},
		"a value corrected": {lead.MaxCorrected, lead.ErrFull, func(_ *lead.Lead, i int) *lead.Doing {
			return &lead.Doing{Do: "correct", Profile: map[string]string{"company": words + strconv.Itoa(i)}}
		}},
	} {
		t.Run(name, func(t *testing.T) { b.holds(t, needNone...) })
	}
}

// Snoozes, pins, changes of a deal and hand-overs were once kept without end.
func TestWhatPeopleDoAgainAndAgainWithALeadIsBounded(t *testing.T) {
	still := []*lead.Doing{{Do: "snooze"}, {Do: "pin"}, {Do: "unpin"}, {Do: "note", Text: "x"},
		{Do: "remind", At: monday.Add(time.Hour)}, {Do: "update_opportunity", Deal: map[string]string{"terms": "x"}}, {Do: "lose"}, {Do: "reopen"},
		{Do: "disqualify", Reason: lifecycle.NoNeed}, {Do: "reopen"}, {Do: "accept"}, {Do: "open_opportunity"}, {Do: "win"}, {Do: "stop_scoring"}}
	for name, b := range map[string]bound{
		"a snooze": {lead.MaxTurns, lead.ErrOften, func(_ *lead.Lead, i int) *lead.Doing {
			return &lead.Doing{Do: "snooze", At: monday.Add(time.Duration(i+1) * time.Minute)}
		}},
		"a deal's stage": {lead.MaxTurns, lead.ErrOften, func(_ *lead.Lead, i int) *lead.Doing {
			return &lead.Doing{Do: "update_opportunity", Deal: map[string]string{"stage": strconv.Itoa(i)}}
		}},
	} {
		t.Run(name, func(t *testing.T) { b.holds(t, still...) })
	}
	pin := bound{lead.MaxTurns, lead.ErrOften, func(*lead.Lead, int) *lead.Doing { return &lead.Doing{Do: "pin"} }}
	t.Run("a pin", func(t *testing.T) { pin.holds(t, append([]*lead.Doing{{Do: "unpin"}}, still...)...) })
}

// bound is how often a thing can be done with a lead, and what it is refused with then.
type bound struct {
	most    int
	refusal error
	next    func(l *lead.Lead, i int) *lead.Doing
}

// holds does the thing with an opportunity until it is refused, and sees that
// nothing is kept of one too many and that other things can still be done.
func (b *bound) holds(t *testing.T, still ...*lead.Doing) {
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
	for i := range b.most {
		if err := do(b.next(l, i)); err != nil {
			t.Fatalf("after %d: %v", i, err)
		}
	}
	known := len(l.Actions)
	if err := do(b.next(l, b.most)); !errors.Is(err, b.refusal) || len(l.Actions) != known {
		t.Errorf("one more: %v, %d actions became %d", err, known, len(l.Actions))
	}
	for _, d := range still {
		if err := do(d); err != nil {
			t.Errorf("%s, and it is a %s: %v", d.Do, l.Stage, err)
		}
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
