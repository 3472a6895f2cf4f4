package lead

import "time"

// Event is something that reps hear of. It holds no contact data: who it is
// about is looked up when it is delivered, so that erasing the lead is enough.
type Event struct {
	ID   string    `json:"id"`   // from lead, cause and kind: a repeat has the same
	Type string    `json:"type"` // alert or lead
	Lead string    `json:"lead"`
	At   time.Time `json:"at"`
	// Whom it is for: people by id and by role, everybody when neither is given;
	// never those in Except.
	For    []string `json:"for,omitempty"`
	Roles  []string `json:"roles,omitempty"`
	Except []string `json:"except,omitempty"`
	Alert  *Alert   `json:"alert,omitempty"`
	Change *Change  `json:"change,omitempty"`

	fresh bool // not saved yet: Save finds out whom it is for
}

// Types of events.
const (
	TypeAlert = "alert"
	TypeLead  = "lead"
)

// Kinds of alerts that this server sends.
const (
	KindProspect  = "prospect"
	KindHandRaise = "hand_raise"
	KindHeated    = "heated"
	KindStalled   = "stalled"
	KindFollowUp  = "follow_up"
	KindLive      = "live"
)

// AlertKinds are all of them.
var AlertKinds = []string{KindProspect, KindHandRaise, KindHeated, KindStalled, KindFollowUp, KindLive}

// Alert is what a rep needs to act, but for who it is and who has it.
type Alert struct {
	Kind      string   `json:"kind"`
	Quiet     bool     `json:"quiet"` // for the list, without a sound
	Form      string   `json:"form"`
	Page      string   `json:"page"`
	Stage     string   `json:"stage"`
	Grade     string   `json:"grade"`
	Band      string   `json:"band"`
	Verdict   Verdict  `json:"verdict"`
	Reasons   []Reason `json:"reasons"`   // the three strongest
	Questions []string `json:"questions"` // of the open criteria
	Held      []string `json:"held,omitempty"`
	// Escalation says to whom an ask goes that nobody took: AlarmEverybody or AlarmAdmins.
	Escalation string `json:"escalation,omitempty"`
	Why        string `json:"reason,omitempty"` // of a follow-up: ReasonReminder, ReasonSnoozed or ReasonReview
	Action     string `json:"action,omitempty"` // of a follow-up: the action that asked for it, whose words are Lead.Wrote
}

// Reason is one line of the score in words.
type Reason struct {
	Label  string `json:"label"`
	Points int    `json:"points"`
}

// Change tells that a lead got or lost its owner, or stands elsewhere.
type Change struct {
	What  string `json:"change"` // claimed, released or moved
	Owner string `json:"owner"`
	Stage string `json:"stage"`
	Grade string `json:"grade"`
	Band  string `json:"band"`
}
