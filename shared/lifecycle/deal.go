package lifecycle

// deal opens or ends an opportunity. Another person's pin or rejection stands
// in its way as in that of any other act; an accept does not, since how a deal
// ends is a fact and no opinion.
func (r *run) deal() error {
	s := &r.s
	if s.Decision == DecidedPin || s.Decision == DecidedReject {
		if err := r.may(); err != nil {
			return err
		}
	}
	switch r.e.Kind {
	case OnOpen:
		return r.open()
	case OnWin:
		return r.move(Customer, DealWon)
	}
	why := r.e.Reason
	if why == NoReason {
		why = DealLost
	} else if !why.isCode() {
		return ErrReason
	}
	r.decide(DecidedLose)
	return r.move(Lost, why)
}

// open opens an opportunity. A lead jumps: opening is the rep's accept, and
// under the confirmed policy there must have been a conversation as well.
func (r *run) open() error {
	s := &r.s
	if !r.among(working | 1<<Customer | 1<<Lost) {
		return ErrMove
	}
	if r.among(unready | 1<<Lost) {
		if err := r.may(); err != nil {
			return err
		}
	}
	if r.among(unready) {
		if r.p.Promotion == Confirmed && !s.Talked {
			return ErrTalk
		}
		r.decide(DecidedAccept)
		s.Accepted = true
	}
	if s.Stage == Lost {
		r.decide(Undecided)
	}
	if s.Stage == Customer || s.Stage == Lost {
		return r.move(Opportunity, DealOpened)
	}
	return r.toward(Opportunity, DealOpened)
}
