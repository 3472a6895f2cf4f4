// Package lifecycle decides where a contact stands: the stages, the moves
// between them, and who may make them. It is a state machine without clock,
// I/O or allocation: an event and a policy go in, the moves to record come out.
// Every move that it can make is a row of one table; README.md draws it.
package lifecycle

// Stage is where a contact stands. Numbers are stored: none is given a second
// meaning.
type Stage uint8

// The stages, in the order of the funnel; the last two are out of it.
const (
	Anonymous Stage = iota
	Subscriber
	Lead
	SalesReady
	Prospect
	Opportunity
	Customer
	Lost
	Disqualified
	Junk
	Stages // how many there are
)

const stageNames = "anonymous subscriber lead sales_ready prospect opportunity customer lost disqualified junk "

// String gives the stage's name in the API, or "" for a number without one.
func (s Stage) String() string { return nth(stageNames, uint8(s)) }

// StageOf gives the stage of a name; ok is false when there is none.
func StageOf(name string) (s Stage, ok bool) {
	s = Stage(place(stageNames, name, uint8(Stages)))
	if s == Stages {
		return Anonymous, false
	}
	return s, true
}
