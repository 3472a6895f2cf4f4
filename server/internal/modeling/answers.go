package modeling

import (
	"slices"
	"strings"

	"assay/shared/profile"
)

// answers is what the texts of one field can mean: codes from 2 on are its
// ranges first, then its classes.
type answers struct {
	bounds  []uint32          // lowest number of each range, ascending
	next    int               // first free code
	classes []string          // in order
	codes   map[string]uint32 // a class's set of codes
	words   map[string]int    // how many words a class has
}

// Names that stand for answers without a class.
const (
	anyAnswer   = "any"   // every answer
	otherAnswer = "other" // an answer that the model has no word or range for
)

const anyCode = ^uint32(1) // all codes but profile.Unknown

func (c *compiler) answersOf(f profile.Field) *answers {
	a := c.answers[f]
	if a == nil {
		a = &answers{next: 2, codes: map[string]uint32{}, words: map[string]int{}}
		c.answers[f] = a
	}
	return a
}

// add gives a new class a code, or 0 when there are too many.
func (a *answers) add(class string) profile.Code {
	code := a.take()
	a.name(class, code)
	return code
}

// take gives a free code, or 0 when there is none.
func (a *answers) take() profile.Code {
	if a.next > int(profile.MaxCode) {
		return 0
	}
	a.next++
	return profile.Code(a.next - 1)
}

// name gives a code to a class, beside those that it has.
func (a *answers) name(class string, code profile.Code) {
	if !slices.Contains(a.classes, class) {
		a.classes = append(a.classes, class)
	}
	if code != 0 {
		a.codes[class] |= 1 << code
	}
}

// names lists the classes in a set, for messages.
func (a *answers) names(set uint32) string {
	var found []string
	for _, class := range a.classes {
		if a.codes[class]&set != 0 {
			found = append(found, `"`+class+`"`)
		}
	}
	for i := range a.bounds {
		if set>>(2+i)&1 == 1 {
			found = append(found, a.rangeName(i))
		}
	}
	if set>>profile.Other&1 == 1 {
		found = append(found, `"`+otherAnswer+`"`)
	}
	return strings.Join(found, ", ")
}

// fieldOf gives a field whose name the schema has let pass, else
// profile.Facts: the document has a fault already.
func fieldOf(name string) profile.Field {
	f, _ := profile.FactOf(name)
	return f
}

// set gives the codes of some answers. An unknown field's mean nothing.
func (c *compiler) set(path string, f profile.Field, want Answers) uint32 {
	if f == profile.Facts {
		return 0
	}
	a, codes := c.answersOf(f), uint32(0)
	for i, class := range want.Is {
		known, ok := a.codes[class]
		switch {
		case class == anyAnswer:
			codes |= anyCode
		case class == otherAnswer:
			codes |= 1 << profile.Other
		case ok:
			codes |= known
		default:
			c.fault(at(path, "is", i), "unknown_class", "want one of %s for %s, got %q",
				strings.Join(append(slices.Clone(a.classes), otherAnswer, anyAnswer), ", "), f, class)
		}
	}
	if want.ranged() {
		codes |= a.span(want)
	}
	return codes
}

// everyAnswers visits each set of answers in the document with its pointer and
// field.
func (c *compiler) everyAnswers(visit func(path, field string, w *Answers)) {
	for i := range c.a.Engagement {
		if r := &c.a.Engagement[i]; r.Field != "" {
			visit(at("/engagement", i), r.Field, &r.Answers)
		}
	}
	for i := range c.a.Fit {
		r := &c.a.Fit[i]
		visit(at("/fit", i), r.Field, &r.Answers)
		for k := range r.Tiers {
			visit(at("/fit", i, "tiers", k), r.Field, &r.Tiers[k].Answers)
		}
	}
	for i := range c.a.Criteria {
		r := &c.a.Criteria[i]
		visit(at("/criteria", i, "met"), r.Field, &r.Met)
		visit(at("/criteria", i, "partly"), r.Field, &r.Partly)
		visit(at("/criteria", i, "unmet"), r.Field, &r.Unmet)
	}
	for i := range c.a.Gates {
		visit(at("/gates", i), c.a.Gates[i].Field, &c.a.Gates[i].Answers)
	}
}
