package lead

import "time"

// Presence is a visitor who is on a form at this moment, as the newest beat of
// the session told. It holds no contact data, is kept in no record, and is gone
// PresenceLife after the newest beat.
type Presence struct {
	Session  string    `json:"session"` // the signed session's id: one record each
	Seen     time.Time `json:"seen"`    // of the newest beat, by the clock of the server that took it
	Since    time.Time `json:"since"`   // the session's start
	Form     string    `json:"form"`
	FormKind string    `json:"form_kind"` // after the site's settings
	Page     string    `json:"page,omitempty"`
	Grade    string    `json:"grade"` // of the visit alone, replayed
	Band     string    `json:"band"`
	Verdict  Verdict   `json:"verdict"`
	Lead     string    `json:"lead,omitempty"` // that the session or its browser is tied to
}

// PresenceLife is how long somebody is present after a beat.
const PresenceLife = 30 * time.Second
