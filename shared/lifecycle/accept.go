package lifecycle

// accept is a rep taking the contact on.
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

// reject is a rep giving the contact back to marketing.
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
