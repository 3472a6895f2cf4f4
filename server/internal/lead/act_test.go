package lead_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
	"assay/shared/score"
)

// submit lets a form reach a lead.
func submit(t *testing.T, l *lead.Lead, r *lead.Rater, id, kind string, at time.Time) {
	t.Helper()
	touch := &lead.Touch{ID: id, At: at, Received: at, Form: id, FormKind: kind, Verdict: lead.Unverified}
	if _, err := l.Apply(touch, r, at); err != nil {
		t.Fatal(err)
	}
}

func TestClaimingAndReleasingLeavesRoomForADecision(t *testing.T) {
	l, r := lead.New("demo", "l1", monday), rater(t)
	submit(t, l, r, "t1", "download", monday)
	for range lead.MaxNotes {
		l.Claim("p1", monday)
		l.Release("p1", monday)
	}
	answer := &lead.Doing{Do: lead.ActionAnswer, By: "p1", State: score.Met}
	for range lead.MaxNotes {
		if err := l.Act(answer, r, monday); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Act(answer, r, monday); !errors.Is(err, lead.ErrFull) {
		t.Errorf("one answer too many: %v", err)
	}
	if err := l.Act(&lead.Doing{Do: "disqualify", By: "p1", Reason: lifecycle.NoNeed}, r, monday); err != nil || l.Stage != "disqualified" {
		t.Errorf("%s, %v", l.Stage, err)
	}
}

func TestOfASampleOnlyWhoHasItIsTold(t *testing.T) {
	l, r := lead.New("demo", "l1", monday), rater(t)
	l.Sample = true
	submit(t, l, r, "t1", "download", monday)
	l.Claim("p1", monday)
	if err := l.Act(&lead.Doing{Do: "accept", By: "p1"}, r, monday.Add(time.Hour)); err != nil || l.Stage != "prospect" {
		t.Fatalf("%s, %v", l.Stage, err)
	}
	if len(l.Outbox) != 1 || l.Outbox[0].Change.What != lead.ChangeClaimed {
		t.Errorf("told %+v", l.Outbox)
	}
}

// Domain rule 16: what was told of something else does not swallow an ask.
func TestAnAskSoonAfterAnotherKindOfAlertIsTold(t *testing.T) {
	l, r := lead.New("demo", "l1", monday), rater(t)
	told := func() (kinds []string) {
		for _, e := range l.Outbox {
			if e.Type == lead.TypeAlert {
				kinds = append(kinds, e.Alert.Kind)
			}
		}
		return kinds
	}
	submit(t, l, r, "t1", "download", monday)
	l.AlertedAt = monday // of a stay that stalled, or of engagement that rose
	submit(t, l, r, "t2", "quote", monday.Add(time.Minute))
	if got := told(); !slices.Equal(got, []string{lead.KindHandRaise}) {
		t.Fatalf("told %v", got)
	}
	submit(t, l, r, "t3", "demo", monday.Add(2*time.Minute))
	if got := told(); len(got) != 1 {
		t.Errorf("an ask right after the alert for another was told: %v", got)
	}
	submit(t, l, r, "t4", "demo", monday.Add(2*time.Hour))
	if got := told(); len(got) != 2 {
		t.Errorf("an ask long after was not told: %v", got)
	}
}
