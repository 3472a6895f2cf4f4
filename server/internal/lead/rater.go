package lead

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"assay/shared/evidence"
	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// Rater scores leads and touches under one model. It is safe for concurrent
// use: engines are small and each serves one score at a time.
type Rater struct {
	Version   string // of the model
	Policy    lifecycle.Policy
	Alerts    AlertPolicy
	MailClass func(address string) string // of a mail domain, by the model and by longer lists; nil: unknown
	Routing   Routing                     // of the site that the rater serves
	// MistakenGates are those that the engine closes for a mail address by mistake; nil: none.
	MistakenGates func(address string) model.GateBit
	label         func(rule uint8) string
	questions     [model.Criteria]string
	fields        []profile.Field // by fact rule
	engines       *sync.Pool
}

// NewRater makes a rater of a compiled model, whose bytes it keeps. Label gives
// a rule's words, questions what to ask while a criterion is open. Policy,
// Alerts and MailClass are for the caller to set.
func NewRater(version string, compiled []byte, label func(uint8) string, questions [model.Criteria]string) (*Rater, error) {
	var m model.Model
	if err := m.Open(compiled); err != nil {
		return nil, err
	}
	r := &Rater{Version: version, label: label, questions: questions, engines: new(sync.Pool)}
	for i := range m.FactRules() {
		r.fields = append(r.fields, m.FactRule(i).Field)
	}
	r.engines.New = func() any {
		e := new(score.Engine)
		_ = e.Load(compiled) // opened above
		return e
	}
	return r, nil
}

// For gives a rater of the same model that serves a site with other settings.
func (r *Rater) For(to Routing) *Rater {
	other := *r
	other.Routing = to
	return &other
}

// Score gives the score of an input.
func (r *Rater) Score(in *score.Input) (*score.Result, error) {
	e := r.engines.Get().(*score.Engine)
	defer r.engines.Put(e)
	out := new(score.Result)
	return out, e.Score(in, out)
}

// Rate gives a lead's score at an instant, and an empty one of a contact that
// objected to being scored. A mail domain that only the longer
// lists call disposable closes the gate too and earns no points: those lists
// are the server's alone. A gate that the engine closed by mistake is open.
func (r *Rater) Rate(l *Lead, now time.Time) (*score.Result, error) {
	if l.Objected {
		return new(score.Result), nil
	}
	s, err := r.Score(input(l, now))
	if err != nil {
		return s, err
	}
	if r.MistakenGates != nil && s.Gates != 0 {
		s.Gates &^= r.MistakenGates(l.Field("email"))
	}
	if r.MailClass != nil && r.MailClass(l.Field("email")) == "disposable" {
		s.Gates |= model.GateDisposable
	}
	return s, nil
}

// Company gives the domain of a business mail address, lower case, and "" for
// any other: what the people of one company have in common.
func (r *Rater) Company(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 || r.MailClass == nil || r.MailClass(address) != "business" {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(address[at+1:]))
}

func input(l *Lead, now time.Time) *score.Input {
	said := now // of a contact that said nothing, nothing ages
	if !l.Said.IsZero() {
		said = l.Said
	}
	told, _ := l.Told()
	return &score.Input{Now: now.Unix(), Said: said.Unix(), Forms: profile.Forms(l.Forms),
		Profile: Texts(l.Profile), Visits: Evidence(l.Visits), Rep: told}
}

// Leaves gives the first instant after another at which a lead's engagement, by
// time alone, is at another level; ok is false when it never is, or not up to a
// last instant, unless that is zero.
func (r *Rater) Leaves(l *Lead, after time.Time, level uint8, last time.Time) (at time.Time, ok bool, err error) {
	e := r.engines.Get().(*score.Engine)
	defer r.engines.Put(e)
	low, high := e.LevelRange(level)
	end := int64(score.LastInstant)
	if !last.IsZero() {
		end = last.Unix()
	}
	sec, ok, err := e.Leaves(input(l, after), low, high, end)
	return time.Unix(sec, 0).UTC(), ok, err
}

