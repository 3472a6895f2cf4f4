package lead

import (
	"errors"
	"fmt"
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
	// ErrLong: a contact has more touches than it can be rebuilt from. It is an
	// ErrMany, too.
	ErrLong = fmt.Errorf("lead: more than %d touches in one: %w", maxReplay, ErrMany)
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
// came to, which is what an undo goes by. Whether a person may merge the two, the
// caller asks Overrules.
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

// Overrules reports whether a person who merges two contacts would put something
// else in the place of what another person decided on one of them.
func Overrules(a, b *Lead, by string) bool {
	whole := a.Standing.join(b.Standing)
	for _, s := range []*Standing{&a.Standing, &b.Standing} {
		theirs := s.State.Decision != lifecycle.Undecided && s.DecidedBy != "" && s.DecidedBy != by
		if theirs && (s.State.Decision != whole.State.Decision || s.Stage != whole.Stage) {
			return true
		}
	}
	return false
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
	for _, a := range l.Actions {
		if a.Of == "" {
			alone.Actions = append(alone.Actions, a)
		}
	}
	alone.recall()
	alone.gather(rec)
	return alone.Field("email") != "", alone.FirstSeen, nil
}
