package lifecycle

import (
	"assay/shared/model"
	"assay/shared/profile"
)

// evidence is a submission, or evidence without one.
func (r *run) evidence() error {
	s := &r.s
	s.Seen, s.Touched = r.e.Cell, s.At
	if err := r.reopen(); err != nil {
		return err
	}
	if r.e.Kind == OnSubmit {
		if err := r.convert(); err != nil {
			return err
		}
		s.Asked = s.Asked || Asks(r.e.Form)
	}
	r.wake()
	s.WasOver = s.WasOver && s.Seen.Over
	s.Disagrees = r.p.differs(s)
	return r.assess()
}

// reopen undoes a person's decision where the policy lets new evidence do so.
func (r *run) reopen() error {
	s := &r.s
	if !r.p.reopens(s, r.e) {
		return nil
	}
	r.out.Reopened = s.Decision
	r.decide(Undecided)
	switch {
	case out(s.Stage) && s.Before == Subscriber:
		return r.move(Subscriber, NewEvidence)
	case out(s.Stage) || s.Stage == Lost:
		return r.move(Lead, NewEvidence)
	}
	return nil
}

// convert makes a subscriber or a lead of whoever submits a form (domain rule
// 3). Junk that no person called so proves real this way.
func (r *run) convert() error {
	s := &r.s
	if s.Decision.ends() || s.Stage >= Lead && s.Stage != Junk {
		return nil
	}
	if !r.subscribes() {
		return r.move(Lead, Converted)
	}
	if s.Stage == Subscriber {
		return nil
	}
	return r.move(Subscriber, Subscribed)
}

func (r *run) subscribes() bool {
	return r.e.Form == profile.FormSubscription && !r.p.SubscribersLead
}

// assess makes the move that the rules propose, unless a person's decision or
// the nurturing mark is in the way. Rules never move a contact back here.
func (r *run) assess() error {
	s := &r.s
	if s.Stage != Lead && s.Stage != SalesReady || s.Nurturing || !s.Decision.leaves() {
		return nil
	}
	to, why := r.p.Proposes(s)
	if to <= s.Stage {
		return nil
	}
	return r.move(to, why)
}

// age is time that passed: it may send back and mark, and never promotes.
func (r *run) age() error {
	s := &r.s
	s.Seen = r.e.Cell
	if s.Nurturing {
		s.Coldest = max(s.Coldest, s.Seen.Level)
	}
	s.WasOver = s.WasOver && s.Seen.Over
	if r.p.Recycle.Stalled && (s.Stage == SalesReady || s.Stage == Prospect) && s.Decision.yields() && r.p.Stalled(s, s.At) {
		if err := r.move(Lead, Recycled); err != nil {
			return err
		}
		r.mark()
	}
	if s.Seen.Level >= r.p.Nurture.Level && s.At >= r.p.CoolsAt(s) {
		r.mark()
	}
	return nil
}

// mark marks a contact nurturing.
func (r *run) mark() {
	s := &r.s
	if s.Nurturing {
		return
	}
	s.Nurturing, s.NurturedAt, s.Coldest = true, s.At, s.Seen.Level
	if s.Coldest == 0 {
		s.Coldest = model.Levels // of whom nothing was seen, anything is a rise
	}
	r.out.Marked = true
}

// unmark takes the mark off.
func (r *run) unmark() {
	s := &r.s
	r.out.Woken = r.out.Woken || s.Nurturing
	s.Nurturing, s.NurturedAt, s.Coldest = false, 0, 0
}

// wake takes the mark off when new evidence raised engagement above its
// coldest since, or asks for something (domain rule 9).
func (r *run) wake() {
	s := &r.s
	if !s.Nurturing {
		return
	}
	asked := r.e.Kind == OnSubmit && intents&(1<<r.e.Form) != 0
	if asked || s.Seen.Level != 0 && s.Seen.Level < s.Coldest {
		r.unmark()
		return
	}
	s.Coldest = max(s.Coldest, s.Seen.Level)
}

// suspect puts a visitor of whom there is nothing but suspect evidence before
// a reviewer (domain rule 15). It changes nobody else.
func (r *run) suspect() error {
	if r.s.Stage != Anonymous {
		return nil
	}
	return r.move(Junk, Suspicious)
}
