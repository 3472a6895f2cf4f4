package auth

import (
	"context"
	"errors"
	"time"
)

// ErrNotFound: no such site, person or session.
var ErrNotFound = errors.New("auth: not found")

// ErrChanged: somebody saved the site after it was read.
var ErrChanged = errors.New("auth: changed meanwhile")

// Role says what a person may do.
type Role string

// The roles.
const (
	Admin    Role = "admin"
	Marketer Role = "marketer"
	Rep      Role = "rep"
	Read     Role = "read"
)

// Person is somebody who signs in. A person belongs to one site.
type Person struct {
	ID       string `json:"id"`
	Site     string `json:"site"`
	Email    string `json:"email"` // lower case; unique in the whole store
	Name     string `json:"name"`
	Role     Role   `json:"role"`
	Password string `json:"password"` // argon2id, in its standard text form
	Filter   Filter `json:"filter,omitzero"`
}

// Values of Site.Consent.
const (
	ConsentRequired    = "required"     // the default
	ConsentNotRequired = "not-required" // nothing but a privacy signal holds evidence back
)

// Site is one customer's web property.
type Site struct {
	Key             string            `json:"key"`           // public
	Rev             int64             `json:"rev,omitempty"` // counts writes; 0 before the first
	Name            string            `json:"name"`
	Origins         []string          `json:"origins"`          // allowed, exact; "http://localhost:*" allows any port of this machine
	Consent         string            `json:"consent"`          // required or not-required
	AllowAutomation bool              `json:"allow_automation"` // automated browsers are not suspect
	Live            bool              `json:"live,omitempty"`   // pages tell who is on a form now
	Leave           bool              `json:"leave,omitempty"`  // and of forms that were begun and left
	Forms           map[string]Form   `json:"forms"`            // by the form's name
	Pages           []PageRule        `json:"pages"`            // first match wins
	Answers         []string          `json:"answers"`          // extra fields that go along
	Panel           Panel             `json:"panel,omitzero"`   // offered beside forms
	Model           string            `json:"model"`            // version of the published model
	Models          map[string][]byte `json:"models"`           // authored sources by version, published and retired
	Routing         Routing           `json:"routing"`
}

// Routing says who hears of a new prospect or an ask that nobody takes, and when.
type Routing struct {
	EverybodyAfter int   `json:"everybody_after"` // minutes until one that is addressed to a company's owner goes to all; 0: 5; below 0: never
	AdminsAfter    int   `json:"admins_after"`    // minutes until it goes to the admins; 0: 15; below 0: never
	Hours          Hours `json:"hours"`           // in which those minutes pass; zero: all hours of all days
}

// Form is what a site's settings say of a form; they outrank the page.
type Form struct {
	Kind     string `json:"kind"`
	Selector string `json:"selector,omitempty"` // CSS, for pages without markup
}

// PageRule gives pages whose path contains a text a signal.
type PageRule struct {
	Signal string `json:"signal"`
	Path   string `json:"path"`
}

// Session is a signed-in browser.
type Session struct {
	Hash    string // of the cookie's secret
	Person  string // id
	Site    string
	Expires time.Time
}

// Token is a program's way in: whoever has its secret may call the API as a
// person of its role would.
type Token struct {
	Hash    string    `json:"hash"` // of the secret
	ID      string    `json:"id"`
	Site    string    `json:"site"`
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Created time.Time `json:"created"`
}

// Store keeps sites, people and their sessions. Sites are found by their key,
// people by their mail address, sessions and tokens by their secret: what a caller
// brings comes before its site is known. All else takes a site.
type Store interface {
	// Site reads a site: ErrNotFound.
	Site(ctx context.Context, key string) (*Site, error)
	// Sites gives the keys of all sites, ascending.
	Sites(ctx context.Context) ([]string, error)
	// SaveSite writes a site over the revision that it holds, and counts that up:
	// ErrChanged where the store has another. A site that is not there has 0, and so
	// has one of before revisions were counted.
	SaveSite(ctx context.Context, s *Site) error
	// PersonByEmail finds a person, whatever the site: ErrNotFound.
	PersonByEmail(ctx context.Context, email string) (*Person, error)
	// People gives a site's people, ascending by mail address.
	People(ctx context.Context, site string) ([]*Person, error)
	// SavePerson inserts or replaces a person by id.
	SavePerson(ctx context.Context, site string, p *Person) error
	// SaveFilter replaces what a person wants to hear of and nothing else, whoever
	// saves the person at the same time: ErrNotFound.
	SaveFilter(ctx context.Context, site, person string, f Filter) error
	// SaveSession inserts a session, and removes those of all sites that have
	// expired by now.
	SaveSession(ctx context.Context, s *Session, now time.Time) error
	// Session finds a session that expires after now: ErrNotFound.
	Session(ctx context.Context, hash string, now time.Time) (*Session, error)
	// DeleteSession removes a session; one that is gone already is no error.
	DeleteSession(ctx context.Context, hash string) error
	// Token finds a token by the hash of its secret, whatever the site: ErrNotFound.
	Token(ctx context.Context, hash string) (*Token, error)
	// Tokens gives a site's tokens, ascending by id.
	Tokens(ctx context.Context, site string) ([]*Token, error)
	// SaveToken inserts a token.
	SaveToken(ctx context.Context, t *Token) error
	// DeleteToken removes a token by id; one that is gone already is no error.
	DeleteToken(ctx context.Context, site, id string) error
}
