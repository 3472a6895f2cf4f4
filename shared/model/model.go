// Package model is the compiled model: a marketer's rules as one flat block of
// bytes that the engine reads in place, in the browser and on the server alike.
// Names and labels stay outside of it.
//
// The layout, little endian throughout:
//
//	 0  magic "ASSY"            4  format 1
//	 5  signal rules            6  fact rules
//	 7  bounds of company size  8  words (16 bits)
//	10  criteria               11  gates
//	12  checksum: FNV-1a of all bytes but these four
//	16  lowest fit of letter A, B, C
//	19  lowest engagement of level 1, 2, 3
//	22  percent of the fit points that must be known for a letter
//	23  lowest fit at which a hand-raise makes a prospect
//	24  band of each level, two bits each, for A, B, C, D and "?"
//	29  prospect levels, one bit each, for A, B, C, D and "?"
//	34  two zero bytes
//	36  signal rules of 32 bytes, fact rules of 16, criteria of 16, gates of 8,
//	    bounds of 4, words of 4 (hash in 24 bits, code)
package model

import (
	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/profile"
)

// Sizes of the layout and bounds of its counts.
const (
	Format         = 1
	HeaderBytes    = 36
	SignalBytes    = 32
	FactBytes      = 16
	CriterionBytes = 16
	GateBytes      = 8
	BoundBytes     = 4

	MaxBytes       = 8192 // a whole model
	MaxSignalRules = 64
	MaxFactRules   = 64
	MaxSizes       = 16
	MaxWords       = 1024
	MaxCriteria    = 16
	MaxGates       = 8

	MaxPoints   = 1_000_000       // milli-points of one rule or cap, either way
	MaxDuration = 3 * 365 * 86400 // seconds of a hold or half-life
)

// What can be wrong with a model.
const (
	ErrMagic    fault.Code = 21 // not a model, or of another format
	ErrSize     fault.Code = 22 // length and counts disagree, or a count is too high
	ErrChecksum fault.Code = 23 // a byte was changed
	ErrHeader   fault.Code = 24 // thresholds out of order or range
	ErrRule     fault.Code = 25 // a rule, criterion or gate out of range
	ErrWords    fault.Code = 26 // words or bounds out of order or range
)

// Signal is a rule on signals: what each one of some kinds earns.
type Signal struct {
	Kinds    uint64 // bit k stands for evidence.Kind k
	Points   int32  // milli-points of one signal, may be negative
	DayCap   int32  // most milli-points of one UTC day before ageing; 0: no cap
	TotalCap int32  // most milli-points of the rule after ageing; 0: no cap
	Hold     uint32 // seconds before ageing begins
	HalfLife uint32 // seconds in which points halve; 0: they never age
	Skip     uint8  // the first so many signals earn nothing
}

// Fact is a rule on one field of the profile.
type Fact struct {
	Field    profile.Field
	Fit      bool   // counts to fit, else to engagement
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
	bounds  int32
	words   int32
	nSignal int32
	nFact   int32
	nCrit   int32
	nGate   int32
	nSize   int32
}

// Open checks a model's layout and checksum and keeps its bytes. After Open no
// accessor can fail, whatever the bytes say: values out of range make a silly
// model, which Check refuses where models are made, never a broken reader. So
// the browser's engine carries no range checks.
func (m *Model) Open(b []byte) error {
	*m = Model{}
	if len(b) < HeaderBytes || b[0] != 'A' || b[1] != 'S' || b[2] != 'S' || b[3] != 'Y' || b[4] != Format {
		return ErrMagic
	}
	r := Model{b: b, nSignal: int32(b[5]), nFact: int32(b[6]), nSize: int32(b[7]),
		nCrit: int32(b[10]), nGate: int32(b[11])}
	nWords := int32(u16(b, 8))
	r.facts = HeaderBytes + r.nSignal*SignalBytes
	r.crit = r.facts + r.nFact*FactBytes
	r.gates = r.crit + r.nCrit*CriterionBytes
	r.bounds = r.gates + r.nGate*GateBytes
	r.words = r.bounds + r.nSize*BoundBytes
	end := r.words + nWords*profile.EntryBytes
	if r.nSignal > MaxSignalRules || r.nFact > MaxFactRules || r.nSize > MaxSizes || nWords > MaxWords ||
		r.nCrit > MaxCriteria || r.nGate > MaxGates || end > MaxBytes || int(end) != len(b) {
		return ErrSize
	}
	if Checksum(b) != u32(b, 12) {
		return ErrChecksum
	}
	*m = r
	return nil
}

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

