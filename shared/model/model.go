// Package model is the compiled model: a marketer's rules as one flat block of
// bytes that the engine reads in place, in the browser and on the server alike.
// Names and labels stay outside of it.
//
// The layout, little endian throughout:
//
//	 0  magic "ASSY"            4  format 2
//	 5  signal rules            6  fact rules
//	 7  bounds of ranges        8  words (16 bits)
//	10  criteria               11  gates
//	12  checksum: FNV-1a of all bytes but these four
//	16  lowest fit of letter A, B, C
//	19  lowest engagement of level 1, 2, 3
//	22  percent of the fit points that must be known for a letter
//	23  lowest fit at which a hand-raise makes a prospect
//	24  band of each level, two bits each, for A, B, C, D and "?"
//	29  prospect levels, one bit each, for A, B, C, D and "?"
//	34  groups                 35  zero
//	36  signals that are explicit interest, one bit each (64 bits)
//	44  form kinds that are explicit interest, one bit each (16 bits)
//	46  two zero bytes
//	48  signal rules of 52 bytes, fact rules of 16, criteria of 16, gates of 8,
//	    groups of 4, bounds of 4, then the words in four columns of one byte
//	    each: what the high byte of the hash adds to the word's before, mark and
//	    code, middle byte, low byte. In columns they take a fifth fewer bytes
//	    once compressed.
package model

import (
	"assay/shared/fault"
	"assay/shared/profile"
)

// Sizes of the layout and bounds of its counts.
const (
	Format         = 2
	HeaderBytes    = 48
	SignalBytes    = 52
	FactBytes      = 16
	CriterionBytes = 16
	GateBytes      = 8
	GroupBytes     = 4
	BoundBytes     = 4
	WordBytes      = 4

	MaxBytes       = 10240 // a whole model
	MaxSignalRules = 64
	MaxFactRules   = 64
	MaxBounds      = 64
	MaxWords       = profile.MaxWords
	MaxCriteria    = 16
	MaxGates       = 8
	MaxGroups      = 15

	MaxPoints   = 1_000_000       // milli-points of one rule or cap, either way
	MaxDuration = 3 * 365 * 86400 // seconds of a hold, half-life or window
	MaxBound    = 1<<28 - 1       // of a range
)

// What can be wrong with a model.
const (
	ErrMagic    fault.Code = 21 // not a model, or of another format
	ErrSize     fault.Code = 22 // length and counts disagree, or a count is too high
	ErrChecksum fault.Code = 23 // a byte was changed
	ErrHeader   fault.Code = 24 // thresholds out of order or range
	ErrRule     fault.Code = 25 // a rule, criterion, gate or group out of range
	ErrWords    fault.Code = 26 // words or bounds out of order or range
)

// Signal is a rule on signals: what each one of some kinds earns.
type Signal struct {
	Kinds      uint64 // bit k stands for evidence.Kind k, bit 0 for a visit's start
	Points     int32  // milli-points of one signal, may be negative
	SessionCap int32  // most milli-points of one visit before the day's cap; 0: no cap
	DayCap     int32  // most milli-points of one UTC day before ageing; 0: no cap
	TotalCap   int32  // most milli-points of the rule after ageing; 0: no cap
	Hold       uint32 // seconds before ageing begins
	HalfLife   uint32 // seconds in which points halve; 0: they never age
	Skip       uint8  // the first so many signals earn nothing
	Group      uint8  // 1 to MaxGroups shares a group's cap; 0: none

	// Window: with Prior, a signal counts only if the last one of these kinds
	// before it lies at least NotBefore and, unless 0, at most Within seconds
	// back. So a sequence is "B, Prior A", a return "visit, Prior visit".
	Prior     uint64
	NotBefore uint32
	Within    uint32
}

