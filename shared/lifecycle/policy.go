package lifecycle

import "assay/shared/profile"

// Promotion says what makes a prospect.
type Promotion uint8

// The promotion policies of domain rule 4.
const (
	Automatic  Promotion = iota // thresholds and explicit interest do
	Confirmed                   // a two-way conversation and a rep's accept do; thresholds make a sales-ready lead
	Promotions                  // how many there are
)

const promotionNames = "automatic confirmed "

// String gives the policy's name, or "" for a number without one.
func (p Promotion) String() string { return nth(promotionNames, uint8(p)) }

// PromotionOf gives the promotion of a name; ok is false when there is none.
func PromotionOf(name string) (p Promotion, ok bool) {
	p = Promotion(place(promotionNames, name, uint8(Promotions)))
	return p, p < Promotions
}

// Policy is what a site chooses. The zero value is the automatic policy in
// which everybody who asks is a prospect, nothing stalls, and nothing but
// people reopens, recycles or marks. Durations are seconds.
type Policy struct {
	Promotion       Promotion
	HandRaiseFit    uint8         // lowest fit at which a hand-raise promotes
	SubscribersLead bool          // subscription forms make leads too
	Stall           [Stages]int64 // longest stay in each stage; 0: it never stalls
	Reopen          Reopening
	Nurture         Nurturing
	Recycle         Recycling
}

// Reopening says which decisions of people new evidence may undo, and what is
// new evidence. Passing time alone never is, and a contact that a gate holds
// stays as it was decided.
type Reopening struct {
	Decisions  uint8 // one bit for each Decision that evidence may reopen
	IntentForm bool  // a hand-raise or trial form counts
	Over       bool  // a cell that rose over the thresholds since the decision counts
	After      int64 // not before so long after the decision
}

// Nurturing says when rules mark a lead nurturing.
type Nurturing struct {
	Level uint8 // engagement levels from this one to 4 are cold; 0: rules never mark
	After int64 // cold leads are marked so long after their newest evidence
}

// Recycling says what goes back to lead, marked nurturing.
type Recycling struct {
	Stalled  bool // sales-ready leads and prospects that stall, unless a person decided on them
	Rejected bool // what a rep rejects is marked
}

// intents are the forms that count as explicit interest.
const intents = profile.HandRaise | profile.Trial

// reopens reports whether evidence undoes the standing decision.
func (p *Policy) reopens(s *State, e *Event) bool {
	r := &p.Reopen
	if s.Decision == Undecided || r.Decisions>>s.Decision&1 == 0 || s.At-s.DecidedAt < r.After || s.held() {
		return false
	}
	asked := r.IntentForm && e.Kind == OnSubmit && intents&(1<<e.Form) != 0
	return asked || r.Over && s.Seen.Over && !s.WasOver
}

// held reports whether a gate holds the contact.
func (s *State) held() bool { return s.Seen.Gates&^s.Cleared != 0 }

// Proposes gives the stage that the rules alone would give to a contact in the
// funnel, Lead, SalesReady or Prospect, and why. Reading, downloading and
// subscribing alone never make a prospect, whatever the points (domain rule 5).
func (p *Policy) Proposes(s *State) (Stage, Reason) {
	asked := s.Asked && s.Seen.Fit >= p.HandRaiseFit
	why := OverThreshold
	switch {
	case s.held() || !asked && !s.Seen.Over:
		return Lead, NoReason
	case asked:
		why = HandRaise
	case s.Seen.Intent != 0:
		why = Qualified
	}
	if why == OverThreshold || p.Promotion == Confirmed {
		return SalesReady, why
	}
	return Prospect, why
}

// differs reports whether the standing decision and the rules disagree
// (domain rule 7).
func (p *Policy) differs(s *State) bool {
	proposed, _ := p.Proposes(s)
	switch s.Decision {
	case DecidedReject, DecidedDisqualify:
		return proposed > Lead
	case DecidedAccept:
		return proposed == Lead
	case DecidedReopen:
		return s.held()
	case DecidedPin:
		return s.Stage >= Lead && s.Stage <= Prospect && s.Stage != proposed
	}
	return false
}
