package lead

import "assay/shared/lifecycle"

// Room reports whether the lead's history has room for what a person is about to
// do: ErrFull or ErrOften if not.
func (l *Lead) Room(d *Doing) error {
	switch {
	case d.writes() && l.written() >= MaxNotes:
		return ErrFull
	case l.repeats(d) && l.turns() >= MaxTurns:
		return ErrOften
	}
	return nil
}

// repeats reports whether a person is about to do what can be done again and
// again without words, which MaxTurns bounds. What takes such a thing back is
// always possible, as often as it was done; and so is to claim what nobody has, and
// to give a lead to somebody for whoever gives out leads. A pin is a decision; only
// another one on top of it repeats what is so already.
func (l *Lead) repeats(d *Doing) bool {
	switch d.Do {
	case ActionSnooze:
		return !d.At.IsZero()
	case ActionUpdate:
		return !d.writes()
	case ActionAssign:
		return !d.Assigns
	case ActionRelease:
		return true
	case actionPin:
		return l.State.Decision == lifecycle.DecidedPin
	}
	return false
}

// turns gives how often that was done.
func (l *Lead) turns() (n int) {
	for i := range l.Actions {
		switch a := &l.Actions[i]; a.Do {
		case ActionSnooze:
			if a.Args["until"] != "" {
				n++
			}
		case ActionUpdate:
			if !a.writes() {
				n++
			}
		case ActionAssign, ActionRelease, actionPin:
			n++
		}
	}
	return n
}
