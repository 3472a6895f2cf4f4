// Package lifecycle decides where a contact stands: the stages, the moves
// between them, and the policy that makes a prospect. Like the engine it is a
// pure function without clock, I/O or allocation.
package lifecycle

// Stage is where a contact stands.
type Stage uint8

// The stages, in the order of the funnel; the last two are out of it.
const (
	Anonymous Stage = iota
	Subscriber
	Lead
	SalesReady
	Prospect
	Opportunity
	Customer
	Lost
	Disqualified
	Junk
	Stages // how many there are
)

const stageNames = "anonymous subscriber lead sales_ready prospect opportunity customer lost disqualified junk "

// String gives the stage's name in the API, or "" for a number without one.
func (s Stage) String() string {
	start, at := 0, Stage(0)
	for i := 0; i < len(stageNames); i++ {
		if stageNames[i] != ' ' {
			continue
		}
		if at == s {
			return stageNames[start:i]
		}
		at++
		start = i + 1
	}
	return ""
}

// StageOf gives the stage of a name; ok is false when there is none.
func StageOf(name string) (s Stage, ok bool) {
	for s = 0; s < Stages; s++ {
		if s.String() == name {
			return s, true
		}
	}
	return Anonymous, false
}

// Reason is why a contact moved.
type Reason uint8

// The reasons of moves that rules make.
const (
	NoReason      Reason = iota
	Converted            // submitted a form that makes leads
	Subscribed           // submitted a subscription form
	HandRaise            // asked for a demo, quote, appointment or contact, and fits
	Qualified            // over the thresholds, with explicit interest
	OverThreshold        // over the thresholds, without explicit interest
	Suspicious           // nothing but suspect evidence: for review
	Reasons              // how many there are
)

const reasonNames = "- converted subscribed hand_raise qualified over_thresholds suspicious "

// String gives the reason's code in the API, or "" for a number without one.
func (r Reason) String() string {
	start, at := 0, Reason(0)
	for i := 0; i < len(reasonNames); i++ {
		if reasonNames[i] != ' ' {
			continue
		}
		if at == r && at != NoReason {
			return reasonNames[start:i]
		}
		at++
		start = i + 1
	}
	return ""
}

// moves holds, for each stage, the stages that it may move to, one bit each.
// Nobody skips from outside the funnel into its middle: who comes back, comes
// back as a lead, and an opportunity needs a prospect.
var moves = [Stages]uint16{
	Anonymous:    to(Subscriber, Lead, Junk),
	Subscriber:   to(Lead, Disqualified, Junk),
	Lead:         to(SalesReady, Prospect, Disqualified, Junk),
	SalesReady:   to(Lead, Prospect, Disqualified, Junk),
	Prospect:     to(Lead, Opportunity, Disqualified, Junk),
	Opportunity:  to(Prospect, Customer, Lost),
	Customer:     to(Opportunity),
	Lost:         to(Lead, Opportunity),
	Disqualified: to(Lead, Subscriber),
	Junk:         to(Lead, Subscriber),
}

func to(stages ...Stage) (set uint16) {
	for _, s := range stages {
		set |= 1 << s
	}
	return set
}

// Allowed reports whether a contact may move from one stage to another.
func Allowed(from, to Stage) bool {
	return from < Stages && to < Stages && moves[from]>>to&1 == 1
}