// Raise gives the open answer that would raise a lead's grade most at an
// instant; its field is score.NoField when none would.
func (r *Rater) Raise(l *Lead, now time.Time) (score.Raise, error) {
	if l.Objected {
		return score.Raise{Field: score.NoField}, nil
	}
	e := r.engines.Get().(*score.Engine)
	defer r.engines.Put(e)
	return e.Raise(input(l, now), new(score.Result))
}

// Answer gives the field of the profile whose answer earned a row; ok is false
// for a row that signals, a group or a limit made.
func (r *Rater) Answer(row score.Row) (f profile.Field, ok bool) {
	i := int(row.Rule) - score.RuleFact
	if i < 0 || i >= len(r.fields) {
		return score.NoField, false
	}
	if r.fields[i] == profile.Function {
		return profile.Role, true
	}
	return r.fields[i], true
}

// Alone gives the score of one touch by itself at its last signal, which is
// what a claim covers. A touch without evidence is scored when it was received.
func (r *Rater) Alone(t *Touch) (*score.Result, error) {
	kind, _ := profile.FormKindOf(t.FormKind)
	visits := Evidence(t.Visits)
	now := int64(0)
	for _, v := range visits {
		_, last, err := evidence.Check(v.Log)
		if err != nil {
			return nil, err
		}
		now = max(now, v.Start+int64(last)/1000)
	}
	if len(visits) == 0 {
		now = t.Received.Unix()
	}
	return r.Score(&score.Input{Now: now, Said: now, Forms: profile.Forms(0).With(kind), Profile: Texts(t.Profile), Visits: visits})
}

// Texts turns a profile by names into the engine's.
func Texts(fields map[string]string) (texts profile.Texts) {
	for name, text := range fields {
		if f, ok := byName[name]; ok {
			texts[f] = []byte(text)
		}
	}
	return texts
}

// byName has the engine's fields by their names: looked up for every score.
var byName = func() map[string]profile.Field {
	m := map[string]profile.Field{}
	for f := range profile.Fields {
		m[profile.Field(f).String()] = profile.Field(f)
	}
	return m
}()

// Evidence gives the engine's view of visits.
func Evidence(visits []Visit) []evidence.Visit {
	out := make([]evidence.Visit, len(visits))
	for i, v := range visits {
		out[i] = evidence.Visit{Start: v.Start, Log: v.Log}
	}
	return out
}

// Label gives the words for a row.
func (r *Rater) Label(row score.Row) string { return r.label(row.Rule) }

// Strongest gives the n rows with the most points in words, strongest first.
func (r *Rater) Strongest(s *score.Result, n int) []Reason {
	rows := slices.Clone(s.Ledger())
	rows = slices.DeleteFunc(rows, func(row score.Row) bool { return row.Rule == score.RuleLimit || row.Points < 0 })
	slices.SortStableFunc(rows, func(a, b score.Row) int { return cmp.Compare(b.Points, a.Points) })
	reasons := []Reason{}
	for _, row := range rows[:min(n, len(rows))] {
		reasons = append(reasons, Reason{Label: r.Label(row), Points: int(row.Points)})
	}
	return reasons
}

// Questions gives what to ask next: one question for each open criterion.
// Interest that an explicit ask shows needs no question.
func (r *Rater) Questions(s *score.Result) []string {
	open := []string{}
	for i, c := range s.Criteria {
		if c.State != score.Met && r.questions[i] != "" {
			open = append(open, r.questions[i])
		}
	}
	return open
}

// CellOf gives a result's place in the grid: none for an empty one.
func CellOf(s *score.Result) Cell {
	if s.Letter == 0 {
		return Cell{}
	}
	return Cell{Grade: s.Grade(), Letter: string(s.Letter), Level: s.Level, Band: s.Band.String(),
		Fit: s.Fit, Known: s.Known, Engagement: s.Engagement, Intent: uint8(s.Intent)}
}

// ClaimOf gives a result as a touch would claim it.
func ClaimOf(s *score.Result) *Claim {
	return &Claim{Engagement: s.Engagement, Fit: s.Fit, Band: s.Band.String()}
}
