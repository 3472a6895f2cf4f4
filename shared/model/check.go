package model

import "assay/shared/profile"

// knownKinds has a bit for every kind that a log may hold.
const knownKinds = ^uint64(1)

// Check holds an open model to the ranges and the order of its members, fields
// that a reader would wrap around included. It fails with ErrHeader, ErrRule or
// ErrWords.
func (m *Model) Check() error {
	if !m.headerSound() {
		return ErrHeader
	}
	if !m.rulesSound() {
		return ErrRule
	}
	if !m.wordsSound() {
		return ErrWords
	}
	return nil
}

func (m *Model) headerSound() bool {
	b := m.b
	for i := 16; i < 24; i++ {
		if b[i] > 100 {
			return false
		}
	}
	for i := 24; i < 29; i++ {
		if b[i]&(b[i]>>1)&0x55 != 0 { // two bits of 3: no such band
			return false
		}
	}
	for i := 29; i < 34; i++ {
		if b[i] > 15 {
			return false
		}
	}
	return b[16] > b[17] && b[17] > b[18] && b[19] > b[20] && b[20] > b[21] && b[34] == 0 && b[35] == 0
}

func (m *Model) rulesSound() bool {
	for i := int32(0); i < m.nSignal; i++ {
		r := m.SignalRule(i)
		pad := m.b[HeaderBytes+i*SignalBytes:]
		if r.Kinds == 0 || r.Kinds&^knownKinds != 0 || r.Points == 0 || !points(r.Points) ||
			r.DayCap < 0 || !points(r.DayCap) || r.TotalCap < 0 || !points(r.TotalCap) ||
			r.Hold > MaxDuration || r.HalfLife > MaxDuration || pad[29]|pad[30]|pad[31] != 0 {
			return false
		}
	}
	for i := int32(0); i < m.nFact; i++ {
		r := m.FactRule(i)
		pad := m.b[m.facts+i*FactBytes:]
		if pad[0] >= byte(profile.Fields) || r.Codes == 0 || r.Codes&1 != 0 || r.Points == 0 || !points(r.Points) ||
			r.HalfLife > MaxDuration || r.Fit && r.HalfLife != 0 || pad[1] > 1 || pad[2]|pad[3] != 0 {
			return false
		}
	}
	for i := int32(0); i < m.nCrit; i++ {
		r := m.CriterionRule(i)
		pad := m.b[m.crit+i*CriterionBytes:]
		if pad[0] >= byte(Criteria) || pad[1] >= byte(profile.Fields) || r.Met&r.Part|r.Met&r.Unmet|r.Part&r.Unmet != 0 ||
			(r.Met|r.Part|r.Unmet)&1 != 0 || pad[2]|pad[3] != 0 {
			return false
		}
	}
	for i := int32(0); i < m.nGate; i++ {
		r := m.GateRule(i)
		pad := m.b[m.gates+i*GateBytes:]
		known := r.Bit == GateCompetitor || r.Bit == GateDisposable || r.Bit == GateCountry
		if !known || pad[1] >= byte(profile.Fields) || r.Codes == 0 || r.Codes&1 != 0 || pad[2]|pad[3] != 0 {
			return false
		}
	}
	return true
}

func points(p int32) bool { return p >= -MaxPoints && p <= MaxPoints }

func (m *Model) wordsSound() bool {
	for i := int32(1); i < m.nSize; i++ {
		if m.Size(i) <= m.Size(i-1) {
			return false
		}
	}
	words := m.Words()
	last := uint32(0)
	for i := int32(0); i < int32(len(words)/profile.EntryBytes); i++ {
		hash, code := words.At(i)
		if i > 0 && hash <= last || code < 2 || code > profile.MaxCode {
			return false
		}
		last = hash
	}
	return true
}
