package desk

import (
	"time"

	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/shared/lifecycle"
	"assay/shared/profile"
	"assay/shared/score"
)

// View is a lead as people and programs see it in a list, scored now.
type View struct {
	ID              string       `json:"id"`
	Stage           string       `json:"stage"`
	Stalled         bool         `json:"stalled"` // it stayed in its stage longer than the model allows
	Nurturing       bool         `json:"nurturing"`
	Disagrees       bool         `json:"disagrees"` // a person's decision stands, and the model sees it otherwise
	Grade           string       `json:"grade"`
	FitLetter       string       `json:"fit_letter"`
	EngagementLevel uint8        `json:"engagement_level"`
	Band            string       `json:"band"`
	Fit             uint8        `json:"fit"`
	FitKnown        uint8        `json:"fit_known"` // percent of the fit points
	Engagement      uint8        `json:"engagement"`
	Verdict         lead.Verdict `json:"verdict"`
	Objected        bool         `json:"objected"`             // to being scored: grade and band are empty, points 0
	Held            []string     `json:"held,omitempty"`       // why a person should look first
	ReviewDue       *time.Time   `json:"review_due,omitempty"` // when somebody should have looked; absent when nothing holds it
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
	Raise         *Raise               `json:"raise"` // null when no answer would
	Profile       map[string]string    `json:"profile"`
	Answers       map[string]string    `json:"answers"`
	Touches       []lead.TouchRef      `json:"touches"`
	MailClass     string               `json:"mail_class"` // as modeling.Compiled.MailClass names it; empty without an address
	Members       []string             `json:"members"`    // leads that were merged into this one
	Transitions   []lead.Transition    `json:"transitions"`
	Decision      *Decision            `json:"decision"`  // of a person or an import, while it stands
	StallsAt      *time.Time           `json:"stalls_at"` // when it stalls if nothing happens; null if never
	Conversations []lead.Conversation  `json:"conversations"`
	Opportunity   *lead.Opportunity    `json:"opportunity"`   // null before one was opened
	Reminders     []lead.Reminder      `json:"reminders"`     // that were set last, by when they are due
	SnoozedUntil  *time.Time           `json:"snoozed_until"` // null when it is not
	CompanyLeads  []Colleague          `json:"company_leads"` // others of the same company, at most 20
	NextChange    *time.Time           `json:"next_change"`   // when the clock next looks whether level, stage or mark changed; null if never
	CoolsAt       *time.Time           `json:"cools_at"`      // when the band falls by time alone; null if never
}

// LedgerRow is one reason in words.
type LedgerRow struct {
	Dimension string `json:"dimension"` // fit or engagement
	Rule      uint8  `json:"rule"`
	Label     string `json:"label"`
	Points    int    `json:"points"`
	Detail    string `json:"detail"`
}

// Decision is what somebody decided of a lead's stage, beside what the rules
// alone would say.
type Decision struct {
	Decision string    `json:"decision"` // accepted, rejected, disqualified, reopened, pinned or lost
	By       string    `json:"by"`       // a person's id; empty for an import
	At       time.Time `json:"at"`
	Proposed string    `json:"proposed"` // the stage by the rules alone: lead, sales_ready or prospect
}

// Criterion is what is known of one question that makes a prospect.
type Criterion struct {
	State  string `json:"state"`  // unknown, met, partly or unmet
	Source string `json:"source"` // said, inferred, rep, or empty while unknown
	Detail string `json:"detail"` // the answer that it was read from
}

func view(l *lead.Lead, s *score.Result, r *lead.Rater, now time.Time) View {
	c := lead.CellOf(s)
	v := View{
		ID: l.ID, Stage: l.Stage, Stalled: r.Policy.Stalled(&l.State, now.Unix()), Nurturing: l.Nurturing,
		Disagrees: l.State.Disagrees, Grade: c.Grade, FitLetter: c.Letter, EngagementLevel: c.Level, Band: c.Band,
		Fit: c.Fit, FitKnown: c.Known, Engagement: c.Engagement, Verdict: l.Verdict, Objected: l.Objected, Owner: l.Owner,
		Email: l.Field("email"), Phone: l.Field("phone"), Name: l.Field("name"), Company: l.Field("company"),
		Role: l.Field("role"), Industry: l.Field("industry"), Country: l.Field("country"),
		Source: l.Source, Form: l.Form, Page: l.Page,
		FirstSeen: l.FirstSeen, LastSeen: l.LastSeen, Sample: l.Sample, Rev: l.Rev,
	}
	if l.Hold != nil {
		v.Held, v.ReviewDue = l.Hold.Reasons, &l.Hold.Due
	}
	return v
}

func detail(l *lead.Lead, s *score.Result, m *modeling.Compiled, now time.Time) *Detail {
	r := m.Rater
	d := &Detail{
		View: view(l, s, r, now), Ledger: []LedgerRow{}, Criteria: map[string]Criterion{},
		Questions: r.Questions(s), Raise: raise(l, r, now), Profile: orEmpty(l.Profile), Answers: orEmpty(l.Answers),
		Touches: append([]lead.TouchRef{}, l.Touches...), MailClass: m.MailClass(l.Field("email")), Members: append([]string{}, l.Members...),
		Transitions: append([]lead.Transition{}, l.Transitions...), Decision: decision(l, r), Conversations: l.Conversations(),
		Opportunity: l.Opportunity(), Reminders: l.Reminders(), SnoozedUntil: orNull(l.SnoozedUntil()),
		StallsAt: stallsAt(l, r), NextChange: orNull(l.NextChange), CoolsAt: coolsAt(l, s, r, now),
	}
	for _, row := range s.Ledger() {
		d.Ledger = append(d.Ledger, LedgerRow{Dimension: dimension(row), Rule: row.Rule, Label: r.Label(row),
			Points: int(row.Points), Detail: explain(l, r, row)})
	}
	_, told := l.Told()
	for i, c := range s.Criteria {
		d.Criteria[lead.CriterionNames[i]] = criterion(l, c, told[i])
	}
	return d
}

func decision(l *lead.Lead, r *lead.Rater) *Decision {
	if l.State.Decision == lifecycle.Undecided {
		return nil
	}
	proposed, _ := r.Policy.Proposes(&l.State)
	at := time.Unix(l.State.DecidedAt, 0).UTC()
	return &Decision{Decision: l.State.Decision.String(), By: l.DecidedBy, At: at, Proposed: proposed.String()}
}

func stallsAt(l *lead.Lead, r *lead.Rater) *time.Time {
	at := r.Policy.StallsAt(&l.State)
	if at == lifecycle.Never {
		return nil
	}
	t := time.Unix(at, 0).UTC()
	return &t
}

func orNull(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
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
// read from: of a form, or in the words of a person who was told.
func criterion(l *lead.Lead, c score.Criterion, told *lead.Action) Criterion {
	out := Criterion{State: lead.StateNames[c.State], Source: sourceNames[c.Source]}
	if c.Source == score.Rep && told != nil {
		out.Detail = told.Args["text"]
		return out
	}
	from := c.Field
	if from == profile.Function {
		from = profile.Role
	}
	if c.Field != score.NoField {
		out.Detail = l.Field(from.String())
	}
	return out
}
