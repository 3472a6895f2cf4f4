package model

import (
	"assay/shared/evidence"
	"assay/shared/profile"
)

// SignalRules gives how many rules on signals there are.
func (m *Model) SignalRules() int32 { return m.nSignal }

// SignalRule gives rule i on signals, 0 ≤ i < SignalRules.
func (m *Model) SignalRule(i int32) Signal {
	b := m.b[HeaderBytes+i*SignalBytes:]
	b = b[:SignalBytes]
	return Signal{
		Kinds:  u64(b, 0),
		Points: int32(u32(b, 8)), DayCap: int32(u32(b, 12)), TotalCap: int32(u32(b, 16)),
		Hold: u32(b, 20), HalfLife: u32(b, 24), Skip: b[28], Group: b[29] & 15,
		SessionCap: int32(u32(b, 32)), Prior: u64(b, 36), NotBefore: u32(b, 44), Within: u32(b, 48),
	}
}

// FactRules gives how many rules on facts there are.
func (m *Model) FactRules() int32 { return m.nFact }

// FactRule gives rule i on facts, 0 ≤ i < FactRules.
func (m *Model) FactRule(i int32) Fact {
	b := m.b[m.facts+i*FactBytes:]
	b = b[:FactBytes]
	return Fact{Field: profile.Field(b[0] & 15), Fit: b[1] == 1, Group: b[2] & 15, Codes: u32(b, 4),
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

// Groups gives how many groups of rules share a cap.
func (m *Model) Groups() int32 { return m.nGroup }

// GroupCap gives the most milli-points of group i, 1 ≤ i ≤ Groups, either way.
func (m *Model) GroupCap(i int32) int32 {
	return int32(u32(m.b, m.groups+(i-1)*GroupBytes) & 0x7fffffff)
}

// Bounds gives how many bounds of ranges there are.
func (m *Model) Bounds() int32 { return m.nBound }

// Bound gives bound i, 0 ≤ i < Bounds: a profile.Field in the top four bits,
// the lowest number of a range in the others.
func (m *Model) Bound(i int32) uint32 { return u32(m.b, m.bounds+i*BoundBytes) }

// Words gives how many words there are.
func (m *Model) Words() int32 { return m.nWord }

// PutWords adds the model's words to a lexicon.
func (m *Model) PutWords(l *profile.Lexicon) {
	high := uint32(0)
	n := m.nWord
	columns := m.b[m.words:]
	for i := int32(0); i < n; i++ {
		high += uint32(columns[i])
		l.Put(high<<16|uint32(columns[2*n+i])<<8|uint32(columns[3*n+i]), columns[n+i])
	}
}

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

// IntentKinds gives the signals that are explicit interest, one bit each.
func (m *Model) IntentKinds() uint64 { return u64(m.b, 36) }

// IntentForms gives the kinds of form that are explicit interest.
func (m *Model) IntentForms() profile.Forms { return profile.Forms(u16(m.b, 44)) }

func u16(b []byte, at int32) uint16 { return uint16(b[at]) | uint16(b[at+1])<<8 }

func u32(b []byte, at int32) uint32 {
	b = b[at : at+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func u64(b []byte, at int32) uint64 { return uint64(u32(b, at)) | uint64(u32(b, at+4))<<32 }

var _ = [1]struct{}{}[evidence.MaxKind-63] // kinds fit the 64 bits of a mask
