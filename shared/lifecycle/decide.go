package lifecycle

import (
	"assay/shared/profile"
	"assay/shared/score"
)

// Facts is what the automatic policy decides from, after a submit.
type Facts struct {
	Stage        Stage
	Form         profile.FormKind // of the form just submitted
	Score        *score.Result    // of the contact, the submit counted
	HandRaiseFit uint8            // lowest fit at which a hand-raise makes a prospect
}

// Step is one move.
type Step = Move

func (p *Plan) move(from Stage, to Stage, why Reason) Stage {
	p.List[p.N] = Move{From: from, To: to, Reason: why}
	p.N++
	return to
}

// Decide is the automatic policy of domain rules 1 to 5. A contact that a gate
// holds becomes a lead and no more; what a person decided (disqualified,
// opportunity and all that follows) stays.
func Decide(f *Facts, p *Plan) {
	p.N = 0
	at := f.Stage
	switch at {
	case Anonymous, Junk:
		if f.Form == profile.FormSubscription {
			p.move(at, Subscriber, Subscribed)
			return
		}
		at = p.move(at, Lead, Converted)
	case Subscriber:
		if f.Form == profile.FormSubscription {
			return
		}
		at = p.move(at, Lead, Converted)
	case Lead, SalesReady:
	default:
		return
	}
	if f.Score.Gates != 0 {
		return
	}
	to, why := qualify(f)
	if to > at {
		p.move(at, to, why)
	}
}

// qualify says where a lead that nothing holds belongs. Reading, downloading
// and subscribing alone never make a prospect, whatever the points (rule 5).
func qualify(f *Facts) (Stage, Reason) {
	s := f.Score
	switch {
	case Asks(f.Form) && s.Fit >= f.HandRaiseFit:
		return Prospect, HandRaise
	case s.Over && s.Intent != 0:
		return Prospect, Qualified
	case s.Over:
		return SalesReady, OverThreshold
	}
	return Lead, NoReason
}
