package lifecycle

// run is one event on its way: it works on a copy, so that a refusal changes
// nothing.
type run struct {
	p   *Policy
	s   State
	e   *Event
	out *Plan
}

// Step lets an event happen: it brings the state up to date and gives the
// moves to record. A Refusal leaves the state as it was and the plan empty.
// The same events under the same policies always give the same state.
func (p *Policy) Step(s *State, e *Event, out *Plan) error {
	*out = Plan{}
	if s.Stage >= Stages || s.Decision >= Decisions || e.Kind >= Kinds || p.Promotion >= Promotions {
		return ErrEvent
	}
	r := run{p: p, s: *s, e: e, out: out}
	r.s.At = max(s.At, e.At)
	out.At = r.s.At
	if err := r.happen(); err != nil {
		*out = Plan{}
		return err
	}
	out.Disagrees = r.s.Disagrees && !s.Disagrees
	*s = r.s
	return nil
}

func (r *run) happen() error {
	switch r.e.Kind {
	case OnSubmit, OnScore:
		return r.evidence()
	case OnAge:
		return r.age()
	case OnSuspect:
		return r.suspect()
	case OnMerge:
		return r.merge()
	case OnImport:
		return r.bring()
	case OnOpen, OnWin, OnLose:
		return r.deal()
	case OnRelease, OnJunk:
		return r.review()
	}
	return r.person()
}

// move makes one move of the table and records it.
func (r *run) move(to Stage, why Reason) error {
	row := find(r.s.Stage, to, r.e.Kind, r.p.Promotion, why)
	if row == nil || r.out.N == MaxMoves {
		return ErrMove
	}
	r.out.List[r.out.N] = Move{From: r.s.Stage, To: to, Cause: row.Cause, Reason: why}
	r.out.N++
	r.arrive(to)
	return nil
}

// arrive keeps what a state says of the past true in the stage that it enters.
func (r *run) arrive(to Stage) {
	s := &r.s
	from := s.Stage
	undone := out(from) && (r.e.Kind == OnReopen || r.e.Kind == OnRelease)
	switch {
	case out(to):
		s.Before, s.Nurturing = from, false
	case undone:
		s.Before, s.Nurturing = Anonymous, s.NurturedAt != 0
	default:
		s.Before = Anonymous
		if to == Lead {
			s.Asked, s.Talked, s.Accepted = false, false, false
		}
		if to > Lead || from >= Lost {
			r.unmark()
		}
	}
	s.Stage, s.Since = to, s.At
}

// out reports whether a stage is out of the funnel.
func out(s Stage) bool { return s == Disqualified || s == Junk }

// toward walks the funnel up to a stage and records each stage on the way. It
// does nothing for a contact that is there or further on.
func (r *run) toward(to Stage, why Reason) error {
	for ahead(to, r.s.Stage) {
		if err := r.move(r.next(to), why); err != nil {
			return err
		}
	}
	return nil
}

// ahead reports whether a stage of the funnel is further on than the one where
// a contact is. Whoever is out of the funnel begins it again.
func ahead(to, at Stage) bool {
	if out(at) {
		return to < Disqualified
	}
	return to > at && !(at == Customer && to == Lost)
}

// next gives the next stage on the way to another. Sales-ready is a stage on
// the way where the policy makes it one.
func (r *run) next(to Stage) Stage {
	switch at := r.s.Stage; {
	case to == Subscriber:
		return Subscriber
	case at < Lead || out(at):
		return Lead
	case at == Lead && (to == SalesReady || r.p.Promotion == Confirmed):
		return SalesReady
	case at < Prospect:
		return Prospect
	case at == Prospect:
		return Opportunity
	}
	return to
}
