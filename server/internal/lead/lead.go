// Package lead is the aggregate: one person's record at any stage, with its
// evidence, history and outbox. Its methods are pure; stores keep the record
// as one document and write it conditionally on the revision that was read.
package lead

import "time"

// Lead is one contact's record.
type Lead struct {
	ID   string `json:"id"` // the instant that it began and 80 bits that nobody can guess
	Site string `json:"site"`
	Rev  int64  `json:"rev"` // counts writes; 0 before the first

	Standing
	Own     *Standing `json:"own,omitempty"`     // without what it owes to its members; nil while it has none
	Merged  *Merged   `json:"merged,omitempty"`  // the contact is part of another; its record rests as it was
	Members []string  `json:"members,omitempty"` // contacts that were merged into this one, ascending

	Verdict Verdict `json:"verdict"` // of the newest touch that counts
	Owner   string  `json:"owner"`   // a person's id; empty: nobody's
	Sample  bool    `json:"sample,omitempty"`
	// Objected: the contact objected to being scored, and is not again unless an admin takes that back.
	Objected bool `json:"objected,omitempty"`

	Profile map[string]string `json:"profile"`          // by field, newest answer
	Domain  string            `json:"domain,omitempty"` // of a business mail address, lower case: what colleagues share
	// Replaced are values that people replaced, by field: a form that says one again says nothing.
	Replaced map[string][]string `json:"replaced,omitempty"`
	Said     time.Time           `json:"said"` // when the profile was last said
	Answers  map[string]string   `json:"answers,omitempty"`
	Forms    uint16              `json:"forms"` // profile.Forms: kinds submitted

	Form      string    `json:"form"` // of the newest touch
	FormKind  string    `json:"form_kind"`
	Page      string    `json:"page,omitempty"`
	Source    string    `json:"source,omitempty"` // of the earliest touch: utm source, else the referring host, else direct
	Stamps    Stamps    `json:"stamps,omitzero"`
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`

	Visitors []string `json:"visitors,omitempty"` // ids of the browsers that it was seen in, ascending
	Visits   []Visit  `json:"visits,omitempty"`   // newest 32, ascending by start: what engagement is scored from

	Cell        Cell         `json:"cell"` // as of ScoredAt; screens score anew
	ScoredAt    time.Time    `json:"scored_at"`
	Model       string       `json:"model"`                 // version of Cell
	NextChange  time.Time    `json:"next_change,omitzero"`  // when the clock next looks whether level, stage or mark changed; zero: never
	Touches     []TouchRef   `json:"touches,omitempty"`     // as received
	Actions     []Action     `json:"actions,omitempty"`     // what people did, its members' too, by time
	Transitions []Transition `json:"transitions,omitempty"` // its members' too, by time
	Outbox      []Event      `json:"outbox,omitempty"`      // events on their way to the feed
}

// Cell is where a lead stands in the grid.
type Cell struct {
	Grade      string `json:"grade"`  // "A1" to "?4"
	Letter     string `json:"letter"` // "A" to "D", "?"
	Level      uint8  `json:"level"`  // 1 to 4
	Band       string `json:"band"`
	Fit        uint8  `json:"fit"`
	Known      uint8  `json:"known"` // percent of the fit points known
	Engagement uint8  `json:"engagement"`
	Intent     uint8  `json:"intent"` // score.Intent
}

// Hold keeps a contact for a person's review.
type Hold struct {
	Reasons []string  `json:"reasons"`
	Since   time.Time `json:"since"`
	Due     time.Time `json:"due"`            // two working days later
	Told    bool      `json:"told,omitempty"` // that it is due
}

// TouchRef is what a lead keeps of a touch.
type TouchRef struct {
	ID       string    `json:"id"`
	At       time.Time `json:"at"`
	Received time.Time `json:"received"`
	Form     string    `json:"form"`
	FormKind string    `json:"form_kind"`
	Page     string    `json:"page,omitempty"`
	Verdict  Verdict   `json:"verdict"`
	Findings []Finding `json:"findings,omitempty"`
	Claim    *Claim    `json:"claim,omitempty"`
	Score    *Claim    `json:"score,omitempty"`
}

// Transition is one recorded move.
type Transition struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	Cause  string    `json:"cause"` // rule, rep, import or review
	By     string    `json:"by"`    // a person's id, or empty
	At     time.Time `json:"at"`
	Model  string    `json:"model"`
	Reason string    `json:"reason"`
	Of     string    `json:"of,omitempty"` // the member that made it before it was merged
}

// Field gives one field of the profile.
func (l *Lead) Field(name string) string { return l.Profile[name] }
