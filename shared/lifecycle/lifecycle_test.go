package lifecycle

import (
	"fmt"
	"testing"

	"assay/shared/score"
)

// leadBack checks that every name of a kind of number leads back to its number.
func leadBack[T interface {
	~uint8
	fmt.Stringer
}](t *testing.T, n T, of func(string) (T, bool)) {
	t.Helper()
	for m := T(0); m < n; m++ {
		if got, ok := of(m.String()); !ok || got != m || m.String() == "" {
			t.Errorf("%T %d: %q leads to %d", m, m, m.String(), got)
		}
	}
	for _, wrong := range []string{"", "nobody", n.String()} {
		if got, ok := of(wrong); ok {
			t.Errorf("%T: %q leads to %d", got, wrong, got)
		}
	}
}

func TestNamesLeadBack(t *testing.T) {
	leadBack(t, Stages, StageOf)
	leadBack(t, Kinds, KindOf)
	leadBack(t, Outcomes, OutcomeOf)
	leadBack(t, Decisions, DecisionOf)
	leadBack(t, Promotions, PromotionOf)
}

func TestEveryReasonAndCauseHasACode(t *testing.T) {
	seen := map[string]bool{}
	for r := NoReason + 1; r < Reasons; r++ {
		if r.String() == "" || seen[r.String()] {
			t.Errorf("reason %d has no code of its own: %q", r, r.String())
		}
		seen[r.String()] = true
	}
	for c := range Causes {
		if c.String() == "" {
			t.Errorf("cause %d has no name", c)
		}
	}
	if NoReason.String() != "" || Reasons.String() != "" || Causes.String() != "" {
		t.Error("what is no reason or cause has a code")
	}
	for r := range ErrTarget + 1 {
		if r.Error() == "" {
			t.Errorf("refusal %d says nothing", r)
		}
	}
}

func TestNobodySkipsIntoTheFunnel(t *testing.T) {
	for i := range table {
		r := &table[i]
		if r.To == Anonymous {
			t.Errorf("row %d makes somebody anonymous again", i)
		}
		if r.To == Opportunity && r.From&^(1<<Prospect|1<<Customer|1<<Lost) != 0 {
			t.Errorf("row %d makes an opportunity without a prospect", i)
		}
	}
}

func TestOnlyActsOfPeopleAreHuman(t *testing.T) {
	if OnImport.Human() || !OnAccept.Human() || !OnJunk.Human() || Kinds.Human() {
		t.Error("people's acts are not those from OnAccept to OnJunk")
	}
}

func TestWhatIsMalformedIsRefused(t *testing.T) {
	automatic(t).refuses(Event{Kind: Kinds}, ErrEvent)
	st := automatic(t)
	st.s.Stage = Stages
	st.refuses(demo, ErrEvent)
	st = automatic(t)
	st.s.Decision = Decisions
	st.refuses(demo, ErrEvent)
	st = automatic(t)
	st.p.Promotion = Promotions
	st.refuses(demo, ErrEvent)
}

func TestALateEventIsRecordedNoEarlierThanTheNewest(t *testing.T) {
	st := automatic(t).do(download)
	newest := st.s.At
	if st.do(st.later(-day, demo)); st.plan.At != newest || st.s.Since != newest {
		t.Errorf("recorded at %d and entered at %d, the newest event was at %d", st.plan.At, st.s.Since, newest)
	}
}

func TestTheCellIsTakenFromTheScore(t *testing.T) {
	got := CellOf(&score.Result{Fit: 80, Level: 1, Over: true, Intent: score.IntentSignal, Gates: 2})
	if got != held {
		t.Errorf("got %+v, want %+v", got, held)
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	p := Policy{Promotion: Confirmed}
	events := []Event{brings(Customer), act(OnOpen), why(OnLose, NoBudget), reopen, demo, accept, talk(Connected), noBudget, accept}
	var s State
	var plan Plan
	refused := 0
	if n := testing.AllocsPerRun(100, func() {
		s = State{}
		for i := range events {
			if p.Step(&s, &events[i], &plan) != nil {
				refused++
			}
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if s.Stage != Disqualified || refused != 101 {
		t.Errorf("ended at %v with %d refusals: the run was not what it was meant to be", s.Stage, refused)
	}
}

func BenchmarkStep(b *testing.B) {
	p := Policy{HandRaiseFit: 25}
	var plan Plan
	b.ReportAllocs()
	for b.Loop() {
		var s State
		if err := p.Step(&s, &demo, &plan); err != nil || plan.N != 2 {
			b.Fatal(err, plan)
		}
	}
}