// SignalRules gives how many rules on signals there are.
func (m *Model) SignalRules() int32 { return m.nSignal }

// SignalRule gives rule i on signals, 0 ≤ i < SignalRules.
func (m *Model) SignalRule(i int32) Signal {
	b := m.b[HeaderBytes+i*SignalBytes:]
	b = b[:SignalBytes]
	return Signal{
		Kinds:  uint64(u32(b, 0)) | uint64(u32(b, 4))<<32,
		Points: int32(u32(b, 8)), DayCap: int32(u32(b, 12)), TotalCap: int32(u32(b, 16)),
		Hold: u32(b, 20), HalfLife: u32(b, 24), Skip: b[28],
	}
}

// FactRules gives how many rules on facts there are.
func (m *Model) FactRules() int32 { return m.nFact }

// FactRule gives rule i on facts, 0 ≤ i < FactRules.
func (m *Model) FactRule(i int32) Fact {
	b := m.b[m.facts+i*FactBytes:]
	b = b[:FactBytes]
	return Fact{Field: profile.Field(b[0] & 15), Fit: b[1] == 1, Codes: u32(b, 4),
		Points: int32(u32(b, 8)), HalfLife: u32(b, 12)}
}

// CriteriaRules gives how many answers are mapped to criteria.
func (m *Model) CriteriaRules() int32 { return m.nCrit }

// CriterionRule gives mapping i, 0 ≤ i < CriteriaRules.
func (m *Model) CriterionRule(i int32) Criterion {
	b := m.b[m.crit+i*CriterionBytes:]
	b = b[:CriterionBytes]
	return Criterion{Name: CriterionName(b[0] & 7), Field: profile.Field(b[1] & 15), Met: u32(b, 4), Part: u32(b, 8), Unmet: u32(b, 12)}
}

// Gates gives how many gates on facts there are.
func (m *Model) Gates() int32 { return m.nGate }

// GateRule gives gate i, 0 ≤ i < Gates.
func (m *Model) GateRule(i int32) Gate {
	b := m.b[m.gates+i*GateBytes:]
	b = b[:GateBytes]
	return Gate{Bit: GateBit(b[0]), Field: profile.Field(b[1] & 15), Codes: u32(b, 4)}
}

// Sizes gives how many bounds of company size there are.
func (m *Model) Sizes() int32 { return m.nSize }

// Size gives bound i in people, 0 ≤ i < Sizes.
func (m *Model) Size(i int32) uint32 { return u32(m.b, m.bounds+i*BoundBytes) }

// Words gives the model's words.
func (m *Model) Words() profile.Lexicon { return profile.Lexicon(m.b[m.words:]) }

// LetterMin gives the lowest fit of letter A (0), B (1) or C (2).
func (m *Model) LetterMin(i int32) uint8 { return m.b[16+i] }

// LevelMin gives the lowest engagement of level 1 (0), 2 (1) or 3 (2).
func (m *Model) LevelMin(i int32) uint8 { return m.b[19+i] }

// KnownMin gives the percent of the fit points that must be known for a letter.
func (m *Model) KnownMin() uint8 { return m.b[22] }

// HandRaiseFit gives the lowest fit at which a hand-raise makes a prospect.
func (m *Model) HandRaiseFit() uint8 { return m.b[23] }

// Band gives 0 cold, 1 warm or 2 hot for a letter (0 to 4) and a level (1 to 4).
func (m *Model) Band(letter, level int32) uint8 { return m.b[24+letter] >> (2 * (level - 1)) & 3 }

// ProspectCell reports whether a letter (0 to 4) and a level (1 to 4) are over
// the thresholds.
func (m *Model) ProspectCell(letter, level int32) bool { return m.b[29+letter]>>(level-1)&1 == 1 }

func u16(b []byte, at int32) uint16 { return uint16(b[at]) | uint16(b[at+1])<<8 }

func u32(b []byte, at int32) uint32 {
	b = b[at : at+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

var _ = [1]struct{}{}[evidence.MaxKind-63] // kinds fit the 64 bits of a mask
