package lifecycle

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
