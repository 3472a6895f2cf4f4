package lead

import (
	"cmp"
	"slices"
	"time"

	"assay/shared/lifecycle"
)

// Standing is what became of a contact so far, which no replay of its evidence
// can tell: models change, and what reps were told stays told.
type Standing struct {
	Stage     string          `json:"stage"`                // of State, as lists and people name it
	Nurturing bool            `json:"nurturing"`            // of State
	State     lifecycle.State `json:"state"`                // its instants in unix seconds
	DecidedBy string          `json:"decided_by,omitempty"` // whose decision stands: a person's id; empty for an import's
	Disagreed int             `json:"disagreed,omitempty"`  // how often a person's decision and the model came to disagree
	AlertedAt time.Time       `json:"alerted_at,omitzero"`  // of the newest alert
	AskTold   time.Time       `json:"ask_told,omitzero"`    // of the newest alert for a form that asks, for the quiet period
	Heat      Heat            `json:"heat,omitzero"`
	StallTold int64           `json:"stall_told,omitempty"` // State.Since of the stay that stalled, and was told of
	StallHeld int64           `json:"stall_held,omitempty"` // State.Since of the stay that stalled, and is to be told of once nothing holds that
	Hold      *Hold           `json:"hold,omitempty"`
	Alarms    []Alarm         `json:"alarms,omitempty"` // that wait, the soonest first
}

// set takes a state over.
func (s *Standing) set(state lifecycle.State) {
	s.State, s.Stage, s.Nurturing = state, state.Stage.String(), state.Nurturing
}

// stand changes the standing. A survivor keeps what happens to it after a merge.
func (l *Lead) stand(change func(*Standing)) {
	change(&l.Standing)
	if l.Own != nil {
		change(l.Own)
	}
}

// own is the standing without what came from members.
func (l *Lead) own() Standing {
	if l.Own != nil {
		return *l.Own
	}
	return l.Standing
}

// same reports whether nothing happened between two standings.
func (s *Standing) same(o *Standing) bool {
	return s.State == o.State && s.DecidedBy == o.DecidedBy && s.AlertedAt.Equal(o.AlertedAt) &&
		slices.EqualFunc(s.Alarms, o.Alarms, sameAlarm)
}

// join gives the standing of two records that are one person's: where a person
// decided last, else the one further on; the newest alert of both. It is the
// same whichever comes first, and however many are joined.
func (s Standing) join(o Standing) Standing {
	if o.outweighs(&s) {
		s, o = o, s
	}
	return s.over(o)
}

// with joins the standing of a contact with that of its members. What a person
// decided on the contact stands against whoever came without a person's doing:
// only people overrule people (domain rule 7).
func (s Standing) with(members []*Lead, of func(*Lead) Standing) Standing {
	var came []Standing
	for _, m := range members {
		if m.Merged.By != "" {
			s = s.join(of(m))
		} else {
			came = append(came, of(m))
		}
	}
	decided := s.State.Decision != lifecycle.Undecided
	for _, o := range came {
		if decided {
			s = s.over(o)
		} else {
			s = s.join(o)
		}
	}
	return s
}

// over joins a standing with one that counts for less.
func (s Standing) over(o Standing) Standing {
	a, b := s.State, &o.State
	a.At, a.Touched = max(a.At, b.At), max(a.Touched, b.Touched)
	if a.Decision == lifecycle.Undecided {
		a.Asked, a.Talked, a.Accepted = a.Asked || b.Asked, a.Talked || b.Talked, a.Accepted || b.Accepted
	}
	s.set(a)
	if o.AlertedAt.After(s.AlertedAt) {
		s.AlertedAt = o.AlertedAt
	}
	if o.AskTold.After(s.AskTold) {
		s.AskTold = o.AskTold
	}
	if o.Heat.At.After(s.Heat.At) {
		s.Heat.At = o.Heat.At
	}
	s.Heat.Peak = max(s.Heat.Peak, o.Heat.Peak)
	s.Disagreed = max(s.Disagreed, o.Disagreed)
	s.Alarms = joinAlarms(s.Alarms, o.Alarms)
	return s
}

// outweighs orders standings, so that of any two one counts.
func (s *Standing) outweighs(o *Standing) bool {
	a, b := &s.State, &o.State
	return cmp.Or(cmp.Compare(a.DecidedAt, b.DecidedAt), cmp.Compare(a.Decision, b.Decision), cmp.Compare(rank(a.Stage), rank(b.Stage)),
		cmp.Compare(b.Since, a.Since), cmp.Compare(b.NurturedAt, a.NurturedAt), cmp.Compare(a.Before, b.Before),
		cmp.Compare(a.Touched, b.Touched), cmp.Compare(s.DecidedBy, o.DecidedBy)) > 0
}

// rank orders stages for a join: junk that nobody called so is nothing.
func rank(s lifecycle.Stage) int {
	if s == lifecycle.Junk {
		return -1
	}
	return int(s)
}
