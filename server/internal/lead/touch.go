package lead

import "time"

// Verdict is what a touch's evidence is worth.
type Verdict string

// The verdicts of domain rule 15.
const (
	Verified   Verdict = "verified"   // replayed, and the claim is the server's score
	Corrected  Verdict = "corrected"  // replayed, and the claim differs: the server's score counts
	Unverified Verdict = "unverified" // evidence or session missing for honest reasons
	Suspect    Verdict = "suspect"    // not plausible: stored, scored alone, for review
)

// Touch is one delivery from the widget, as it was accepted. It is never
// changed: together with people's actions, touches are the record that a lead
// can be rebuilt from.
type Touch struct {
	ID       string            `json:"id"`
	Site     string            `json:"site"`
	Type     string            `json:"type"` // submit or import
	Visitor  string            `json:"visitor,omitempty"`
	At       time.Time         `json:"at"`       // when it happened, by the sender
	Received time.Time         `json:"received"` // when the server had it
	Form     string            `json:"form"`
	FormKind string            `json:"form_kind"` // after the site's settings
	Page     string            `json:"page,omitempty"`
	Referrer string            `json:"referrer,omitempty"`
	UTM      map[string]string `json:"utm,omitempty"`
	Profile  map[string]string `json:"profile,omitempty"` // by field
	Answers  map[string]string `json:"answers,omitempty"`
	Visits   []Visit           `json:"visits,omitempty"`
	Model    string            `json:"model,omitempty"` // version that the claim was made under
	Claim    *Claim            `json:"claim,omitempty"`
	Score    *Claim            `json:"score,omitempty"` // the server's own, of this touch alone
	Verdict  Verdict           `json:"verdict"`
	Findings []Finding         `json:"findings,omitempty"` // what made it suspect or unverified
	Objected bool              `json:"objected,omitempty"` // the visitor objects to being scored
	Sample   bool              `json:"sample,omitempty"`
	Import   *Import           `json:"import,omitempty"` // of a row of a file alone
}

// Claim is a score of one touch alone, at its last signal.
type Claim struct {
	Engagement uint8  `json:"engagement"`
	Fit        uint8  `json:"fit"`
	Band       string `json:"band"`
}

// Visit is one visit's evidence under its signed session.
type Visit struct {
	Session string `json:"session"` // the session's id, not its signature
	Start   int64  `json:"start"`   // unix seconds
	Log     []byte `json:"log"`
	// Of is the lead that the session belonged to when the touch came, where
	// that was not the touch's own: its evidence counts for that lead.
	Of string `json:"of,omitempty"`
}
