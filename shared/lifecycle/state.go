package lifecycle

import "assay/shared/model"

// State is all that the machine knows of a contact. The zero value is an
// anonymous visitor. Instants are unix seconds, 0 for never. It is meant to be
// stored as it is; only Step changes it.
type State struct {
	Stage   Stage `json:"stage"`
	Since   int64 `json:"since"`            // when it entered the stage
	At      int64 `json:"at"`               // of the newest event
	Touched int64 `json:"touched"`          // of the newest evidence
	Before  Stage `json:"before,omitempty"` // while disqualified or junk: the stage that an undo gives back
	Seen    Cell  `json:"seen"`             // the newest score

	// What happened since it last became a lead.
	Asked    bool `json:"asked,omitempty"`    // by a hand-raise
	Talked   bool `json:"talked,omitempty"`   // a two-way conversation was recorded
	Accepted bool `json:"accepted,omitempty"` // by a rep

	Nurturing  bool  `json:"nurturing,omitempty"`
	NurturedAt int64 `json:"nurtured_at,omitempty"` // kept through a disqualification, for its undo
	Coldest    uint8 `json:"coldest,omitempty"`     // highest engagement level since then: better than this is a rise

	Decision  Decision      `json:"decision,omitempty"` // of a person, standing
	DecidedAt int64         `json:"decided_at,omitempty"`
	DecidedBy uint32        `json:"decided_by,omitempty"` // Event.By
	WasOver   bool          `json:"was_over,omitempty"`   // over the thresholds when it was decided, and ever since
	Disagrees bool          `json:"disagrees,omitempty"`  // the model saw it otherwise, at the decision or on evidence since
	Cleared   model.GateBit `json:"cleared,omitempty"`    // gates that a reviewer found harmless here
}

// Decision is a person's word on where a contact stands. It stands until that
// person or an admin changes it, or new evidence does where Reopening permits.
// Numbers are stored: none is given a second meaning.
type Decision uint8

// The decisions.
const (
	Undecided Decision = iota
	DecidedAccept
	DecidedReject
	DecidedDisqualify
	DecidedReopen
	DecidedPin
	DecidedLose
	Decisions // how many there are
)

const decisionNames = "none accepted rejected disqualified reopened pinned lost "

// String gives the decision's name, or "" for a number without one.
func (d Decision) String() string { return nth(decisionNames, uint8(d)) }

// DecisionOf gives the decision of a name; ok is false when there is none.
func DecisionOf(name string) (d Decision, ok bool) {
	d = Decision(place(decisionNames, name, uint8(Decisions)))
	return d, d < Decisions
}

// leaves reports whether rules may still promote a contact.
func (d Decision) leaves() bool {
	return d == Undecided || d == DecidedAccept || d == DecidedReopen
}

// yields reports whether rules may send a contact back or mark it nurturing.
func (d Decision) yields() bool { return d == Undecided || d == DecidedReject }

// ends reports whether a submission does not even make a lead.
func (d Decision) ends() bool {
	return d == DecidedDisqualify || d == DecidedPin || d == DecidedLose
}
