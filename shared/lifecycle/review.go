package lifecycle

// review is a reviewer's word on a held or suspect contact.
func (r *run) review() error {
	if r.e.Kind == OnJunk {
		return r.discard()
	}
	s := &r.s
	if !r.among(1<<Anonymous | known | 1<<Junk) {
		return ErrMove
	}
	s.Cleared |= s.Seen.Gates
	if s.Stage != Junk {
		return r.assess()
	}
	if err := r.may(); err != nil {
		return err
	}
	r.decide(DecidedReopen)
	to := r.before()
	if s.Before == Anonymous && r.subscribes() {
		to = Subscriber
	}
	if err := r.move(to, Released); err != nil {
		return err
	}
	return r.assess()
}

// discard calls a contact spam or a test.
func (r *run) discard() error {
	why := r.e.Reason
	if why == NoReason {
		why = Spam
	}
	switch {
	case why != Spam && why != Test:
		return ErrReason
	case !r.among(1<<Anonymous | known | 1<<Junk):
		return ErrMove
	}
	if err := r.may(); err != nil {
		return err
	}
	r.decide(DecidedDisqualify)
	if r.s.Stage == Junk {
		return nil
	}
	return r.move(Junk, why)
}
