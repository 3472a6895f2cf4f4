package lifecycle

import (
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// Kind is what happened to a contact.
type Kind uint8

// The kinds of event. Those from OnAccept on are people's acts and are refused
// where they make no sense; of the others only an import is, when it says
// something impossible.
const (
	OnSubmit  Kind = iota // a form was submitted: Form, Cell
	OnScore               // evidence without a form changed the score: Cell
	OnAge                 // time passed, or another model was published: Cell as of now
	OnSuspect             // a contact has nothing but suspect evidence
	OnMerge               // another record was merged into this one: To is its stage, Cell that of both, Form one by which it asked
	OnImport              // a file names the contact: To is the stage it says, Reason a code where it says one

	OnAccept     // a rep takes the contact on
	OnReject     // a rep gives it back: Reason
	OnDisqualify // a person rules it out: Reason
	OnReopen     // a person takes back a disqualification, loss, rejection or nurturing mark
	OnPin        // a person fixes the stage
	OnUnpin      // a person leaves the stage to the rules again: any decision is released
	OnNurture    // a person marks it nurturing
	OnConverse   // a conversation, or the attempt, was recorded: Outcome
	OnOpen       // an opportunity was opened
	OnWin        // the opportunity was won
	OnLose       // the opportunity was lost: Reason, or none
	OnAdd        // a person added the contact by hand
	OnRelease    // a reviewer found a held or suspect contact genuine: Form where it is known
	OnJunk       // a reviewer found it spam or a test: Reason, or none for spam
	Kinds        // how many there are
)

const kindNames = "submit score age suspect merge import accept reject disqualify reopen pin unpin nurture " +
	"converse open_opportunity win lose add release junk "

// String gives the kind's name, for people's acts that of the API's action; ""
// for a number without one.
func (k Kind) String() string { return nth(kindNames, uint8(k)) }

// KindOf gives the kind of a name; ok is false when there is none.
func KindOf(name string) (k Kind, ok bool) {
	k = Kind(place(kindNames, name, uint8(Kinds)))
	return k, k < Kinds
}

// Human reports whether an event is a person's act.
func (k Kind) Human() bool { return k >= OnAccept && k < Kinds }

// Event is one thing that happened, and what is needed to judge it.
type Event struct {
	Kind    Kind
	At      int64            // unix seconds; one before the state's newest counts as at that instant
	By      uint32           // whose act: the caller's number for a person
	Admin   bool             // the person may change what others decided
	Form    profile.FormKind // of OnSubmit, OnMerge and OnRelease
	Cell    Cell             // of OnSubmit, OnScore, OnAge and OnMerge
	Outcome Outcome          // of OnConverse
	Reason  Reason           // of OnReject, OnDisqualify, OnLose, OnJunk, OnImport
	To      Stage            // of OnImport and OnMerge
}

// Cell is what the lifecycle needs of a score. The zero Cell is that of a
// contact that is not scored.
type Cell struct {
	Fit    uint8         `json:"fit"`   // 0 to 100
	Level  uint8         `json:"level"` // of engagement, 1 (most) to 4; 0: not scored
	Over   bool          `json:"over"`  // over the model's thresholds
	Intent score.Intent  `json:"intent"`
	Gates  model.GateBit `json:"gates"`
}

// CellOf takes the cell from a score.
func CellOf(r *score.Result) Cell {
	return Cell{Fit: r.Fit, Level: r.Level, Over: r.Over, Intent: r.Intent, Gates: r.Gates}
}

// Asks reports whether a form is a hand-raise: an explicit ask for a person.
func Asks(k profile.FormKind) bool { return profile.HandRaise&(1<<k) != 0 }

// Outcome is how a conversation, or the attempt at one, ended.
type Outcome uint8

// The outcomes of the API.
const (
	Connected Outcome = iota
	Replied
	LeftMessage
	NoAnswer
	NoShow
	Outcomes // how many there are
)

const outcomeNames = "connected replied left_message no_answer no_show "

// String gives the outcome's name in the API, or "" for a number without one.
func (o Outcome) String() string { return nth(outcomeNames, uint8(o)) }

// OutcomeOf gives the outcome of a name; ok is false when there is none.
func OutcomeOf(name string) (o Outcome, ok bool) {
	o = Outcome(place(outcomeNames, name, uint8(Outcomes)))
	return o, o < Outcomes
}

// TwoWay reports whether both sides spoke: a voicemail is no conversation.
func (o Outcome) TwoWay() bool { return o == Connected || o == Replied }
