// Package modeling turns the rules that a marketer writes into the compiled
// model that the engine reads, and keeps beside it what the engine has no use
// for: labels and questions.
package modeling

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Authored is a model as people write it, in JSON.
type Authored struct {
	Name       string              `json:"name"`
	Thresholds Thresholds          `json:"thresholds"`
	Grid       Grid                `json:"grid"`
	Sizes      []uint32            `json:"company_sizes"` // lowest number of people of each class, ascending
	Words      map[string][]Class  `json:"words"`         // by field
	Engagement []EngagementRule    `json:"engagement"`
	Fit        []FactRule          `json:"fit"`
	Criteria   []CriterionRule     `json:"criteria"`
	Gates      []GateRule          `json:"gates"`
	Questions  map[string]Question `json:"questions"` // by criterion
}

// Thresholds cut the scores into letters and levels. All are whole points but
// KnownPercent.
type Thresholds struct {
	A            uint8 `json:"A"`
	B            uint8 `json:"B"`
	C            uint8 `json:"C"`
	Level1       uint8 `json:"1"`
	Level2       uint8 `json:"2"`
	Level3       uint8 `json:"3"`
	KnownPercent uint8 `json:"known_percent"`  // of the fit points, for a letter
	HandRaiseFit uint8 `json:"hand_raise_fit"` // lowest fit of a hand-raise that makes a prospect
}

// Grid names cells ("A1" to "?4"). Cells neither hot nor warm are cold.
type Grid struct {
	Hot      []string `json:"hot"`
	Warm     []string `json:"warm"`
	Prospect []string `json:"prospect"` // over the thresholds
}

// Class is a meaning of a field's words. Where words of several classes occur
// in one text, the class listed last counts.
type Class struct {
	Class string   `json:"class"`
	Words []string `json:"words"`
}

// EngagementRule gives points for signals, or for an answer when Field is set.
type EngagementRule struct {
	Label    string   `json:"label"`
	Signals  []string `json:"signals,omitempty"`
	Field    string   `json:"field,omitempty"`
	Is       []string `json:"is,omitempty"`
	Points   Points   `json:"points"`
	PerDay   Points   `json:"per_day,omitempty"`   // most points of one UTC day
	AtMost   Points   `json:"at_most,omitempty"`   // most points of the rule
	After    uint8    `json:"after,omitempty"`     // so many signals earn nothing first
	Hold     Duration `json:"hold,omitempty"`      // before ageing begins
	HalfLife Duration `json:"half_life,omitempty"` // points never age without one
}

// FactRule gives fit points for an answer. Is lists classes of the field's
// words; "any" is every answer, "other" one without a class.
type FactRule struct {
	Label  string   `json:"label"`
	Field  string   `json:"field"`
	Is     []string `json:"is"`
	Points Points   `json:"points"`
}

// CriterionRule says which answers meet a criterion, partly meet it or speak
// against it.
type CriterionRule struct {
	Criterion string   `json:"criterion"`
	Field     string   `json:"field"`
	Met       []string `json:"met,omitempty"`
	Partly    []string `json:"partly,omitempty"`
	Unmet     []string `json:"unmet,omitempty"`
}

// GateRule holds a contact for review, without points.
type GateRule struct {
	Gate  string   `json:"gate"` // competitor, disposable or country
	Field string   `json:"field"`
	Is    []string `json:"is"`
}

// Question is what a rep asks while a criterion is open.
type Question struct {
	Ask string `json:"ask"`
}

// Points is a number of points, kept in thousandths.
type Points int32

// UnmarshalJSON reads a number with at most three decimals, digit by digit:
// 16.1 is 16,100 thousandths, which no binary fraction is.
func (p *Points) UnmarshalJSON(b []byte) error {
	text, negative := strings.CutPrefix(string(b), "-")
	whole, decimals, _ := strings.Cut(text, ".")
	milli, err := strconv.ParseInt(whole+(decimals + "000")[:max(3, len(decimals))], 10, 32)
	if err != nil {
		return fmt.Errorf("points %s: want a number with at most three decimals", b)
	}
	if len(decimals) > 3 {
		return fmt.Errorf("points %s: want at most three decimals", b)
	}
	if negative {
		milli = -milli
	}
	*p = Points(milli)
	return nil
}

// Duration is a length of time, written as "7d", "36h", "90m" or "30s".
type Duration uint32

// UnmarshalJSON reads a duration.
func (d *Duration) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("duration %s: want text such as \"7d\" or \"36h\"", b)
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 16)
		if err != nil {
			return fmt.Errorf("duration %q: want text such as \"7d\" or \"36h\"", s)
		}
		*d = Duration(n * 86400)
		return nil
	}
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 || v%time.Second != 0 || v > 1<<31*time.Second {
		return fmt.Errorf("duration %q: want whole seconds, such as \"7d\" or \"36h\"", s)
	}
	*d = Duration(v / time.Second)
	return nil
}
