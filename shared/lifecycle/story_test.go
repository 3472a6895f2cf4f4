package lifecycle

import (
	"errors"
	"strings"
	"testing"

	"assay/shared/profile"
	"assay/shared/score"
)

const day = 86400

// Cells of a policy whose hand-raises need a fit of 25.
var (
	weak     = Cell{Fit: 15, Level: 3}
	fitting  = Cell{Fit: 25, Level: 3}
	cold     = Cell{Fit: 60, Level: 4}
	over     = Cell{Fit: 80, Level: 1, Over: true}
	explicit = Cell{Fit: 80, Level: 1, Over: true, Intent: score.IntentSignal}
	held     = Cell{Fit: 80, Level: 1, Over: true, Intent: score.IntentSignal, Gates: 2}
)

// story is a contact's life: each event happens a minute after the last.
type story struct {
	t    *testing.T
	p    Policy
	s    State
	plan Plan
	told []string // every move, as said by tell
}

func automatic(t *testing.T) *story {
	return &story{t: t, p: Policy{HandRaiseFit: 25}, s: State{At: 1_000 * day}}
}

func confirmed(t *testing.T) *story {
	st := automatic(t)
	st.p.Promotion = Confirmed
	return st
}

func tell(m Move) string {
	return m.From.String() + ">" + m.To.String() + " " + m.Cause.String() + " " + m.Reason.String()
}

// try lets an event happen a minute later, or at its own instant.
func (st *story) try(e Event) error {
	if e.At == 0 {
		e.At = st.s.At + 60
	}
	err := st.p.Step(&st.s, &e, &st.plan)
	for _, m := range st.plan.Moves() {
		st.told = append(st.told, tell(m))
	}
	return err
}

// do lets events happen, of which none may be refused.
func (st *story) do(events ...Event) *story {
	st.t.Helper()
	for _, e := range events {
		if err := st.try(e); err != nil {
			st.t.Fatalf("%v at %v: %v", e.Kind, st.s.Stage, err)
		}
	}
	return st
}

// gives checks the moves of the newest event, parted by commas.
func (st *story) gives(want string) *story {
	st.t.Helper()
	var got []string
	for _, m := range st.plan.Moves() {
		got = append(got, tell(m))
	}
	if said := strings.Join(got, ", "); said != want {
		st.t.Fatalf("moves are %q, want %q", said, want)
	}
	return st
}

// refuses checks that an event is refused and changes nothing.
func (st *story) refuses(e Event, want Refusal) *story {
	st.t.Helper()
	before := st.s
	if err := st.try(e); !errors.Is(err, want) {
		st.t.Fatalf("%v at %v: got %v, want %v", e.Kind, before.Stage, err, want)
	}
	if st.s != before || st.plan != (Plan{}) {
		st.t.Fatalf("a refused %v changed %+v to %+v, plan %+v", e.Kind, before, st.s, st.plan)
	}
	return st
}

func (st *story) is(want Stage) *story {
	st.t.Helper()
	if st.s.Stage != want {
		st.t.Fatalf("stage is %v, want %v", st.s.Stage, want)
	}
	return st
}

func (st *story) decided(want Decision) *story {
	st.t.Helper()
	if st.s.Decision != want {
		st.t.Fatalf("decision is %v, want %v", st.s.Decision, want)
	}
	return st
}

// later gives an event so long after the newest.
func (st *story) later(seconds int64, e Event) Event {
	e.At = st.s.At + seconds
	return e
}

func submit(f profile.FormKind, c Cell) Event { return Event{Kind: OnSubmit, Form: f, Cell: c} }
func scored(c Cell) Event                     { return Event{Kind: OnScore, Cell: c} }
func aged(c Cell) Event                       { return Event{Kind: OnAge, Cell: c} }
func act(k Kind) Event                        { return Event{Kind: k, By: 1} }
func why(k Kind, r Reason) Event              { return Event{Kind: k, By: 1, Reason: r} }
func talk(o Outcome) Event                    { return Event{Kind: OnConverse, By: 1, Outcome: o} }
func brings(to Stage) Event                   { return Event{Kind: OnImport, By: 1, To: to} }

var (
	download = submit(profile.FormDownload, weak)
	demo     = submit(profile.FormDemo, fitting)
	accept   = act(OnAccept)
	reopen   = act(OnReopen)
	noBudget = why(OnDisqualify, NoBudget)
)
