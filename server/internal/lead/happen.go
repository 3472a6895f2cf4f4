package lead

import (
	"time"

	"assay/shared/lifecycle"
)

// Causes of transitions, as lifecycle.Cause names them.
const (
	CauseRule   = "rule"
	CauseRep    = "rep"
	CauseImport = "import"
	CauseReview = "review"
)

// happen lets the lifecycle judge what happened to the lead, by whom, and
// records the moves. Its error is a lifecycle.Refusal; then nothing changed.
// What happens to a survivor happens to its own standing too, as far as it can
// there: an undo then finds neither the stage nor the decision of a member.
func (l *Lead) happen(e lifecycle.Event, by string, r *Rater, now time.Time) (*lifecycle.Plan, error) {
	e.At = now.Unix()
	plan, err := l.step(e, by, r)
	if err != nil {
		return plan, err
	}
	if l.Own != nil {
		own := *l.Own
		if _, err := own.step(e, by, r); err == nil {
			l.Own = &own
		}
	}
	for _, m := range plan.Moves() {
		l.moved(Transition{From: m.From.String(), To: m.To.String(), Cause: m.Cause.String(), By: by, At: now, Model: r.Version, Reason: m.Reason.String()})
	}
	return plan, nil
}

// step takes a standing through an event, by whom; a Refusal leaves it as it was.
func (s *Standing) step(e lifecycle.Event, by string, r *Rater) (*lifecycle.Plan, error) {
	state, plan, whose := s.State, &lifecycle.Plan{}, s.DecidedBy
	e.By = personOf(by, whose)
	e.Admin = e.Admin || whose == "" // what an import decided, anybody may change
	if err := r.Policy.Step(&state, &e, plan); err != nil {
		return plan, err
	}
	switch state.DecidedBy {
	case nobody:
		whose = ""
	case another:
		whose, state.DecidedBy = by, whoDecided
	}
	s.set(state)
	s.DecidedBy = whose
	if plan.Disagrees {
		s.Disagreed++
	}
	return plan, nil
}

// Numbers of people, as far as the lifecycle has to tell them apart.
const (
	nobody uint32 = iota
	whoDecided
	another
)

func personOf(by, whose string) uint32 {
	if by != "" && by == whose {
		return whoDecided
	}
	return another
}

// moved records a transition. Time never goes backwards in the record.
func (l *Lead) moved(t Transition) {
	t.At = t.At.UTC()
	if n := len(l.Transitions); n > 0 && l.Transitions[n-1].At.After(t.At) {
		t.At = l.Transitions[n-1].At
	}
	l.Transitions = append(l.Transitions, t)
}

// reached reports whether a plan brought a contact to a stage.
func reached(plan *lifecycle.Plan, to lifecycle.Stage) bool {
	for _, m := range plan.Moves() {
		if m.To == to {
			return true
		}
	}
	return false
}

// Import takes the lead to the stage that a file says, for a reason where it
// says one. Its error is a lifecycle.Refusal.
func (l *Lead) Import(to lifecycle.Stage, why lifecycle.Reason, r *Rater, now time.Time) error {
	if _, err := l.happen(lifecycle.Event{Kind: lifecycle.OnImport, To: to, Reason: why}, "", r, now); err != nil {
		return err
	}
	return l.schedule(r)
}
