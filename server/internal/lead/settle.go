package lead

import (
	"errors"
	"strings"
	"time"

	"assay/shared/lifecycle"
)

// settle records where a merge or its undo brought a contact from the stage
// that it was shown in: forward by each stage on the way, as the lifecycle
// walks, and elsewhere at once.
func (l *Lead) settle(shown lifecycle.Stage, reason string, r *Rater, now time.Time) {
	if shown == l.State.Stage {
		return
	}
	var plan lifecycle.Plan
	walk := lifecycle.State{Stage: shown}
	err := r.Policy.Step(&walk, &lifecycle.Event{Kind: lifecycle.OnMerge, At: now.Unix(), To: l.State.Stage}, &plan)
	if err != nil || walk.Stage != l.State.Stage || reason != ReasonMerged {
		plan = lifecycle.Plan{N: 1}
		plan.List[0] = lifecycle.Move{From: shown, To: l.State.Stage}
	}
	for _, m := range plan.Moves() {
		l.moved(Transition{From: m.From.String(), To: m.To.String(), Cause: CauseRule, At: now, Model: r.Version, Reason: reason})
	}
}

// promote lets the rules judge what two records say together, and alerts reps
// where both are a prospect and neither was. That is no part of the contact's
// own standing, so that an undo takes it back. Whom a person decided on or
// marked nurturing waits for new evidence, which a merge is not.
func (l *Lead) promote(r *Rater, now time.Time) error {
	if l.State.Decision != lifecycle.Undecided || l.Nurturing {
		return nil
	}
	s, err := r.Rate(l, now)
	if err != nil {
		return err
	}
	own, touched := l.Own, l.State.Touched
	l.Own = nil
	defer func() { l.Own = own }()
	plan, err := l.happen(lifecycle.Event{Kind: lifecycle.OnScore, Cell: lifecycle.CellOf(s)}, "", r, now)
	l.State.Touched = touched // nothing new was heard of the contact
	if err != nil {
		return err
	}
	if reached(plan, lifecycle.Prospect) {
		err = l.newProspect(strings.Join(l.Members, "\x00")+now.UTC().Format(time.RFC3339Nano), r, now)
	}
	return errors.Join(err, l.schedule(r))
}
