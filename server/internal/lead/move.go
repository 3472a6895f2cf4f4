package lead

import (
	"errors"
	"time"

	"assay/shared/lifecycle"
)

// ErrMove: the lifecycle has no such move.
var ErrMove = errors.New("lead: no such move from this stage")

// Causes of transitions.
const (
	CauseRule   = "rule"
	CauseRep    = "rep"
	CauseImport = "import"
	CauseReview = "review"
)

// Move takes the lead to another stage for a cause that is not the policy's,
// and records it: ErrMove where the lifecycle has no such move.
func (l *Lead) Move(to lifecycle.Stage, cause, by, reason string, now time.Time) error {
	from := l.StageNow()
	if !lifecycle.Allowed(from, to) {
		return ErrMove
	}
	l.stand(func(st *Standing) { st.Stage, st.Decided = to.String(), now })
	l.moved(Transition{From: from.String(), To: l.Stage, Cause: cause, By: by, At: now, Model: l.Model, Reason: reason})
	return nil
}

// moved records a transition. Time never goes backwards in the record.
func (l *Lead) moved(t Transition) {
	t.At = t.At.UTC()
	if n := len(l.Transitions); n > 0 && l.Transitions[n-1].At.After(t.At) {
		t.At = l.Transitions[n-1].At
	}
	l.Transitions = append(l.Transitions, t)
}
