package lead

import (
	"slices"
	"time"

	"assay/shared/lifecycle"
)

// Unobject takes back all objections that a contact's record has, and gives what
// it is then, for the caller to save; nil where there is none. Somebody who knew
// a mail address may have objected in its owner's name. It is an admin's word alone
// (ErrAdmin), with their reason on the record: rules and programs have no say in it
// (domain rule 31). The contact is rebuilt from its record, so that the evidence
// from before counts again; what came since was stored without any. Whoever objects
// after it, as the browser of one who means it does with each form, stops the
// scoring again. It fails as merging does: ErrConflict, ErrLong.
func Unobject(tx Tx, l *Lead, d *Doing, r *Rater, now time.Time) (*Lead, error) {
	if !d.Admin || d.Program {
		return nil, ErrAdmin
	}
	if !l.Objected {
		return nil, nil
	}
	rec, err := record(tx, l, nil)
	if err != nil {
		return nil, err
	}
	if rec.awaits(now) {
		return nil, ErrConflict
	}
	root := *l
	root.Actions = slices.Clone(l.Actions)
	for _, id := range objections(l.Actions) {
		root.record(ActionStop, d.By, now, map[string]string{argEnds: id, "text": d.Text})
	}
	rec.Root = &root
	after, err := Replay(rec, r, now)
	if err != nil || after.Verdict == Suspect {
		return after, err
	}
	s, err := r.Rate(after, now)
	if err != nil {
		return nil, err
	}
	plan, err := after.happen(lifecycle.Event{Kind: lifecycle.OnScore, Cell: lifecycle.CellOf(s)}, "", r, now)
	if err != nil {
		return nil, err
	}
	return after, after.told(plan, &l.Standing, r, now)
}

// objections gives those of some actions by which somebody objected to being
// scored, and which no admin took back.
func objections(actions []Action) (ids []string) {
	for i := range actions {
		a := &actions[i]
		if a.Do == ActionStop && a.Args[argEnds] == "" && !endedBy(actions, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

func endedBy(actions []Action, id string) bool {
	return slices.ContainsFunc(actions, func(a Action) bool { return a.Args[argEnds] == id })
}
