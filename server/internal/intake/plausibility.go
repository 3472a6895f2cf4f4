package intake

import (
	"fmt"
	"slices"
	"time"

	"assay/server/internal/lead"
)

// finding is something that a check of evidence can see: a row of the table.
type finding int

const (
	automation finding = iota
	longerThanSession
	tooFast
	logDiverges
	notScorable
	pageRate
	sessionsAtOnce
	typingRate
	sentAtOnce
	correctionRate
	visitsOverlap
	repeated
	manySubmits
	honeypot
	activeTooSoon
	timeBackwards
	sessionInvalid
	sessionOfAnotherVisitor
	sessionExpired
	sessionAhead
	sessionOfAnotherContact
	noConsent
	otherModel
	objection
	plausible finding = -1 // nothing was found
)

// table says of each finding how it is called, what it weighs and how it reads.
// Weights of different findings add up; from lead.SuspectWeight on, the touch
// is suspect. What an honest browser can do in rare cases stays below that
// alone, and so does typingRate, the likeliest of them, with any one other but
// sentAtOnce: a long visit may well meet two.
//
// Some things are no findings on purpose: no scrolling and no pointer (screen
// readers, keyboards), an answer before its form was started (password managers
// that only tell the page of the change), marks of autofill and paste, a long
// silence, and whatever is logged at 0 ms, which happened before the boot
// answer, for who knows how long.
var table = [...]struct {
	code   string
	weight int
	text   string
}{
	// The browser itself says so, and the site did not allow it.
	automation: {"automation", 100, "The browser says that a program drives it."},
	// The session's start is signed: no honest clock explains it.
	longerThanSession: {"longer_than_session", 100, "The log goes on for %s after it was sent."},
	// Fixed in the contract. A browser that filled the form in is spared.
	tooFast: {"too_fast", 100, "Typed answers and submitted %s after the session began."},
	// A browser only ever adds to a log.
	logDiverges: {"log_diverges", 100, "The log does not go on from what its session sent before."},
	// No browser writes instants that the engine cannot hold.
	notScorable: {"not_scorable", 100, "The times of the visits are out of range."},
	// Even a hundred tabs restored at once take a browser longer.
	pageRate: {"page_rate", 100, "Opened %d pages within %s, faster than a browser shows them."},
	// A browser goes on with a visit for half an hour before it asks for the next.
	sessionsAtOnce: {"sessions_at_once", 100, "Brings %d sessions that began within %s; a browser has one at a time."},
	// Some browsers and password managers fill forms in without saying so, and
	// text expanders type a whole form: the rate alone proves no program.
	typingRate: {"typing_rate", 60, "Filled in %d fields within %s, faster than a person types."},
	// Whoever lets something fill the form in still needs a moment to press the
	// button. Together with typingRate, of which it is the end, it is suspect.
	sentAtOnce: {"sent_at_once", 40, "Submitted within %[2]s of filling in %[1]d fields."},
	// A held key changes an answer 60 times a second, and a page that froze for
	// some seconds hears of all of that at once.
	correctionRate: {"correction_rate", 35, "Changed answers %d times within %s, faster than a held key."},
	// A browser makes one visit after the other, but its clock may have been set.
	visitsOverlap: {"visits_overlap", 35, "Two visits overlap by %s; a browser makes one after the other."},
	// Our widget logs these once a visit; a client of somebody else's may be wrong.
	repeated: {"repeated", 35, "Reports “%s” %d times in a visit that can have it once."},
	// A tablet at a trade fair submits all day.
	manySubmits: {"many_submits", 35, "Submitted forms %d times in one visit."},
	// The model's gate holds the contact anyway. Browsers fill such fields in, too,
	// and may do so without saying it, which is typingRate besides.
	honeypot: {"honeypot", 35, "A field that people do not see was filled in."},
	// A clock that is set back squeezes times together, answers too, and what was
	// read before the boot answer is not in the log.
	activeTooSoon: {"active_too_soon", 30, "Reports %s of reading %s into the visit."},
	// Our widget sends none, but a client of somebody else's may not hold the
	// clock still when it is set.
	timeBackwards: {"time_backwards", 30, "Times in the log go back by %s."},

	// These explain why a verdict is no better, and accuse nobody: keys are
	// renewed, sites move, devices are shared, models are published.
	sessionInvalid:          {"session_invalid", 0, "The session was not signed for this site, so its evidence was left out."},
	sessionOfAnotherVisitor: {"session_of_another_visitor", 0, "The session is another browser's, so its evidence was left out."},
	sessionExpired:          {"session_expired", 0, "The session is more than eight days old, so its evidence was left out."},
	// The server's clock was set back, or another server's is ahead of it.
	sessionAhead:            {"session_ahead", 0, "The session begins after its touch came, by this server's clock, so its evidence was left out."},
	sessionOfAnotherContact: {"session_of_another_contact", 0, "The session's evidence already counts for another contact."},
	noConsent:               {"no_consent", 0, "There was no consent, so the evidence was dropped."},
	otherModel:              {"other_model", 0, "The browser scored under another model than the published one."},
	objection:               {"objection", 0, "The person objected to being scored, so the evidence was dropped."},
}

// findings are what the checks of one touch saw, each once.
type findings []lead.Finding

// add notes a finding with what was seen, unless it was noted before.
func (f *findings) add(what finding, seen ...any) {
	row := &table[what]
	if slices.ContainsFunc(*f, func(known lead.Finding) bool { return known.Code == row.code }) {
		return
	}
	*f = append(*f, lead.Finding{Code: row.code, Weight: row.weight, Text: fmt.Sprintf(row.text, seen...)})
}

// suspect reports whether a person must look first.
func (f findings) suspect() bool {
	sum := 0
	for _, found := range f {
		sum += found.Weight
	}
	return sum >= lead.SuspectWeight
}

// span is a length of time as a finding tells it: after "within" or "for".
type span time.Duration

// String implements the fmt.Stringer interface.
func (s span) String() string {
	switch d := time.Duration(s); {
	case d < 100*time.Millisecond:
		return "a moment"
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f seconds", d.Seconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%d seconds", d/time.Second)
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	default:
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
}
