package modeling

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"assay/server/internal/lead"
	"assay/shared/fault"
	"assay/shared/lifecycle"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// Compiled is a model ready for use. Nobody changes one.
type Compiled struct {
	Version   string                 // from a hash of all below but Name: equal model, equal version
	Name      string                 // the marketer's name for it
	Bytes     []byte                 // for the engine
	Labels    map[uint8]string       // by rule number, as rows carry it
	Questions [model.Criteria]string // what to ask while a criterion is open
	Policy    lifecycle.Policy       // of stages
	Alerts    lead.AlertPolicy       // of messages
	Forms     []Form                 // that the author listed
	Authored  *Authored              // what it was compiled from
	Rater     *lead.Rater            // scores under this model

	mail  map[string]profile.Code // listed domains, lower case
	words profile.Lexicon
	lists MailLists
}

// MailLists know mail domains that no model lists.
type MailLists interface {
	// Of gives "free", "disposable" or "" for a mail address.
	Of(address string) string
}

// UseLists makes MailClass ask the lists where the model has no word for a
// domain. It must be called before anybody else has the model.
func (c *Compiled) UseLists(l MailLists) { c.lists = l }

// For gives the same model for a site with other settings.
func (c *Compiled) For(to lead.Routing) *Compiled {
	other := *c
	other.Rater = c.Rater.For(to)
	return &other
}

// Label gives the words for a row's rule.
func (c *Compiled) Label(rule uint8) string {
	if rule == score.RuleLimit {
		return "Scores end at 0 and 100"
	}
	return c.Labels[rule]
}

// MailClass gives the class of a mail address's domain: free, disposable,
// education, own, competitor or customer by the model, else free or disposable
// by the lists, else business; "" for no address.
func (c *Compiled) MailClass(address string) string {
	code := c.listed(address)
	switch i := int(code) - 2; {
	case code == profile.Unknown:
		return ""
	case i >= 0:
		return mailClasses[i].name
	}
	if c.lists != nil {
		if class := c.lists.Of(address); class != "" {
			return class
		}
	}
	return "business"
}

// criterionNames are the criteria in the order of the engine.
var criterionNames = lead.CriterionNames

// CriterionName gives a criterion's name as the API writes it.
func CriterionName(c model.CriterionName) string { return criterionNames[c] }

// Compile reads an authored model and lays it out. Its error is all Faults of
// the document at once, sorted by path.
func Compile(source []byte) (*Compiled, error) {
	a, broken := decode(source)
	if a == nil {
		return nil, broken.orNil()
	}
	c := newCompiler(a)
	out := c.compile()
	policy, alerts := c.policy(), c.alerts()
	if err := append(broken, c.faults.apartFrom(broken)...).orNil(); err != nil {
		return nil, err
	}
	b, err := model.Build(out)
	if err != nil {
		return nil, built(err)
	}
	compiled := &Compiled{Name: a.Name, Bytes: b, Labels: c.labels, Policy: policy, Alerts: alerts, Forms: a.Forms, Authored: a}
	for i, name := range criterionNames {
		compiled.Questions[i] = a.Questions[name]
	}
	var m model.Model
	if err := m.Open(b); err != nil {
		return nil, built(err)
	}
	m.PutWords(&compiled.words)
	compiled.mail = domains(&a.Mail)
	compiled.Version = compiled.hash()
	if compiled.Rater, err = lead.NewRater(compiled.Version, b, compiled.Label, compiled.Questions); err != nil {
		return nil, err
	}
	compiled.Rater.Policy, compiled.Rater.Alerts, compiled.Rater.MailClass = policy, alerts, compiled.MailClass
	compiled.Rater.MistakenGates = compiled.mistaken(&m)
	return compiled, nil
}

// built turns a refusal of the layout, which the checks before should have
// met, into a fault.
func built(err error) error {
	var code fault.Code
	if errors.As(err, &code) {
		return Faults{{"", "layout", "want a model that the engine takes: " + code.Error()}}
	}
	return err
}

// hash gives the version: twelve hexadecimal digits.
func (c *Compiled) hash() string {
	text, err := json.Marshal(struct {
		Bytes     []byte
		Labels    map[uint8]string
		Questions [model.Criteria]string
		Policy    lifecycle.Policy
		Alerts    lead.AlertPolicy
		Forms     []Form
	}{c.Bytes, c.Labels, c.Questions, c.Policy, c.Alerts, c.Forms})
	if err != nil {
		panic(err) // plain values always have a text
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}
