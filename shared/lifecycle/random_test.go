package lifecycle

import (
	"testing"

	"pgregory.net/rapid"

	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// past is one event of a random history, under the policy of its time.
type past struct {
	p Policy
	e Event
}

func drawPolicy(t *rapid.T) (p Policy) {
	p.Promotion = Promotion(rapid.IntRange(0, 1).Draw(t, "promotion"))
	p.HandRaiseFit = rapid.SampledFrom([]uint8{0, 25, 60}).Draw(t, "hand-raise fit")
	p.SubscribersLead = rapid.Bool().Draw(t, "subscribers are leads")
	for s := range p.Stall {
		p.Stall[s] = rapid.SampledFrom([]int64{0, day, 14 * day}).Draw(t, "stall")
	}
	p.Reopen = Reopening{
		Decisions:  uint8(rapid.IntRange(0, 1<<Decisions-1).Draw(t, "may be reopened")),
		IntentForm: rapid.Bool().Draw(t, "by intent"),
		Over:       rapid.Bool().Draw(t, "by the cell"),
		After:      rapid.SampledFrom([]int64{0, day, 30 * day}).Draw(t, "after"),
	}
	p.Nurture = Nurturing{Level: uint8(rapid.IntRange(0, 4).Draw(t, "cold")), After: rapid.SampledFrom([]int64{0, 10 * day}).Draw(t, "cold after")}
	p.Recycle = Recycling{Stalled: rapid.Bool().Draw(t, "recycle stalled"), Rejected: rapid.Bool().Draw(t, "recycle rejected")}
	return p
}

func drawCell(t *rapid.T) Cell {
	return Cell{
		Fit:    rapid.SampledFrom([]uint8{10, 30, 90}).Draw(t, "fit"),
		Level:  uint8(rapid.IntRange(0, 4).Draw(t, "level")),
		Over:   rapid.Bool().Draw(t, "over"),
		Intent: rapid.SampledFrom([]score.Intent{0, 0, score.IntentSignal}).Draw(t, "intent"),
		Gates:  rapid.SampledFrom([]model.GateBit{0, 0, 0, model.GateCompetitor, model.GateHoneypot}).Draw(t, "gates"),
	}
}

// drawEvent draws any event with any arguments, foolish ones too.
func drawEvent(t *rapid.T, now int64) Event {
	return Event{
		Kind:    Kind(rapid.IntRange(0, int(Kinds)-1).Draw(t, "kind")),
		At:      now + rapid.SampledFrom([]int64{-day, 0, 60, day, 40 * day}).Draw(t, "later"),
		By:      uint32(rapid.IntRange(1, 2).Draw(t, "by")),
		Admin:   rapid.IntRange(0, 3).Draw(t, "admin") == 0,
		Form:    profile.FormKind(rapid.IntRange(0, int(profile.FormKinds)-1).Draw(t, "form")),
		Cell:    drawCell(t),
		Outcome: Outcome(rapid.IntRange(0, int(Outcomes)-1).Draw(t, "outcome")),
		Reason:  Reason(rapid.SampledFrom([]Reason{NoReason, NoBudget, BadTiming, Spam, Test, Converted, Reasons}).Draw(t, "reason")),
		To:      Stage(rapid.IntRange(0, int(Stages)-1).Draw(t, "to")),
	}
}

// drawHistory draws a history in which the site changes its policy once.
func drawHistory(t *rapid.T) (h []past) {
	first, second := drawPolicy(t), drawPolicy(t)
	n := rapid.IntRange(1, 40).Draw(t, "events")
	change := rapid.IntRange(0, n).Draw(t, "policy changes at")
	now := int64(1_000 * day)
	for i := range n {
		p := first
		if i >= change {
			p = second
		}
		e := drawEvent(t, now)
		now = max(now, e.At)
		h = append(h, past{p, e})
	}
	return h
}

// live lets a history happen and shows each step to check.
func live(h []past, check func(before, after State, x past, plan *Plan, err error)) (s State) {
	var plan Plan
	for _, x := range h {
		before := s
		err := x.p.Step(&s, &x.e, &plan)
		if check != nil {
			check(before, s, x, &plan, err)
		}
	}
	return s
}

func TestRandomHistoriesMakeOnlyMovesOfTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var last int64
		live(drawHistory(t), func(before, after State, x past, plan *Plan, err error) {
			if err != nil {
				if after != before || *plan != (Plan{}) {
					t.Fatalf("a refused %v changed %+v to %+v, plan %+v", x.e.Kind, before, after, plan)
				}
				if !x.e.Kind.Human() && x.e.Kind != OnImport {
					t.Fatalf("%v was refused: %v", x.e.Kind, err)
				}
				return
			}
			at := before.Stage
			for _, m := range plan.Moves() {
				row := find(m.From, m.To, x.e.Kind, x.p.Promotion, m.Reason)
				if m.From != at || row == nil || row.Cause != m.Cause {
					t.Fatalf("%v at %v: %v is no move of the table from there", x.e.Kind, at, tell(m))
				}
				if m.Reason.String() == "" || m.Cause.String() == "" {
					t.Fatalf("%+v has no reason or no cause", m)
				}
				at = m.To
			}
			if at != after.Stage {
				t.Fatalf("%v: the moves end at %v, the state at %v", x.e.Kind, at, after.Stage)
			}
			if plan.At < last || plan.At < x.e.At || after.At != plan.At || after.Since > after.At {
				t.Fatalf("%v: recorded at %d after %d, state %+v", x.e.Kind, plan.At, last, after)
			}
			last = plan.At
		})
	})
}

// stairs are the stages that nobody may skip, sales-ready apart, which only
// the confirmed policy makes one.
var stairs = [Disqualified]int{Anonymous: 0, Subscriber: 0, Lead: 1, SalesReady: 1, Prospect: 2, Opportunity: 3, Customer: 4, Lost: 4}

