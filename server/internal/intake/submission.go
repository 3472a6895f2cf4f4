package intake

import (
	"time"

	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/shared/evidence"
	"assay/shared/profile"
)

// Fault is a member of a touch that is wrong. It is an error; its text is safe
// to show.
type Fault struct {
	Pointer string // JSON pointer of the member
	Code    string // stable
	Detail  string // what was expected
}

// Error implements the error interface.
func (f *Fault) Error() string { return f.Pointer + ": " + f.Detail }

// Site is what intake needs to know of a site.
type Site struct {
	Key             string
	AllowAutomation bool
	ConsentRequired bool
	Live            bool               // pages tell who is on a form now
	Leave           bool               // and of forms that were begun and left
	Kinds           map[string]string  // form name → kind; outranks the page
	Answers         []string           // extra fields that are kept
	Model           *modeling.Compiled // published
}

// allows reports whether a submission's evidence, and the browser that it came
// from, may be kept: what the visitor said counts, yes or no; of one who said
// nothing, what the site needs.
func (s *Site) allows(sub *Submission) bool {
	if sub.Consent != nil {
		return *sub.Consent
	}
	return !s.ConsentRequired
}

// kindOf gives the kind of the form that a submission is of: the site's settings
// outrank the page.
func (s *Site) kindOf(sub *Submission) string {
	kind := sub.FormKind
	if k, ok := s.Kinds[sub.Form]; ok {
		kind = k
	}
	if _, ok := profile.FormKindOf(kind); !ok {
		kind = profile.FormOther.String()
	}
	return kind
}

// Submission is a touch as it came, its members within bounds but its evidence
// not believed yet.
type Submission struct {
	ID, Type, Visitor    string
	At                   time.Time
	Form, FormKind, Page string
	Referrer             string
	UTM                  map[string]string
	Profile              map[string]string
	Answers              map[string]string
	Visits               []RawVisit
	Model                string
	Claim                *lead.Claim
	Consent              *bool     // what the visitor said; false: also a privacy signal of the browser
	Objected             bool      // the visitor objects to being scored
	Left                 lead.Left // of a leave alone
	Sample               bool      // from the demo's generator or a test event, never from outside
}

// RawVisit is one visit as it came: a log, or signals where no engine ran.
type RawVisit struct {
	Session    string
	Evidence   []byte
	Signals    []evidence.Signal
	HasSignals bool
}
