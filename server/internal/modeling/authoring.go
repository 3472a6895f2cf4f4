// Package modeling turns the rules that a marketer writes into the compiled
// model that the engine reads, and keeps beside it what the engine has no use
// for: labels, questions, policies and forms. It also says what a model cannot
// do (Lint).
//
// model.schema.json describes the format member by member; the types here are
// what a document that keeps to it decodes to.
package modeling

// Authored is a model as people write it, in JSON.
type Authored struct {
	Schema      string             `json:"$schema"` // for editors; not read
	Name        string             `json:"name"`
	Thresholds  Thresholds         `json:"thresholds"`
	Grid        Grid               `json:"grid"`
	Mail        Mail               `json:"mail"`
	Territories []Territory        `json:"territories"`
	Words       map[string][]Class `json:"words"` // by field, or function
	Groups      []Group            `json:"groups"`
	Engagement  []EngagementRule   `json:"engagement"`
	Fit         []FitRule          `json:"fit"`
	Criteria    []CriterionRule    `json:"criteria"`
	Gates       []GateRule         `json:"gates"`
	Intent      *Intent            `json:"intent"` // nil: domain rule 5
	Policy      Policy             `json:"policy"`
	Alerts      Alerts             `json:"alerts"`
	Forms       []Form             `json:"forms"`
	Questions   map[string]string  `json:"questions"` // by criterion
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

// Mail lists domains by class. A domain stands for those below it too: "edu"
// for "mail.uni.edu". The nearest one that is listed counts.
type Mail struct {
	Free       []string `json:"free"`
	Disposable []string `json:"disposable"`
	Education  []string `json:"education"`
	Own        []string `json:"own"`
	Competitor []string `json:"competitor"`
	Customer   []string `json:"customer"`
}

// Territory is a set of countries as people write them. Territories may
// overlap.
type Territory struct {
	Name      string   `json:"name"`
	Countries []string `json:"countries"`
}

// Class is a meaning of a field's words. In role, function and industry one
// word of a text can speak for all of it, and a word may end or begin with a
// star; where words of several classes occur in one text, the class listed last
// counts. In other fields the whole text must be the word.
type Class struct {
	Class string   `json:"class"`
	Words []string `json:"words"`
}

// Group cuts what several rules earn together, either way.
type Group struct {
	Name string `json:"name"`
	Cap  uint16 `json:"cap"` // points
}

// Answers is a set of a field's answers: classes, numbers of a range, or both.
type Answers struct {
	Is   []string `json:"is"`
	From *uint32  `json:"from"` // lowest number; nil: 0
	To   *uint32  `json:"to"`   // highest number; nil: no end
}

// EngagementRule gives points for signals, or for an answer when Field is set.
type EngagementRule struct {
	Label   string   `json:"label"`
	Signals []string `json:"signals"`
	Field   string   `json:"field"`
	Answers
	Points     Points   `json:"points"`
	PerSession Points   `json:"per_session"` // most points of one visit
	PerDay     Points   `json:"per_day"`     // most points of one UTC day
	AtMost     Points   `json:"at_most"`     // most points of the rule
	After      uint8    `json:"after"`       // so many signals earn nothing first
	Hold       Duration `json:"hold"`        // before ageing begins
	HalfLife   Duration `json:"half_life"`   // points never age without one
	Since      []string `json:"since"`       // counts only after the last of these,
	NotBefore  Duration `json:"not_before"`  // so long after it at the earliest
	Within     Duration `json:"within"`      // and so long at the latest
	Group      string   `json:"group"`
}

// FitRule gives fit points for an answer, or in tiers for one of several.
type FitRule struct {
	Label string `json:"label"`
	Field string `json:"field"`
	Answers
	Points Points `json:"points"`
	Tiers  []Tier `json:"tiers"`
	Group  string `json:"group"`
}

// Tier is one step of a fit rule.
type Tier struct {
	Label string `json:"label"` // in place of the rule's, where that says too little
	Answers
	Points Points `json:"points"`
}

// CriterionRule says which answers meet a criterion, partly meet it or speak
// against it.
type CriterionRule struct {
	Criterion string  `json:"criterion"`
	Field     string  `json:"field"`
	Met       Answers `json:"met"`
	Partly    Answers `json:"partly"`
	Unmet     Answers `json:"unmet"`
}

// GateRule holds a contact for review, without points.
type GateRule struct {
	Gate  string `json:"gate"` // competitor, disposable or country
	Field string `json:"field"`
	Answers
}

// Intent says what explicit interest is.
type Intent struct {
	Forms   []string `json:"forms"`
	Signals []string `json:"signals"`
}

// Form is a form of the site's pages, for lint and for the definitions.
type Form struct {
	Name   string   `json:"name"`
	Kind   string   `json:"kind"`
	Fields []string `json:"fields"`
}
