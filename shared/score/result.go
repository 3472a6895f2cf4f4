// Package score is the engine: a pure function of a compiled model, a person's
// evidence and profile, and an instant. The same package runs in the visitor's
// browser and on the server and gives the same bits.
//
// Engagement is summed rule by rule. Within a rule each signal that lies in the
// rule's window earns its points; what a visit earns is cut to the session cap,
// then what a UTC day earns to the day cap; each signal's points age from its
// own instant; their sum is cut to the total cap and rounded to whole points.
// Fit is summed over the rules that the profile's facts meet. Each rule that
// earned anything is one row, a group row cuts its rules' rows to the group's
// cap, a limit row brings the sum into 0 to 100, and so the rows of a dimension
// always sum to its score. shared/README.md has it all for another engine.
package score

import (
	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/model"
	"assay/shared/profile"
)

// MaxVisits is how many visits one score can count.
const MaxVisits = 32

// MaxRows is how many rows a result can have: every rule's, and for each
// dimension every group's and a limit.
const MaxRows = model.MaxSignalRules + model.MaxFactRules + 2*model.MaxGroups + 2

// What can be wrong with the input of a score; faults of a model or a log keep
// the codes of their packages.
const (
	ErrNoModel fault.Code = 41 // Load has not succeeded yet
	ErrVisits  fault.Code = 42 // more than MaxVisits, or not ascending by start
	ErrCase    fault.Code = 43 // an encoded case is cut off, too long or names no field
	ErrTime    fault.Code = 44 // an instant before 1970 or after 2106
	ErrStale   fault.Code = 45 // More has nothing to go on from: Score the whole
)

// Input is all that a score depends on beside the model.
type Input struct {
	Now     int64            // the instant asked for, unix seconds; later signals do not count
	Said    int64            // when the profile was said, unix seconds
	Forms   profile.Forms    // the kinds of form submitted
	Profile profile.Texts    // what was said
	Visits  []evidence.Visit // ascending by start

	// Facts are answers that were read already, under words like this model's;
	// each counts where its text is empty.
	Facts [profile.Facts]profile.Code
	// Rep is what a rep was told in person; it goes before what forms say.
	Rep [model.Criteria]State
}

// Row is one reason: what one rule earned.
type Row struct {
	Rule   uint8 // see RuleSignal, RuleFact and RuleLimit
	Flags  RowFlags
	Points int16  // whole points, never 0
	Count  uint16 // signals that met the rule; of a fact its profile.Code; else 1
}

// Numbers of rules in rows.
const (
	RuleSignal = 0                    // rule i on signals is RuleSignal + i
	RuleFact   = model.MaxSignalRules // rule i on facts is RuleFact + i
	RuleGroup  = 128                  // cuts group i, from 1, to its cap: RuleGroup + i
	RuleLimit  = 254                  // brings the sum into 0 to 100
)

// RowFlags say what happened to a row's points.
type RowFlags uint8

// What can have happened to a row's points.
const (
	RowFit        RowFlags = 1  // the row counts to fit, else to engagement
	RowDayCap     RowFlags = 2  // a day's points were cut
	RowTotalCap   RowFlags = 4  // the rule's or group's points were cut
	RowAged       RowFlags = 8  // time took a part
	RowSessionCap RowFlags = 16 // a visit's points were cut
)

// Intent is a set of explicit signs of interest.
type Intent uint8

// The signs of explicit interest of domain rule 5. Which forms and signals they
// are is the model's business.
const (
	IntentHandRaise Intent = 1 // a demo, quote, appointment or contact-sales form was submitted
	IntentForm      Intent = 2 // another form of intent was: a trial
	IntentSignal    Intent = 4 // a signal of intent: a paywall hit, a cart filled
	IntentTiming    Intent = 8 // timing and budget were said, and both meet the model
)

// State is what is known of a criterion.
type State uint8

// The states of a criterion. Unknown is never bad.
const (
	Unknown State = iota
	Met
	Partly
	Unmet
)

// Source is where a criterion's state came from.
type Source uint8

// The sources.
const (
	NoSource Source = iota // of an unknown state
	Said                   // the person answered the question itself, or asked for a person
	Inferred               // from another answer, or from what was done
	Rep                    // a rep was told
)

// NoField is the field of a criterion that no answer decided.
const NoField profile.Field = 15

// Criterion is what is known of one question that makes a prospect.
type Criterion struct {
	State  State
	Source Source
	Field  profile.Field // whose answer decided, or NoField
}

// Band is the grade in one word.
type Band uint8

// The bands.
const (
	Cold Band = iota
	Warm
	Hot
)

// String gives the band's name.
func (b Band) String() string {
	switch b {
	case Hot:
		return "hot"
	case Warm:
		return "warm"
	}
	return "cold"
}

// Result is a score with its reasons.
type Result struct {
	Engagement uint8 // 0 to 100
	Fit        uint8 // 0 to 100
	Known      uint8 // percent of the fit points whose facts are known
	Letter     byte  // 'A' to 'D', or '?' while too little is known
	Level      uint8 // 1 to 4
	Band       Band
	Intent     Intent
	Gates      model.GateBit
	Over       bool // the cell is over the model's thresholds of a prospect
	Criteria   [model.Criteria]Criterion
	N          int32 // rows in use
	Rows       [MaxRows]Row
}

// Ledger gives the rows in use: signal rules, engagement's facts, groups and
// limit, then fit's facts, groups and limit.
func (r *Result) Ledger() []Row { return r.Rows[:r.N] }

// Grade gives the grid's cell as text, "A1" to "?4".
func (r *Result) Grade() string { return string([]byte{r.Letter, '0' + r.Level}) }
