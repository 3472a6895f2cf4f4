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

func (r *run) accept() error {
	if !r.among(working) {
		return ErrMove
	}
	if err := r.may(); err != nil {
		return err
	}
	r.decide(DecidedAccept)
	r.s.Accepted = true
	r.unmark()
	switch {
	case r.s.Stage == Prospect:
		return nil
	case r.p.Promotion == Automatic:
		return r.move(Prospect, RepAccepted)
	case r.s.Stage == Lead:
		if err := r.move(SalesReady, RepAccepted); err != nil {
			return err
		}
	}
	return r.confirm()
}

// confirm makes the prospect of the confirmed policy, once there is both a
// conversation and an accept (domain rule 4).
func (r *run) confirm() error {
	s := &r.s
	if r.p.Promotion != Confirmed || s.Stage != SalesReady || !s.Talked || !s.Accepted || !s.Decision.leaves() {
		return nil
	}
	return r.move(Prospect, TalkedAndAccepted)
}

func (r *run) reject() error {
	if !r.among(working) {
		return ErrMove
	}
	if !r.e.Reason.isCode() {
		return ErrReason
	}
	if err := r.may(); err != nil {
		return err
	}
	s := &r.s
	r.decide(DecidedReject)
	if s.Stage != Lead {
		if err := r.move(Lead, r.e.Reason); err != nil {
			return err
		}
	}
	s.Asked, s.Talked, s.Accepted = false, false, false
	if r.p.Recycle.Rejected {
		r.mark()
	}
	return nil
}

// disqualify rules a contact out; spam is junk (domain rule 6).
func (r *run) disqualify() error {
	if !r.among(known) {
		return ErrMove
	}
	if !r.e.Reason.isCode() {
		return ErrReason
	}
	if err := r.may(); err != nil {
		return err
	}
	r.decide(DecidedDisqualify)
	if r.e.Reason == Spam {
		return r.move(Junk, Spam)
	}
	return r.move(Disqualified, r.e.Reason)
}

// takeBack undoes a disqualification, a loss, a rejection or a nurturing mark.
func (r *run) takeBack() error {
	s := &r.s
	rested := r.among(known) && (s.Nurturing || s.Decision == DecidedReject)
	if !out(s.Stage) && s.Stage != Lost && !rested {
		return ErrMove
	}
	if err := r.may(); err != nil {
		return err
	}
	r.decide(DecidedReopen)
	switch {
	case out(s.Stage):
		return r.move(r.before(), RepReopened)
	case s.Stage == Lost:
		return r.move(Lead, RepReopened)
	}
	r.unmark()
	return nil
}

// before gives the stage that an undo leads back to. Who was nobody before is
// a lead: a person knows them now.
func (r *run) before() Stage {
	if r.s.Before >= Subscriber && r.s.Before <= Prospect {
		return r.s.Before
	}
	return Lead
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
