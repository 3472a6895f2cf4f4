package lead

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"assay/shared/evidence"
	"assay/shared/score"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) // a Friday

func logOf(kinds ...evidence.Kind) []byte {
	var l evidence.Log
	for i, k := range kinds {
		if err := l.Append(k, uint32(i)*1000); err != nil {
			panic(err)
		}
	}
	return bytes.Clone(l.Bytes())
}

func visit(session string, start int64, log []byte) Visit {
	return Visit{Session: session, Start: start, Log: log}
}

func TestWorkingDaysLeaveOutTheWeekend(t *testing.T) {
	if got := workingDays(noon, 2); got != noon.AddDate(0, 0, 4) {
		t.Errorf("two working days after Friday is %s", got)
	}
	if got := workingDays(noon.AddDate(0, 0, 3), 2); got != noon.AddDate(0, 0, 5) {
		t.Errorf("two working days after Monday is %s", got)
	}
}

func TestVisitsAreAUnionWhateverTheOrder(t *testing.T) {
	short, long := logOf(1, 2), logOf(1, 2, 3)
	visits := []Visit{visit("b", 100, short), visit("b", 100, long), visit("a", 100, short), visit("c", 50, short)}
	var want []Visit
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 0, 3, 2}, {2, 3, 0, 1}} {
		l := New("demo", "l1", noon)
		for _, i := range order {
			l.addVisits([]Visit{visits[i]})
		}
		if want == nil {
			want = l.Visits
		}
		if fmt.Sprint(l.Visits) != fmt.Sprint(want) || len(l.Visits) != 3 || l.Visits[0].Session != "c" || !bytes.Equal(l.Visits[2].Log, long) {
			t.Errorf("order %v gives %v", order, l.Visits)
		}
	}
	l := New("demo", "l1", noon)
	for i := range score.MaxVisits + 5 {
		l.addVisits([]Visit{visit(fmt.Sprint(i), int64(i), short)})
	}
	if len(l.Visits) != score.MaxVisits || l.Visits[0].Start != 5 {
		t.Errorf("%d visits kept, the oldest of %d", len(l.Visits), l.Visits[0].Start)
	}
}

func TestDivergingLogsAreNoticed(t *testing.T) {
	l := New("demo", "l1", noon)
	l.addVisits([]Visit{visit("a", 100, logOf(1, 2, 3))})
	for _, c := range []struct {
		v    Visit
		want bool
	}{{visit("a", 100, logOf(1, 2)), false}, {visit("a", 100, logOf(1, 2, 3, 4)), false},
		{visit("a", 100, logOf(1, 5)), true}, {visit("b", 100, logOf(5)), false}} {
		if got := l.Diverges(c.v); got != c.want {
			t.Errorf("%v diverges: %v", c.v, got)
		}
	}
}

func TestClaimAndReleaseTellEverybodyOnce(t *testing.T) {
	l := New("demo", "l1", noon)
	if changed, mine := l.Claim("p1", noon); !changed || !mine {
		t.Error("nobody's lead could not be claimed")
	}
	if changed, mine := l.Claim("p1", noon); changed || !mine {
		t.Error("claiming one's own lead changed it")
	}
	if changed, mine := l.Claim("p2", noon); changed || mine {
		t.Error("a second claim won")
	}
	l.Rev++
	if !l.Release("p1", noon) || l.Release("p1", noon) {
		t.Error("releasing is not once")
	}
	if len(l.Actions) != 2 || l.Actions[1].By != "p1" || l.Actions[0].ID == l.Actions[1].ID {
		t.Errorf("recorded %+v", l.Actions)
	}
	if len(l.Outbox) != 2 || l.Outbox[0].Change.Owner != "p1" || l.Outbox[1].Change.What != ChangeReleased || l.Outbox[0].ID == l.Outbox[1].ID {
		t.Errorf("told %+v", l.Outbox)
	}
}

func TestSourceIsCampaignThenReferrer(t *testing.T) {
	for want, touch := range map[string]*Touch{
		"mail":        {UTM: map[string]string{"source": "mail"}, Referrer: "https://search.test/"},
		"search.test": {Referrer: "https://search.test/q", Page: "https://site.test/"},
		"direct":      {Referrer: "https://site.test/pricing", Page: "https://site.test/book"},
	} {
		if got := source(touch); got != want {
			t.Errorf("source %q, want %q", got, want)
		}
	}
}

func TestALeadStoredWithoutAnswersTakesThem(t *testing.T) {
	l := New("demo", "l1", noon)
	l.Answers = nil // as a store gives back none
	l.take(&Touch{ID: "t1", At: noon, Received: noon, Answers: map[string]string{"how_heard": "a friend"}})
	if l.Answers["how_heard"] != "a friend" {
		t.Errorf("answers %v", l.Answers)
	}
}
