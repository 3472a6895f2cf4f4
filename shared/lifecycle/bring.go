package lifecycle

// bring takes a contact to the stage that a file or a merged record says. It
// takes nobody back, and leaves alone what a person decided; a loss or a
// disqualification reaches the other record of a merge by its own events.
func (r *run) bring() error {
	to, merged := r.e.To, r.e.Kind == OnMerge
	switch {
	case to >= Stages || to == Anonymous && !merged:
		return ErrTarget
	case !r.s.Decision.leaves():
		return nil
	case to > Customer && (merged || r.s.Decision != Undecided):
		return nil
	case merged:
		return r.toward(to, Merged)
	case out(to):
		return r.exclude()
	case to == Lost:
		return r.importLost()
	}
	return r.toward(to, Brought)
}

// exclude follows a file that says disqualified or junk. Somebody decided so
// elsewhere: that stands as a decision here.
func (r *run) exclude() error {
	why, err := r.code()
	if err != nil {
		return err
	}
	if r.s.Stage == Anonymous && r.e.To == Disqualified {
		if err := r.move(Lead, Brought); err != nil {
			return err
		}
	}
	if !r.among(1<<Anonymous | known) {
		return nil
	}
	r.decide(DecidedDisqualify)
	return r.move(r.e.To, why)
}

func (r *run) importLost() error {
	why, err := r.code()
	if err != nil || !ahead(Lost, r.s.Stage) {
		return err
	}
	if err := r.toward(Opportunity, Brought); err != nil {
		return err
	}
	r.decide(DecidedLose)
	return r.move(Lost, why)
}

// code gives the reason that a file says, or that of an import without one.
func (r *run) code() (Reason, error) {
	junk := r.e.To == Junk
	switch why := r.e.Reason; {
	case why == NoReason:
		return Brought, nil
	case junk && (why == Spam || why == Test), !junk && why.isCode():
		return why, nil
	}
	return NoReason, ErrReason
}
