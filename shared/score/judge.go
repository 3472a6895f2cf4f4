package score

import (
	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// judge derives grade, band, intent, gates and criteria from what was counted.
func (e *Engine) judge(out *Result) {
	out.Known = 0
	if e.total > 0 {
		out.Known = uint8(e.known * 100 / e.total)
	}
	letter, level := int32(0), int32(1)
	for letter < 3 && out.Fit < e.m.LetterMin(letter) {
		letter++
	}
	for level < model.Levels && out.Engagement < e.m.LevelMin(level-1) {
		level++
	}
	out.Letter = 'A' + byte(letter)
	if out.Known < e.m.KnownMin() {
		letter, out.Letter = 4, '?'
	}
	out.Level = uint8(level)
	out.Band = Band(e.m.Band(letter, level))
	out.Over = e.m.ProspectCell(letter, level)
	e.gates(out)
	e.criteria(out)
}

func (e *Engine) gates(out *Result) {
	out.Gates = 0
	if e.seen>>evidence.HoneypotFilled&1 == 1 {
		out.Gates = model.GateHoneypot
	}
	for i := int32(0); i < e.m.Gates(); i++ {
		if g := e.m.GateRule(i); has(g.Codes, e.facts[g.Field]) {
			out.Gates |= g.Bit
		}
	}
}

// criteria takes what a rep was told, then what the answers say, then the signs
// of explicit interest, which are the criterion interest themselves.
func (e *Engine) criteria(out *Result) {
	for i := range out.Criteria {
		c := &out.Criteria[i]
		c.State, c.Source, c.Field = e.rep[i], NoSource, NoField
		if c.State != Unknown {
			c.Source = Rep
		}
	}
	for i := int32(0); i < e.m.CriteriaRules(); i++ {
		r := e.m.CriterionRule(i)
		if r.Name >= model.Criteria || out.Criteria[r.Name].State != Unknown {
			continue
		}
		state, fact := Unknown, e.facts[r.Field]
		switch {
		case has(r.Met, fact):
			state = Met
		case has(r.Part, fact):
			state = Partly
		case has(r.Unmet, fact):
			state = Unmet
		default:
			continue
		}
		source := Inferred
		if asked[r.Name] == r.Field {
			source = Said
		}
		out.Criteria[r.Name] = Criterion{state, source, r.Field}
	}
	out.Intent = e.intent(out)
	interest := &out.Criteria[model.Interest]
	switch {
	case interest.Source == Rep:
	case out.Intent&(IntentHandRaise|IntentForm) != 0:
		*interest = Criterion{Met, Said, NoField}
	case out.Intent != 0:
		*interest = Criterion{Met, Inferred, NoField}
	case out.Level <= 2:
		*interest = Criterion{Partly, Inferred, NoField}
	}
}

// asked holds the field in which a form asks for a criterion itself.
var asked = [model.Criteria]profile.Field{profile.Need, profile.Budget, profile.Authority, profile.Timing, NoField}

func (e *Engine) intent(out *Result) Intent {
	intent := Intent(0)
	forms := e.forms & e.m.IntentForms()
	if forms&profile.HandRaise != 0 {
		intent = IntentHandRaise
	}
	if forms&^profile.HandRaise != 0 {
		intent |= IntentForm
	}
	if e.seen&e.m.IntentKinds() != 0 {
		intent |= IntentSignal
	}
	if out.Criteria[model.Timing].State == Met && out.Criteria[model.Budget].State == Met {
		intent |= IntentTiming
	}
	return intent
}
