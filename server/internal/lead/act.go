package lead

import (
	"errors"
	"time"
	"unicode/utf8"

	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/score"
)

// MaxNotes is how many conversations and answers one lead keeps: what people
// write. What they decide is never refused for want of room.
const MaxNotes = 1000

// Faults of an action; those of the lifecycle are lifecycle.Refusal.
var (
	// ErrFull: the lead keeps no more conversations and answers.
	ErrFull = errors.New("lead: too many conversations and answers")
	// ErrAct: this is nothing that a person can do, or the text is too long.
	ErrAct = errors.New("lead: no such action")
)

// MaxText is the longest text of an action, in characters.
const MaxText = 2000

// Doing is something that a person is about to do with a lead.
type Doing struct {
	Do        string              // Actions has the names
	By        string              // a person's id
	Admin     bool                // the person may change what others decided
	Reason    lifecycle.Reason    // of reject, disqualify and lose
	Channel   string              // of converse: one of Channels
	Outcome   lifecycle.Outcome   // of converse
	At        time.Time           // of converse: when it was; zero for now
	Criterion model.CriterionName // of answer
	State     score.State         // of answer; Unknown takes an earlier one back
	Text      string              // of converse and answer, in the person's words
}

// Channels are the ways to talk with a contact.
var Channels = []string{"call", "mail", "meeting", "chat"}

// judged are the actions that the lifecycle judges, by their name in the API.
var judged = map[string]lifecycle.Kind{
	"accept": lifecycle.OnAccept, "reject": lifecycle.OnReject, "disqualify": lifecycle.OnDisqualify,
	"reopen": lifecycle.OnReopen, "pin": lifecycle.OnPin, "unpin": lifecycle.OnUnpin, "nurture": lifecycle.OnNurture,
	ActionConverse: lifecycle.OnConverse, "open_opportunity": lifecycle.OnOpen, "win": lifecycle.OnWin, "lose": lifecycle.OnLose,
}

// Act does what a person does with the lead, records it, and tells everybody
// where it moved the lead. Its errors are a lifecycle.Refusal, ErrFull and
// ErrAct; then nothing changed.
func (l *Lead) Act(d *Doing, r *Rater, now time.Time) error {
	if noted(d.Do) && l.notes() >= MaxNotes {
		return ErrFull
	}
	if utf8.RuneCountInString(d.Text) > MaxText {
		return ErrAct
	}
	if d.Do == ActionAnswer {
		return l.answer(d, r, now)
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
	return l.acted(d, plan, &before, r, now)
}

// noted reports whether an action is one of those that MaxNotes bounds.
func noted(do string) bool { return do == ActionConverse || do == ActionAnswer }

func (l *Lead) notes() (n int) {
	for i := range l.Actions {
		if noted(l.Actions[i].Do) {
			n++
		}
	}
	return n
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

// acted records what was done.
func (l *Lead) acted(d *Doing, plan *lifecycle.Plan, before *Standing, r *Rater, now time.Time) error {
	l.record(d.Do, d.By, now, d.args(now))
	return l.told(plan, before, r, now)
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

// newProspect alerts reps to a prospect that no touch of this instant made.
func (l *Lead) newProspect(cause string, r *Rater, now time.Time) error {
	if l.Sample || !r.Alerts.Sends(KindProspect) {
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