func TestRandomHistoriesSkipNoStage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		live(drawHistory(t), func(_, _ State, x past, plan *Plan, _ error) {
			for _, m := range plan.Moves() {
				if out(m.From) || out(m.To) {
					continue
				}
				if stairs[m.To]-stairs[m.From] > 1 || x.p.Promotion == Confirmed && m.From == Lead && m.To == Prospect {
					t.Fatalf("%v under %v skips a stage: %v", x.e.Kind, x.p.Promotion, tell(m))
				}
			}
		})
	})
}

func TestRandomHistoriesLoseNoDecision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		live(drawHistory(t), func(before, after State, x past, plan *Plan, err error) {
			decided := before.Decision != Undecided
			changed := before.Decision != after.Decision || before.DecidedAt != after.DecidedAt || before.DecidedBy != after.DecidedBy
			if reopened := plan.Reopened != Undecided; reopened {
				r := x.p.Reopen
				if plan.Reopened != before.Decision || r.Decisions>>before.Decision&1 == 0 || plan.At-before.DecidedAt < r.After ||
					x.e.Kind != OnSubmit && x.e.Kind != OnScore {
					t.Fatalf("%+v reopened %+v against the policy %+v", x.e, before, r)
				}
				return
			}
			if decided && changed && !x.e.Kind.Human() {
				t.Fatalf("%v changed the decision %v of %d to %v", x.e.Kind, before.Decision, before.DecidedBy, after.Decision)
			}
			if decided && changed && !x.e.Admin && x.e.By != before.DecidedBy && x.e.Kind != OnLose {
				t.Fatalf("%v of %d changed the decision of %d", x.e.Kind, x.e.By, before.DecidedBy)
			}
			for _, m := range plan.Moves() {
				if m.Cause == ByRule && overrules(after.Decision, m) {
					t.Fatalf("%v: %v overrules %v", x.e.Kind, tell(m), after.Decision)
				}
			}
		})
	})
}

// overrules reports whether a move of the rules goes against a decision.
func overrules(d Decision, m Move) bool {
	promotes := m.To > m.From && m.From >= Lead && m.To <= Prospect
	switch d {
	case DecidedDisqualify, DecidedPin, DecidedLose:
		return true
	case DecidedReject:
		return promotes
	case DecidedAccept, DecidedReopen:
		return m.To < m.From
	}
	return false
}

func TestRandomHistoriesKeepTheirPromisesOfState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		live(drawHistory(t), func(before, after State, x past, plan *Plan, _ error) {
			for _, m := range plan.Moves() {
				rules := m.Cause == ByRule && m.Reason != Merged
				if rules && m.To == Prospect && (x.p.Promotion == Confirmed || x.e.Kind == OnAge) {
					t.Fatalf("%v under %v made a prospect: %v", x.e.Kind, x.p.Promotion, tell(m))
				}
				if m.Reason == TalkedAndAccepted && (!after.Talked || !after.Accepted) {
					t.Fatalf("%v although talked is %v and accepted %v", tell(m), after.Talked, after.Accepted)
				}
			}
			if after.Nurturing && 1<<after.Stage&(known|1<<Lost) == 0 || after.Nurturing != (after.NurturedAt != 0) && !out(after.Stage) {
				t.Fatalf("%v from %+v left the mark on %+v", x.e.Kind, before, after)
			}
			if after.Before != Anonymous && !out(after.Stage) || after.Decision == Undecided && (after.Disagrees || after.WasOver) {
				t.Fatalf("%v from %+v left a trace in %+v", x.e.Kind, before, after)
			}
			if out(after.Stage) && after.Decision != DecidedDisqualify && after.Stage != Junk {
				t.Fatalf("%v is disqualified by nobody: %+v", x.e.Kind, after)
			}
		})
	})
}

func TestReplayingAHistoryGivesTheSameStateAndMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		var first []Plan
		state := live(h, func(_, _ State, _ past, plan *Plan, _ error) { first = append(first, *plan) })
		i := 0
		again := live(h, func(_, _ State, x past, plan *Plan, _ error) {
			if *plan != first[i] {
				t.Fatalf("%v led to %+v, then to %+v", x.e.Kind, first[i], *plan)
			}
			i++
		})
		if again != state {
			t.Fatalf("replayed to %+v, not %+v", again, state)
		}
		var kept []past
		live(h, func(_, _ State, x past, _ *Plan, err error) {
			if err == nil {
				kept = append(kept, x)
			}
		})
		if without := live(kept, nil); without != state {
			t.Fatalf("without the refused events it is %+v, not %+v", without, state)
		}
	})
}

func TestDisqualifyingAndReopeningGivesBackWhatWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		s := live(h, nil)
		p, before, plan := h[len(h)-1].p, s, Plan{}
		away := Event{Kind: OnDisqualify, At: s.At, By: 1, Admin: true,
			Reason: rapid.SampledFrom([]Reason{NoNeed, Spam}).Draw(t, "code")}
		if 1<<s.Stage&known == 0 {
			return
		}
		if err := p.Step(&s, &away, &plan); err != nil || !out(s.Stage) {
			t.Fatalf("%v cannot be disqualified: %v", before.Stage, err)
		}
		back := Event{Kind: OnReopen, At: s.At, By: 1}
		if err := p.Step(&s, &back, &plan); err != nil {
			t.Fatal(err)
		}
		before.Since, before.Decision, before.DecidedAt, before.DecidedBy = s.Since, s.Decision, s.DecidedAt, s.DecidedBy
		before.WasOver, before.Disagrees = s.WasOver, s.Disagrees
		if s != before {
			t.Fatalf("got back %+v, not %+v", s, before)
		}
	})
}
