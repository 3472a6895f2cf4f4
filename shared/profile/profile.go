// Package profile turns what a person said in a form into facts: small codes
// that rules can ask for. Which words mean which code is the model's business;
// this package only knows how to read a field.
//
// It allocates nothing, folds Latin letters by a small table of its own, and
// treats every text as hostile UTF-8.
package profile

// Field is one member of a profile.
type Field uint8

// The fields of a profile, in the order that logs and models use.
const (
	Email Field = iota
	Name
	Phone
	Company
	Role
	CompanySize
	Industry
	Country
	Budget
	Timing
	Need
	Authority
	Tools
	Message
	Fields // how many can be said

	Function = Fields // a fact of its own, read from Role: what the person works on
	Facts    = Fields + 1
)

// MaxText is the longest text of one field, in bytes.
const MaxText = 2000

const names = "email name phone company role company_size industry country budget timing need authority tools message function "

// String gives the field's name in a touch, or "" for a number without one.
func (f Field) String() string {
	start, at := 0, Field(0)
	for i := 0; i < len(names); i++ {
		if names[i] != ' ' {
			continue
		}
		if at == f {
			return names[start:i]
		}
		at++
		start = i + 1
	}
	return ""
}

// FieldOf gives the field of a name in a touch; ok is false when there is none.
func FieldOf(name string) (f Field, ok bool) {
	f, ok = FactOf(name)
	return f, ok && f < Fields
}

// FactOf gives the field or Function of a name; ok is false when there is none.
func FactOf(name string) (f Field, ok bool) {
	for f = 0; f < Facts; f++ {
		if f.String() == name {
			return f, true
		}
	}
	return Facts, false
}

// Texts holds what was said, by field; an empty text is an unanswered field.
type Texts [Fields][]byte

// Code is what a field's text means. Unknown and Other are the same for every
// model; codes from 2 to MaxCode are the model's own.
type Code uint8

// Codes with a fixed meaning.
const (
	Unknown Code = 0  // nothing was said
	Other   Code = 1  // something was said that the model has no word for
	MaxCode Code = 31 // highest code of a model
)

// FormKind says what a form is for.
type FormKind uint8

// The kinds of form.
const (
	FormOther FormKind = iota
	FormDemo
	FormQuote
	FormAppointment
	FormTrial
	FormContactSales
	FormSignup
	FormDownload
	FormSubscription
	FormKinds // how many there are
)

const formNames = "other demo quote appointment trial contact_sales signup download subscription "

// String gives the kind's name on a page, or "" for a number without one.
func (k FormKind) String() string {
	start, at := 0, FormKind(0)
	for i := 0; i < len(formNames); i++ {
		if formNames[i] != ' ' {
			continue
		}
		if at == k {
			return formNames[start:i]
		}
		at++
		start = i + 1
	}
	return ""
}

// FormKindOf gives the kind of a name; ok is false when there is none.
func FormKindOf(name string) (k FormKind, ok bool) {
	for k = 0; k < FormKinds; k++ {
		if k.String() == name {
			return k, true
		}
	}
	return FormOther, false
}

// Forms is a set of form kinds.
type Forms uint16

// With adds a kind to the set.
func (f Forms) With(k FormKind) Forms { return f | 1<<k }

// HandRaise are the kinds that ask for a person: demo, quote, appointment and
// contact sales.
const HandRaise Forms = 1<<FormDemo | 1<<FormQuote | 1<<FormAppointment | 1<<FormContactSales

// Trial is the set of the trial form alone: it carries intent, but is no
// hand-raise.
const Trial Forms = 1 << FormTrial
