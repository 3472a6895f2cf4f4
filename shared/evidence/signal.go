// Package evidence is the record that engagement is scored from: the ordered
// log of what a visitor did in one visit, as coarse, content-free signals in a
// compact binary form.
//
// The package has no clock, no I/O and allocates nothing: the browser's engine
// and the server run the same code over the same bytes.
package evidence

// Kind says what a visitor did. Codes are stored in logs and in compiled
// models, so a code is never given a second meaning.
type Kind uint8

// VisitStarted is never in a log: the engine counts one at the start of each
// visit, so that a rule can ask how long ago the last visit began.
const VisitStarted Kind = 0

// The vocabulary. Codes 40 to 63 are reserved: a log may hold them, no rule
// gives them points.
const (
	PageViewed       Kind = 1  // a page of no special class
	PricingViewed    Kind = 2  // the pricing page
	PlanViewed       Kind = 3  // one plan's page
	ComparisonViewed Kind = 4  // a comparison with another product
	StoryViewed      Kind = 5  // a customer story
	DocsViewed       Kind = 6  // documentation
	CareersViewed    Kind = 7  // the careers page
	FileDownloaded   Kind = 8  // a file was fetched
	SiteSearched     Kind = 9  // the site's own search was used
	ChatOpened       Kind = 10 // a chat was opened
	VideoPlayed      Kind = 11 // a video was started

	ScrolledHalf Kind = 12 // past half of the page
	ScrolledEnd  Kind = 13 // to the page's end
	Active60s    Kind = 14 // a minute of visible, focused time in the visit
	Active180s   Kind = 15 // three minutes of it
	ReturnedDay  Kind = 16 // back after at least a day
	ReturnedWeek Kind = 17 // back within seven days

	FormViewed       Kind = 18 // a form came into view
	FormStarted      Kind = 19 // the first field of a form was used
	AskStarted       Kind = 20 // the same on a hand-raise form
	FieldAnswered    Kind = 21 // a required field was left with an answer
	OptionalAnswered Kind = 22 // an optional field was left with an answer
	FieldCorrected   Kind = 23 // an answer was changed
	FieldAutofilled  Kind = 24 // the browser filled a field in
	FieldPasted      Kind = 25 // an answer was pasted
	ValidationFailed Kind = 26 // the form refused an answer
	FormAbandoned    Kind = 27 // the page was left with a started form

	AskSubmitted          Kind = 28 // a demo, quote, appointment or contact-sales form
	TrialSubmitted        Kind = 29 // a trial form
	SignupSubmitted       Kind = 30 // a signup form
	DownloadSubmitted     Kind = 31 // a gated download
	SubscriptionSubmitted Kind = 32 // a newsletter or blog form
	FormSubmitted         Kind = 33 // any other form

	CartFilled      Kind = 34 // something lies in the cart
	CheckoutStarted Kind = 35 // the checkout was opened
	PaywallHit      Kind = 36 // a paid feature was asked for
	Custom          Kind = 37 // a signal of the page's own

	HoneypotFilled   Kind = 38 // a field that no person sees was filled in
	AutomationMarked Kind = 39 // the browser says that a program drives it
)

// MaxKind is the highest code that a log may hold; MaxKnown the highest that
// has a name.
const (
	MaxKind  Kind = 63
	MaxKnown Kind = 39
)

// names holds one string instead of an array of them: an engine built for the
// browser that never asks for a name then carries none.
const names = "page_viewed pricing_viewed plan_viewed comparison_viewed story_viewed docs_viewed careers_viewed " +
	"file_downloaded site_searched chat_opened video_played scrolled_half scrolled_end active_60s active_180s " +
	"returned_day returned_week form_viewed form_started ask_started field_answered optional_answered " +
	"field_corrected field_autofilled field_pasted validation_failed form_abandoned ask_submitted trial_submitted " +
	"signup_submitted download_submitted subscription_submitted form_submitted cart_filled checkout_started " +
	"paywall_hit custom honeypot_filled automation_marked "

// String gives the kind's name in the vocabulary, or "" for a code without one.
func (k Kind) String() string {
	start := 0
	at := Kind(1)
	for i := 0; i < len(names); i++ {
		if names[i] != ' ' {
			continue
		}
		if at == k {
			return names[start:i]
		}
		at++
		start = i + 1
	}
	return ""
}

// KindOf gives the kind of a name, or 0 when the vocabulary has no such name.
func KindOf(name string) Kind {
	for k := Kind(1); k <= MaxKnown; k++ {
		if k.String() == name {
			return k
		}
	}
	return 0
}
