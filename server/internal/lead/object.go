package lead

import (
	"slices"
	"time"

	"assay/shared/lifecycle"
)

// object ends all scoring of the contact, for good: through merges, imports and
// whatever else it does, until an admin finds that it was not theirs (domain rule 31). Its evidence counts for nothing any
// more, and the rules tell nothing of it but that it asks, quietly. What people
// set stays: reminders, snoozes, and a review that it is held for, which rate nobody.
// An ask that waits for somebody has reached the person who records the objection;
// a file or a program that does is nobody, and it is passed on as before.
func (l *Lead) object(d *Doing, r *Rater, now time.Time) error {
	if d.Undo { // which takes the whole record: Unobject
		return ErrAct
	}
	before := l.Standing
	plan, err := l.objects(d, r, now)
	if err != nil {
		return err
	}
	return l.told(plan, &before, r, now)
}

// objects does the same and tells nobody: a touch that objects has more to do
// before anybody hears where it left the contact.
func (l *Lead) objects(d *Doing, r *Rater, now time.Time) (*lifecycle.Plan, error) {
	if l.Objected {
		return new(lifecycle.Plan), nil
	}
	after := *l
	after.record(d.Do, d.By, now, d.args(now))
	after.Objected, after.Visits = true, nil
	if l.Verdict == Suspect {
		after.Cell = Cell{}
		*l = after
		return new(lifecycle.Plan), nil
	}
	s, err := after.rescore(r, now)
	if err != nil {
		return nil, err
	}
	plan, err := after.happen(lifecycle.Event{Kind: lifecycle.OnAge, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return nil, err
	}
	*l = after
	if d.By != "" && !d.Program {
		l.calm()
	}
	return plan, nil
}

// objectedSince reports whether an objection stands that was made at an instant
// or later.
func (l *Lead) objectedSince(at time.Time) bool {
	return slices.ContainsFunc(objections(l.Actions), func(id string) bool { return !l.action(id).At.Before(at) })
}

// objected reports whether somebody objected to being scored.
func objected(actions []Action) bool { return len(objections(actions)) > 0 }
