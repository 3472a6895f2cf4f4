package modeling

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/andybalholm/brotli"

	"assay/shared/model"
)

// Report is what lint finds in a document. Where there are Faults it is no
// model, and the rest is empty.
type Report struct {
	Name       string      `json:"name"`
	Version    string      `json:"version"`
	Faults     Faults      `json:"faults"`
	Findings   []Finding   `json:"findings"` // sorted by path
	Engagement Engagement  `json:"engagement"`
	Fit        Span        `json:"fit"`
	Forms      []FormReach `json:"forms"`
	Weight     Weight      `json:"weight"`
}

// Finding is something that a valid model can never do, or does to no effect.
type Finding struct {
	Path    string `json:"path"` // JSON pointer to the member
	Rule    string `json:"rule"` // stable code
	Message string `json:"message"`
}

// Span is the lowest and highest score that rules allow, in whole points,
// before it is brought into 0 to 100.
type Span struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Engagement is how much a visitor can earn at most: upper bounds, which some
// models' rules and caps together keep anybody from reaching.
type Engagement struct {
	OneVisit int  `json:"one_visit"` // most points of one visit
	OneDay   int  `json:"one_day"`   // most points of one UTC day
	Ever     Span `json:"ever"`      // over as many visits as one score counts
}

// Weight is what a model costs every visitor.
type Weight struct {
	Bytes       int `json:"bytes"`
	Brotli      int `json:"brotli"` // as the server sends it
	Budget      int `json:"budget"` // of Brotli
	Words       int `json:"words"`
	MaxWords    int `json:"max_words"`
	MailDomains int `json:"mail_domains"`
	MaxDomains  int `json:"max_mail_domains"`
}

// budget is how many bytes of the first visit a model may take, compressed.
const budget = 1000

// Lint says what is wrong with a document, what its rules can never do, and
// what they can at best.
func Lint(source []byte) *Report {
	r := &Report{Faults: Faults{}, Findings: []Finding{}, Forms: []FormReach{}}
	compiled, err := Compile(source)
	if err != nil {
		faults, ok := FaultsOf(err)
		if !ok {
			faults = Faults{{"", "layout", err.Error()}}
		}
		r.Faults = faults
		return r
	}
	l := newLinter(compiled.Authored)
	r.Name, r.Version = compiled.Name, compiled.Version
	r.Engagement, r.Fit, r.Forms = l.engagement, l.fit, l.forms()
	r.Weight = weigh(compiled, l)
	l.deadWords()
	l.deadSignals()
	l.deadGroups()
	l.deadFacts()
	l.deadCriteria()
	l.deadGates()
	l.deadCells()
	l.deadPolicies()
	if r.Weight.Brotli > budget {
		l.find("", "too_heavy", "it takes %d bytes compressed, %d more than a first visit should: shorten lists of words", r.Weight.Brotli, r.Weight.Brotli-budget)
	}
	slices.SortStableFunc(l.findings, func(a, b Finding) int { return cmp.Or(comparePaths(a.Path, b.Path), cmp.Compare(a.Rule, b.Rule)) })
	r.Findings = append(r.Findings, l.findings...)
	return r
}

// linter holds a document, its layout and what both allow.
type linter struct {
	*compiler
	out        *model.Source
	engagement Engagement
	fit        Span
	visit      sums // most points of signals in one visit
	findings   []Finding
}

func newLinter(a *Authored) *linter {
	l := &linter{compiler: newCompiler(a)}
	l.out = l.compile()
	l.visit = l.signalSums(oneVisit, 1)
	l.engagement = l.engagementReach()
	l.fit = Span{Min: -l.factReach(true, allFields, -1), Max: l.factReach(true, allFields, 1)}
	return l
}

func (l *linter) find(path, rule, format string, args ...any) {
	l.findings = append(l.findings, Finding{path, rule, fmt.Sprintf(format, args...)})
}

func weigh(c *Compiled, l *linter) Weight {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, _ = w.Write(c.Bytes) // a buffer takes everything
	_ = w.Close()
	domains := 0
	for _, class := range mailClasses {
		domains += len(class.of(&c.Authored.Mail))
	}
	return Weight{Bytes: len(c.Bytes), Brotli: b.Len(), Budget: budget, Words: len(l.out.Words), MaxWords: model.MaxWords,
		MailDomains: domains, MaxDomains: MaxMailDomains}
}
