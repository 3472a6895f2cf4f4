package lifecycle

// person is an act of somebody who works with the contact.
func (r *run) person() error {
	switch r.e.Kind {
	case OnAccept:
		return r.accept()
	case OnReject:
		return r.reject()
	case OnDisqualify:
		return r.disqualify()
	case OnReopen:
		return r.takeBack()
	case OnPin:
		return r.pin()
	case OnUnpin:
		return r.unpin()
	case OnNurture:
		return r.nurture()
	case OnConverse:
		return r.converse()
	}
	return r.add()
}

// among reports whether the contact is in one of some stages.
func (r *run) among(stages uint16) bool { return stages>>r.s.Stage&1 == 1 }

// may refuses to change another person's standing decision (domain rule 7).
func (r *run) may() error {
	if r.s.Decision == Undecided || r.e.Admin || r.e.By == r.s.DecidedBy {
		return nil
	}
	return ErrTheirs
}

// decide lets a decision stand from here on. What the model thinks of it is
// judged now: later it would be judged by evidence that nobody had.
func (r *run) decide(d Decision) {
	s := &r.s
	s.Decision, s.DecidedAt, s.DecidedBy, s.WasOver, s.Disagrees = d, 0, 0, false, false
	if d == Undecided {
		return
	}
	s.DecidedAt, s.DecidedBy, s.WasOver = s.At, r.e.By, s.Seen.Over
	s.Disagrees = r.p.differs(s)
}

func (r *run) pin() error {
	if r.s.Stage == Anonymous || r.s.Stage >= Lost {
		return ErrMove
	}
	if err := r.may(); err != nil {
		return err
	}
	r.decide(DecidedPin)
	return nil
}

// unpin leaves the contact to the rules, which have their say at once. A
// disqualification and a loss are taken back by reopening instead, since the
// stage would contradict their release.
func (r *run) unpin() error {
	s := &r.s
	if s.Decision == Undecided || out(s.Stage) || s.Stage == Lost {
		return ErrNothing
	}
	if err := r.may(); err != nil {
		return err
	}
	if s.Decision == DecidedAccept {
		s.Accepted = false
	}
	r.decide(Undecided)
	if err := r.confirm(); err != nil {
		return err
	}
	return r.assess()
}

func (r *run) nurture() error {
	if !r.among(known | 1<<Lost) {
		return ErrMove
	}
	r.mark()
	return nil
}

// converse records a conversation. An attempt that reached nobody is none.
func (r *run) converse() error {
	if r.e.Outcome >= Outcomes {
		return ErrEvent
	}
	if !r.e.Outcome.TwoWay() || r.s.Stage < Lead {
		return nil
	}
	r.s.Talked = true
	return r.confirm()
}

func (r *run) add() error {
	if !r.among(1<<Anonymous | 1<<Subscriber) {
		return ErrMove
	}
	if err := r.may(); err != nil {
		return err
	}
	return r.move(Lead, Added)
}
