package install

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// TrialID begins the ids that test events and their browsers have.
const TrialID = "install-test-"

// TrialForm is the form that test events are of, and TrialKind its kind: one
// that asks for somebody, so that all that judges a lead looks at it.
const (
	TrialForm = "install-test"
	TrialKind = "demo"
)

// TrialMail gives the mail address of a test event: nobody has it, or can.
func TrialMail(token string) string { return "test+" + token + "@assay.invalid" }

// Trial says how a test event came through, step by step.
type Trial struct {
	At     time.Time `json:"at"`
	Origin string    `json:"origin"` // of the page that it was sent for; empty: the site has none
	Email  string    `json:"email"`
	Works  bool      `json:"works"` // no step is an error
	Steps  []Step    `json:"steps"` // those that were taken
}

// Step is one thing that a test event did, and what came of it.
type Step struct {
	Step string  `json:"step"` // boot, session, touch, lead, alert or removal
	Took float64 `json:"ms"`
	Finding
}

// Outcome is what came of a step: a code of TrialCodes, and the arguments of its
// sentence.
type Outcome struct {
	Code string
	Args []any
}

// Came gives an outcome.
func Came(code string, args ...any) Outcome { return Outcome{code, args} }

// Add notes a step and reports whether the next one may be taken.
func (t *Trial) Add(step string, took time.Duration, o Outcome) bool {
	w := trialWords[o.Code]
	t.Steps = append(t.Steps, Step{step, float64(took.Round(100*time.Microsecond).Microseconds()) / 1000,
		Finding{o.Code, w.severity, fmt.Sprintf(w.sentence, o.Args...), w.do}})
	t.Works = !slices.ContainsFunc(t.Steps, func(s Step) bool { return s.Severity == Fault })
	return w.severity != Fault
}

// trialWords are all outcomes, by code.
var trialWords = map[string]wording{
	"boot_answered":     {Fine, "A page of %s was given a session, and the model %s.", ""},
	"boot_refused":      {Fault, "A page of %s was refused a session: %s", "Where its origin is the reason, add it to the origins in the site's settings."},
	"origins_none":      {Fault, "The site's settings list no origin, so that no page may ask for a session.", "Add the origin of your pages to the site's settings."},
	"session_believed":  {Fine, "The session is signed by this server.", ""},
	"session_doubted":   {Fault, "The session is not signed by this server.", "Servers behind one address need the same keys: give all of them one key file."},
	"touch_accepted":    {Fine, "The touch was accepted, with consent and three signals of a visit.", ""},
	"touch_refused":     {Fault, "The touch was refused: %s", "Try again; if it stays so, look at the server's log."},
	"lead_stored":       {Fine, "It is a sample lead: grade %s, %s, its evidence verified. Samples alert nobody and are in no count.", ""},
	"lead_unverified":   {Fault, "It is a sample lead, but its evidence was not believed: %s.", "Set the servers' clocks by a time server; servers behind one address need the same keys."},
	"lead_missing":      {Fault, "It was accepted, but no lead was found: %s", "Try again; if it stays so, look at the server's log."},
	"alert_arrived":     {Fine, "An alert came out of the feed, for you alone.", ""},
	"alert_missing":     {Fault, "No alert came out of the feed in time.", "Ask /readyz whether the alerts go round, and look at the server's log."},
	"alert_failed":      {Fault, "The feed could not be listened to.", "Try again; if it stays so, look at the server's log."},
	"removal_done":      {Fine, "The test lead was erased, with all that was kept of it. Its alert's number in the feed stays taken.", ""},
	"removal_partly":    {Note, "The test lead was erased; the id of its touch, which says nothing, stays.", ""},
	"removal_failed":    {Fault, "The test lead could not be erased, and stays as a sample.", "Remove the samples: on the feed, or by DELETE /v1/samples."},
	"removal_untouched": {Fine, "Nothing was stored that would have to be removed.", ""},
}

// TrialCodes gives the codes of all outcomes, sorted.
func TrialCodes() []string { return slices.Sorted(maps.Keys(trialWords)) }
