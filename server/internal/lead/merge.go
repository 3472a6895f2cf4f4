package lead

import (
	"errors"
	"slices"
	"strings"
	"time"

	"assay/shared/lifecycle"
)

// Faults of merging.
var (
	// ErrSame: a contact cannot be merged with itself.
	ErrSame = errors.New("lead: the two are one contact")
	// ErrApart: the two are no parts of one contact.
	ErrApart = errors.New("lead: not merged with this contact")
	// ErrSample: a sample and a real contact stay apart, since samples are
	// removed together.
	ErrSample = errors.New("lead: one of the two is a sample")
	// ErrMany: the contact would have more members than it can.
	ErrMany = errors.New("lead: too many contacts in one")
)

// Reasons of moves that merging makes.
const (
	ReasonMerged   = "merged"
	ReasonUnmerged = "unmerged"
)

// Merged marks a contact that is part of another.
type Merged struct {
	Into string    `json:"into"`
	At   time.Time `json:"at"`
	By   string    `json:"by,omitempty"` // a person's id; empty: what they said was enough
	// Was and Gave are the survivor's standing before and after: an undo gives
	// the former back unless more has happened than this merge.
	Was  Standing `json:"was"`
	Gave Standing `json:"gave"`
}

// Merge makes two contacts one, which it gives back for the caller to save.
// Neither may be part of another one. The survivor is the one with a mail
// address, then the one seen first, then the one whose id sorts first, so that
// the order of merges never matters. The other is marked, and saved, before:
// whoever meets it from then on goes to the survivor, and ends the merge if
// nobody did (Find). Touches and identities stay with the contact that they
// came to, which is what an undo goes by.
func Merge(tx Tx, a, b *Lead, by string, r *Rater, now time.Time) (*Lead, error) {
	switch {
	case a.ID == b.ID:
		return nil, ErrSame
	case a.Sample != b.Sample:
		return nil, ErrSample
	case len(a.Members)+len(b.Members)+1 > MaxMembers:
		return nil, ErrMany
	}
	older, err := outranks(tx, a, b)
	if err != nil {
		return nil, err
	}
	if !older {
		a, b = b, a
	}
	b.Merged = &Merged{Into: a.ID, At: now.UTC(), By: by, Was: a.Standing}
	whole, err := admit(tx, a, []*Lead{b}, r, now)
	if err != nil {
		return nil, err
	}
	b.Merged.Gave, b.NextChange = whole.Standing, time.Time{}
	if by != "" {
		whole.record(ActionMerge, by, now, map[string]string{"other": b.ID})
	}
	return whole, tx.SaveLead(b)
}

// outranks reports whether a survives a merge with b. Only what came to each
// itself counts, not what came by earlier merges.
func outranks(tx Tx, a, b *Lead) (bool, error) {
	namedA, firstA, err := origin(tx, a)
	if err != nil {
		return false, err
	}
	namedB, firstB, err := origin(tx, b)
	switch {
	case err != nil:
		return false, err
	case namedA != namedB:
		return namedA, nil
	case !firstA.Equal(firstB):
		return firstA.Before(firstB), nil
	}
	return strings.Compare(a.ID, b.ID) < 0, nil
}

// origin tells whether a contact said a mail address itself, and when it was
// first seen.
func origin(tx Tx, l *Lead) (named bool, first time.Time, err error) {
	if len(l.Members) == 0 {
		return l.Field("email") != "", l.FirstSeen, nil
	}
	touches, err := tx.Touches(l.ID, maxReplay)
	if err != nil {
		return false, first, err
	}
	rec := &Record{Root: &Lead{ID: l.ID, Site: l.Site, FirstSeen: l.FirstSeen}, Touches: map[string][]*Touch{l.ID: touches}}
	alone := New(l.Site, l.ID, l.FirstSeen)
	alone.gather(rec)
	return alone.Field("email") != "", alone.FirstSeen, nil
}

// Unmerge takes a contact out of the one that it was merged into, with all that
// was part of it then, and gives both back: the part is as it was, and saved;
// the rest is for the caller to save. Touches that came since stay with the
// rest. It is ErrApart when the two are not one.
func Unmerge(tx Tx, root *Lead, part, by string, r *Rater, now time.Time) (rest, out *Lead, err error) {
	out, err = tx.Lead(part)
	if err != nil {
		return nil, nil, err
	}
	top, path, err := climb(tx, out)
	if err != nil {
		return nil, nil, err
	}
	half := out.Merged == nil && root.Includes(part) // a crash came between the two writes
	mark := out.Merged
	if part == root.ID || top.ID != root.ID && !half {
		return nil, nil, ErrApart
	}
	if !half {
		out.Merged = nil
		if out, err = rebuild(tx, out, r, now); err != nil {
			return nil, nil, err
		}
		if err := tx.SaveLead(out); err != nil {
			return nil, nil, err
		}
	}
	if rest, err = without(tx, root, mark, path, r, now); err != nil {
		return nil, nil, err
	}
	rest.record(ActionUnmerge, by, now, map[string]string{"other": part})
	return rest, out, nil
}

// rebuild replays a contact as its record is now.
func rebuild(tx Tx, l *Lead, r *Rater, now time.Time) (*Lead, error) {
	rec, err := record(tx, l, nil)
	if err != nil {
		return nil, err
	}
	return Replay(rec, r, now)
}

// without rebuilds a root after a part of it left.
func without(tx Tx, root *Lead, mark *Merged, path []*Lead, r *Rater, now time.Time) (*Lead, error) {
	rec, err := record(tx, root, nil)
	if err != nil {
		return nil, err
	}
	alone := *root
	alone.Standing = remains(rec, mark, path)
	rec.Root = &alone
	rest, err := Replay(rec, r, now)
	if err != nil {
		return nil, err
	}
	rest.settle(root.State.Stage, ReasonUnmerged, r, now)
	return rest, nil
}

// remains gives the standing of a root after a part of it left: what it was
// before the merge, if nothing happened since. Else it is the root's own, joined
// with that of the members that it still has; of those on the path from the part
// to the root, too, only what is their own counts.
func remains(rec *Record, mark *Merged, path []*Lead) Standing {
	root := rec.Root
	if mark != nil && mark.Into == root.ID && mark.Gave.same(&root.Standing) {
		return mark.Was
	}
	st := root.own()
	for _, m := range rec.Members {
		if slices.ContainsFunc(path, func(p *Lead) bool { return p.ID == m.ID }) {
			st = st.join(m.own())
		} else {
			st = st.join(m.Standing)
		}
	}
	return st
}

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
		err = l.newProspect(strings.Join(l.Members, "\x00"), r, now)
	}
	return errors.Join(err, l.schedule(r))
}
