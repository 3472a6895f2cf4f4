package lead

import (
	"time"
	"unicode/utf8"

	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/score"
)

// Act does what a person does with the lead, records it, and tells everybody
// where it moved the lead. Its errors are a lifecycle.Refusal and the faults of an
// action; then nothing changed.
func (l *Lead) Act(d *Doing, r *Rater, now time.Time) error {
	if err := l.Room(d); err != nil {
		return err
	}
	if utf8.RuneCountInString(d.Text) > MaxText {
		return ErrAct
	}
	if do := others[d.Do]; do != nil {
		return do(l, d, r, now)
	}
	kind, ok := l.judges(d.Do)
	if !ok {
		return ErrAct
	}
	before := l.Standing
	plan, err := l.happen(lifecycle.Event{Kind: kind, Admin: d.Admin, Reason: d.Reason, Outcome: d.Outcome}, d.By, r, now)
	if err != nil {
		return err
	}
	l.reviewed(kind)
	if l.stands(&before) {
		l.calm()
	}
	l.record(d.Do, d.By, now, d.args(now))
	return l.told(plan, &before, r, now)
}

// note keeps what a person wrote.
func (l *Lead) note(d *Doing, _ *Rater, now time.Time) error {
	l.record(d.Do, d.By, now, d.args(now))
	return nil
}

// answer records what a person was told of a criterion, which goes before what
// forms say. It is evidence: the rules have their say.
func (l *Lead) answer(d *Doing, r *Rater, now time.Time) error {
	if d.Criterion >= model.Criteria || d.State > score.Unmet {
		return ErrAct
	}
	if l.Verdict == Suspect { // nothing of it is scored until a person releases it
		l.record(d.Do, d.By, now, d.args(now))
		return nil
	}
	asked := *l // with the answer; only if it can be judged it counts
	asked.record(d.Do, d.By, now, d.args(now))
	s, err := asked.rescore(r, now)
	if err != nil {
		return err
	}
	before := l.Standing
	plan, err := asked.happen(lifecycle.Event{Kind: lifecycle.OnScore, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return err
	}
	*l = asked
	return l.told(plan, &before, r, now)
}

// told tells everybody of a move, and reps of a new prospect that the rules
// made: whom a rep made one, they know of.
func (l *Lead) told(plan *lifecycle.Plan, before *Standing, r *Rater, now time.Time) error {
	if l.stands(before) {
		l.tell(ChangeMoved, now)
	}
	for _, m := range plan.Moves() {
		if m.To == lifecycle.Prospect && m.Cause == lifecycle.ByRule {
			if err := l.newProspect(l.Actions[len(l.Actions)-1].ID, r, now); err != nil {
				return err
			}
		}
	}
	return l.schedule(r)
}

// newProspect alerts reps to a prospect that no touch of this instant made,
// unless the contact objected: then the rules tell nothing of it.
func (l *Lead) newProspect(cause string, r *Rater, now time.Time) error {
	if l.Sample || l.Objected || !r.Alerts.Sends(KindProspect) {
		return nil
	}
	s, err := r.Rate(l, now)
	if err != nil {
		return err
	}
	l.stand(func(st *Standing) { st.AlertedAt = now })
	l.send(l.alert(KindProspect, s, r), cause, now)
	return nil
}
