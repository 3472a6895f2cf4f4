package desk

import (
	"time"

	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// View is a lead as people and programs see it in a list, scored now.
type View struct {
	ID              string       `json:"id"`
	Stage           string       `json:"stage"`
	Nurturing       bool         `json:"nurturing"`
	Grade           string       `json:"grade"`
	FitLetter       string       `json:"fit_letter"`
	EngagementLevel uint8        `json:"engagement_level"`
	Band            string       `json:"band"`
	Fit             uint8        `json:"fit"`
	FitKnown        uint8        `json:"fit_known"` // percent of the fit points
	Engagement      uint8        `json:"engagement"`
	Verdict         lead.Verdict `json:"verdict"`
	Held            []string     `json:"held,omitempty"` // why a person should look first
	Owner           string       `json:"owner"`
	OwnerName       string       `json:"owner_name"` // filled in by who knows people
	Email           string       `json:"email"`
	Phone           string       `json:"phone"`
	Name            string       `json:"name"`
	Company         string       `json:"company"`
	Role            string       `json:"role"`
	Industry        string       `json:"industry"`
	Country         string       `json:"country"`
	Source          string       `json:"source"`
	Form            string       `json:"form"`
	Page            string       `json:"page"`
	FirstSeen       time.Time    `json:"first_seen"`
	LastSeen        time.Time    `json:"last_seen"`
	Sample          bool         `json:"sample"`
	Rev             int64        `json:"rev"`
}

// Detail is one lead alone, with all that led to its score and stage.
type Detail struct {
	View
	Ledger        []LedgerRow          `json:"ledger"` // a dimension's points sum to its score
	Criteria      map[string]Criterion `json:"criteria"`
	Questions     []string             `json:"questions"`
	Profile       map[string]string    `json:"profile"`
	Answers       map[string]string    `json:"answers"`
	Touches       []lead.TouchRef      `json:"touches"`
	Members       []string             `json:"members"` // leads that were merged into this one
	Transitions   []lead.Transition    `json:"transitions"`
	Conversations []struct{}           `json:"conversations"` // none can be recorded yet
	Opportunity   *struct{}            `json:"opportunity"`   // none can be opened yet
	CoolsAt       *time.Time           `json:"cools_at"`      // when the band falls by time alone; null if not within 60 days
}

// LedgerRow is one reason in words.
type LedgerRow struct {
	Dimension string `json:"dimension"` // fit or engagement
	Rule      uint8  `json:"rule"`
	Label     string `json:"label"`
	Points    int    `json:"points"`
	Detail    string `json:"detail"`
}

// Criterion is what is known of one question that makes a prospect.
type Criterion struct {
	State  string `json:"state"`  // unknown, met, partly or unmet
	Source string `json:"source"` // said, inferred, rep, or empty while unknown
	Detail string `json:"detail"` // the answer that it was read from
}

var stateNames = [...]string{score.Unknown: "unknown", score.Met: "met", score.Partly: "partly", score.Unmet: "unmet"}

func view(l *lead.Lead, s *score.Result) View {
	c := lead.CellOf(s)
	v := View{ID: l.ID, Stage: l.Stage, Nurturing: l.Nurturing, Grade: c.Grade, FitLetter: c.Letter, EngagementLevel: c.Level,
		Band: c.Band, Fit: c.Fit, FitKnown: c.Known, Engagement: c.Engagement, Verdict: l.Verdict, Owner: l.Owner,
		Email: l.Field("email"), Phone: l.Field("phone"), Name: l.Field("name"), Company: l.Field("company"),
		Role: l.Field("role"), Industry: l.Field("industry"), Country: l.Field("country"),
		Source: l.Source, Form: l.Form, Page: l.Page, FirstSeen: l.FirstSeen, LastSeen: l.LastSeen, Sample: l.Sample, Rev: l.Rev}
	if l.Hold != nil {
		v.Held = l.Hold.Reasons
	}
	return v
}

func detail(l *lead.Lead, s *score.Result, m *modeling.Compiled, now time.Time) *Detail {
	d := &Detail{View: view(l, s), Ledger: []LedgerRow{}, Criteria: map[string]Criterion{}, Questions: m.Rater.Questions(s),
		Profile: orEmpty(l.Profile), Answers: orEmpty(l.Answers), Touches: l.Touches, Members: append([]string{}, l.Members...), Transitions: l.Transitions,
		Conversations: []struct{}{}, CoolsAt: coolsAt(l, s, m.Rater, now)}
	for _, row := range s.Ledger() {
		d.Ledger = append(d.Ledger, LedgerRow{Dimension: dimension(row), Rule: row.Rule, Label: m.Rater.Label(row),
			Points: int(row.Points), Detail: explain(row)})
	}
	for i, state := range s.Criteria {
		name := model.CriterionName(i)
		d.Criteria[modeling.CriterionName(name)] = criterion(l, state)
	}
	return d
}

func orEmpty(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}

func dimension(row score.Row) string {
	if row.Flags&score.RowFit != 0 {
		return "fit"
	}
	return "engagement"
}

var sourceNames = [...]string{score.NoSource: "", score.Said: "said", score.Inferred: "inferred", score.Rep: "rep"}

// criterion says what is known, where it came from, and the answer that it was
// read from.
func criterion(l *lead.Lead, c score.Criterion) Criterion {
	out := Criterion{State: stateNames[c.State], Source: sourceNames[c.Source]}
	from := c.Field
	if from == profile.Function {
		from = profile.Role
	}
	if c.Field != score.NoField {
		out.Detail = l.Field(from.String())
	}
	return out
}
