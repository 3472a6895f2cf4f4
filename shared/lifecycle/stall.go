package lifecycle

// Never is the instant of what will not happen.
const Never int64 = 1<<63 - 1

// StallsAt gives the first instant at which a contact stalls if nothing
// happens: Never where the policy sets no time for its stage, and while it is
// marked nurturing, since the automated track has it then.
func (p *Policy) StallsAt(s *State) int64 {
	if s.Stage >= Stages || s.Nurturing {
		return Never
	}
	return after(s.Since, p.Stall[s.Stage])
}

// Stalled reports whether a contact has stayed in its stage longer than the
// policy allows.
func (p *Policy) Stalled(s *State, now int64) bool { return now >= p.StallsAt(s) }

// CoolsAt gives the first instant at which an OnAge event marks a contact
// nurturing if its engagement is cold by then, else Never.
func (p *Policy) CoolsAt(s *State) int64 {
	if s.Stage != Lead || s.Nurturing || p.Nurture.Level == 0 || !s.Decision.yields() {
		return Never
	}
	return max(s.Touched, s.Since) + p.Nurture.After
}

// after gives the first instant at which more than d seconds have passed since
// another, Never where d is 0.
func after(since, d int64) int64 {
	if d <= 0 {
		return Never
	}
	return since + d + 1
}
