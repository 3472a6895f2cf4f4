package lead

import "time"

// Leave is that a visitor began a form and left the page without sending it. It
// is a record of its own and no touch of a contact: it scores nobody, moves no
// stage and alerts nobody. It holds nothing that was entered, is never changed,
// and goes after LeaveLife or with its person.
type Leave struct {
	ID       string    `json:"id"` // the sender's
	By       string    `json:"-"`  // identity of the browser, as Tx.Identities has it; of the session where the browser has none
	At       time.Time `json:"at"` // when it happened, by the sender
	Received time.Time `json:"received"`
	Form     string    `json:"form"`
	FormKind string    `json:"form_kind"` // after the site's settings
	Page     string    `json:"page,omitempty"`
	Left     Left      `json:"left"`
}

// Left is how far somebody came with a form.
type Left struct {
	// Field is the furthest that they came to: a profile field, one of the site's
	// further answers, or #n, the nth of the form; empty where that is not known.
	Field     string `json:"field"`
	Answered  int    `json:"answered"`  // fields, each once
	Corrected int    `json:"corrected"` // answers that were changed
	Invalid   int    `json:"invalid"`   // tries to send that the form refused
	Hesitated int    `json:"hesitated"` // fields that had the focus for ten seconds before their first input
	Seconds   int    `json:"seconds"`   // with the focus in the form
}

// LeaveLife is how long a left form is kept: a quarter, which is as far as a
// report of how forms do needs to look back.
const LeaveLife = 90 * 24 * time.Hour
