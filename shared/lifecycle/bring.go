package lifecycle

// merge takes a contact to the stage of the record that was merged into it, if
// that is further on, and lets the rules see what both say together. A loss or
// a disqualification of the other record is the caller's to weigh.
func (r *run) merge() error {
	s, to := &r.s, r.e.To
	if to >= Stages {
		return ErrTarget
	}
	s.Seen = r.e.Cell
	if to <= Customer && s.Decision.leaves() {
		if err := r.toward(to, Merged); err != nil {
			return err
		}
	}
	s.Asked = s.Asked || Asks(r.e.Form)
	s.Disagrees = r.p.differs(s)
	return r.assess()
}

// bring takes a contact to the stage that a file says. It takes nobody back,
// and leaves alone what a person decided.
func (r *run) bring() error {
	to := r.e.To
	switch {
	case to >= Stages || to == Anonymous:
		return ErrTarget
	case !r.s.Decision.leaves() || to > Customer && r.s.Decision != Undecided:
		return nil
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
