package desk

import (
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// merge makes one of two leads: the same whichever of the two is named first.
// Refusals are ErrOther, lead.ErrSame, lead.ErrSample, lead.ErrLong and lead.ErrMany, and
// lifecycle.ErrTheirs where it would replace what another person decided, unless
// an admin does it. Two that are one already are fine.
func (w *work) merge(id string, l *lead.Lead, do *lead.Doing) (*lead.Lead, error) {
	if id == do.Other {
		return nil, lead.ErrSame
	}
	o, err := w.other(do.Other)
	if err != nil || o.ID == l.ID {
		return nil, err
	}
	if !do.Admin && lead.Overrules(l, o, do.By) {
		return nil, lifecycle.ErrTheirs
	}
	return lead.Merge(w.tx, l, o, do.By, w.r, w.now)
}

// unmerge takes a lead out of the one that it was merged into, and gives what
// remains. Refusals are ErrOther and lead.ErrApart.
func (w *work) unmerge(id string, l *lead.Lead, do *lead.Doing) (*lead.Lead, error) {
	o, err := w.other(do.Other)
	if err != nil {
		return nil, err
	}
	if done, err := o.Requested(do); done { // whoever remained has it, and l is out again
		return nil, err
	}
	other := do.Other
	if other == l.ID { // the other of the two survived
		other = id
	}
	rest, _, err := lead.Unmerge(w.tx, l, other, do.By, w.r, w.now)
	return rest, err
}

func (w *work) other(id string) (*lead.Lead, error) {
	l, err := w.find(id)
	if err == nil && l == nil {
		err = ErrOther
	}
	return l, err
}
