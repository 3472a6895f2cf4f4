package lifecycle

// Reason is why a contact moved. Numbers are stored: none is given a second
// meaning.
type Reason uint8

// The reasons of moves.
const (
	NoReason          Reason = iota
	Converted                // submitted a form that makes leads
	Subscribed               // submitted a subscription form
	HandRaise                // asked for a demo, quote, appointment or contact, and fits
	Qualified                // over the thresholds, with explicit interest
	OverThreshold            // over the thresholds, without explicit interest
	Suspicious               // nothing but suspect evidence: for review
	NewEvidence              // evidence reopened what a person had decided, as the site's policy says
	Recycled                 // stalled, and back to marketing, as the site's policy says
	RepAccepted              // a rep took it on
	TalkedAndAccepted        // a two-way conversation, and a rep's accept
	RepReopened              // a person took back a disqualification or a loss
	Released                 // a reviewer found it genuine
	Added                    // a person added the contact
	Brought                  // an import brought it in at this stage
	Merged                   // the other record of a merge was further on
	DealOpened               // an opportunity was opened
	DealWon                  // the opportunity was won
	DealLost                 // the opportunity was lost, no code given
	NoNeed                   // the codes of a person's disqualify, reject and lose begin here
	NoBudget
	NoAuthority
	BadTiming
	LowPriority
	TooManyCompetitors
	WrongIndustry
	WrongTerritory
	Competitor
	Student // or job seeker
	Spam
	Other
	Test    // somebody of the site's own, trying
	Reasons // how many there are
)

const reasonNames = "- converted subscribed hand_raise qualified over_thresholds suspicious new_evidence recycled " +
	"accepted talked_and_accepted reopened released added imported merged deal_opened won lost " +
	"no_need no_budget no_authority bad_timing low_priority too_many_competitors wrong_industry wrong_territory " +
	"competitor student spam other test "

// String gives the reason's code in the API, or "" for none and for a number
// without one.
func (r Reason) String() string {
	if r == NoReason {
		return ""
	}
	return nth(reasonNames, uint8(r))
}

// Codes are the reasons that a person may give to disqualify, reject or lose,
// one bit each.
const Codes uint64 = 1<<(Other+1) - 1<<NoNeed

// CodeOf gives the reason of a code that a person gives; ok is false when it
// is none of Codes.
func CodeOf(code string) (r Reason, ok bool) {
	r = Reason(place(reasonNames, code, uint8(Reasons)))
	if !r.isCode() {
		return NoReason, false
	}
	return r, true
}

func (r Reason) isCode() bool { return r < Reasons && Codes>>r&1 == 1 }

// Cause is who or what moved a contact.
type Cause uint8

// The causes.
const (
	ByRule   Cause = iota // the model and the site's policy
	ByRep                 // a person who works with the contact
	ByImport              // a file that was read in
	ByReview              // the review of held and suspect contacts
	Causes                // how many there are
)

const causeNames = "rule rep import review "

// String gives the cause's name in the API, or "" for a number without one.
func (c Cause) String() string { return nth(causeNames, uint8(c)) }