// Fact is a rule on one field of the profile.
type Fact struct {
	Field    profile.Field
	Fit      bool   // counts to fit, else to engagement
	Group    uint8  // 1 to MaxGroups shares a group's cap; 0: none
	Codes    uint32 // bit c stands for profile.Code c
	Points   int32  // milli-points, may be negative
	HalfLife uint32 // seconds, of engagement alone; 0: points never age
}

// Criterion says what the answers of a field mean for a qualification
// criterion. An answer in none of the three sets leaves it unknown. Of several
// mappings of one criterion the first that knows something counts.
type Criterion struct {
	Name  CriterionName
	Field profile.Field
	Met   uint32 // bit c stands for profile.Code c
	Part  uint32 // answers that meet it partly
	Unmet uint32 // answers that speak against it
}

// CriterionName is one of the questions that make a prospect.
type CriterionName uint8

// The criteria (BANT and interest).
const (
	Need CriterionName = iota
	Budget
	Authority
	Timing
	Interest
	Criteria // how many there are
)

// Gate holds a contact for review, without points, when a field has one of
// some codes.
type Gate struct {
	Bit   GateBit
	Field profile.Field
	Codes uint32
}

// GateBit is a reason to hold a contact, one bit each.
type GateBit uint8

// The gates.
const (
	GateHoneypot   GateBit = 1 // set by the signal alone, never by a Gate
	GateCompetitor GateBit = 2
	GateDisposable GateBit = 4
	GateCountry    GateBit = 8
)

// Letters are the rows of the grid: A, B, C, D and "?".
const Letters = 5

// Levels are the columns of the grid, 1 to 4.
const Levels = 4

// Model reads a compiled model in place. The zero value is no model; Open
// makes one.
type Model struct {
	b       []byte
	facts   int32
	crit    int32
	gates   int32
	groups  int32
	bounds  int32
	words   int32
	nSignal int32
	nFact   int32
	nCrit   int32
	nGate   int32
	nGroup  int32
	nBound  int32
	nWord   int32
}

// Open checks a model's layout and checksum and keeps its bytes. After Open no
// accessor can fail, whatever the bytes say: values out of range make a silly
// model, which Check refuses where models are made, never a broken reader. So
// the browser's engine carries no range checks.
func (m *Model) Open(b []byte) error { return m.Read(b).Err() }

// Read is Open with a bare code, 0 for none.
func (m *Model) Read(b []byte) fault.Code {
	*m = Model{}
	if len(b) < HeaderBytes || u32(b, 0) != magic || b[4] != Format {
		return ErrMagic
	}
	r := Model{b: b, nSignal: int32(b[5]), nFact: int32(b[6]), nBound: int32(b[7]), nWord: int32(u16(b, 8)),
		nCrit: int32(b[10]), nGate: int32(b[11]), nGroup: int32(b[34])}
	r.facts = HeaderBytes + r.nSignal*SignalBytes
	r.crit = r.facts + r.nFact*FactBytes
	r.gates = r.crit + r.nCrit*CriterionBytes
	r.groups = r.gates + r.nGate*GateBytes
	r.bounds = r.groups + r.nGroup*GroupBytes
	r.words = r.bounds + r.nBound*BoundBytes
	end := r.words + r.nWord*WordBytes
	if r.nSignal > MaxSignalRules || r.nFact > MaxFactRules || r.nBound > MaxBounds || r.nWord > MaxWords ||
		r.nCrit > MaxCriteria || r.nGate > MaxGates || r.nGroup > MaxGroups || int(end) != len(b) {
		return ErrSize
	}
	if Checksum(b) != u32(b, 12) {
		return ErrChecksum
	}
	*m = r
	return 0
}

// magic is "ASSY".
const magic = 'A' | 'S'<<8 | 'S'<<16 | 'Y'<<24

// Checksum gives FNV-1a over a model's bytes without the checksum's own four.
func Checksum(b []byte) uint32 {
	h := uint32(2166136261)
	for i, c := range b {
		if i < 12 || i > 15 {
			h = (h ^ uint32(c)) * 16777619
		}
	}
	return h
}
