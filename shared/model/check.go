package model

import "assay/shared/profile"

// Check holds an open model to the ranges and the order of its members, fields
// that a reader would wrap around included. It fails with ErrHeader, ErrRule or
// ErrWords.
func (m *Model) Check() error {
	if !m.headerSound() {
		return ErrHeader
	}
	if !m.signalsSound() || !m.factsSound() || !m.criteriaSound() || !m.gatesSound() {
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
	return b[16] > b[17] && b[17] > b[18] && b[19] > b[20] && b[20] > b[21] && b[35]|b[46]|b[47] == 0 &&
		m.IntentKinds()&1 == 0 && m.IntentForms()>>profile.FormKinds == 0
}

func (m *Model) signalsSound() bool {
	for i := int32(0); i < m.nSignal; i++ {
		r := m.SignalRule(i)
		pad := m.b[HeaderBytes+i*SignalBytes:]
		if r.Kinds == 0 || r.Points == 0 || !points(r.Points) || !limit(r.DayCap) || !limit(r.TotalCap) || !limit(r.SessionCap) ||
			max(r.Hold, r.HalfLife, r.NotBefore, r.Within) > MaxDuration ||
			r.Prior == 0 && r.NotBefore|r.Within != 0 || r.Within != 0 && r.Within < r.NotBefore ||
			int32(pad[29]) > m.nGroup || pad[30]|pad[31] != 0 {
			return false
		}
	}
	for i := int32(1); i <= m.nGroup; i++ {
		if most := m.GroupCap(i); most == 0 || !limit(most) {
			return false
		}
	}
	return true
}

func (m *Model) factsSound() bool {
	for i := int32(0); i < m.nFact; i++ {
		r := m.FactRule(i)
		pad := m.b[m.facts+i*FactBytes:]
		if pad[0] >= byte(profile.Facts) || !answers(r.Codes) || r.Points == 0 || !points(r.Points) ||
			r.HalfLife > MaxDuration || r.Fit && r.HalfLife != 0 || pad[1] > 1 || int32(pad[2]) > m.nGroup || pad[3] != 0 {
			return false
		}
	}
	return true
}

func (m *Model) criteriaSound() bool {
	for i := int32(0); i < m.nCrit; i++ {
		r := m.CriterionRule(i)
		pad := m.b[m.crit+i*CriterionBytes:]
		if pad[0] >= byte(Interest) || pad[1] >= byte(profile.Facts) || r.Met&r.Part|r.Met&r.Unmet|r.Part&r.Unmet != 0 ||
			!answers(r.Met|r.Part|r.Unmet) || pad[2]|pad[3] != 0 {
			return false
		}
	}
	return true
}

func (m *Model) gatesSound() bool {
	for i := int32(0); i < m.nGate; i++ {
		r := m.GateRule(i)
		pad := m.b[m.gates+i*GateBytes:]
		known := r.Bit == GateCompetitor || r.Bit == GateDisposable || r.Bit == GateCountry
		if !known || pad[1] >= byte(profile.Facts) || !answers(r.Codes) || pad[2]|pad[3] != 0 {
			return false
		}
	}
	return true
}

func points(p int32) bool { return p >= -MaxPoints && p <= MaxPoints }

func limit(p int32) bool { return p >= 0 && p <= MaxPoints }

// answers reports whether a set has an answer and nothing unsaid.
func answers(codes uint32) bool { return codes != 0 && codes&1 == 0 }

func (m *Model) wordsSound() bool {
	var ranges [16]profile.Code
	for i := int32(0); i < m.nBound; i++ {
		f := m.Bound(i) >> 28
		if ranges[f]++; profile.Field(f) >= profile.Fields || ranges[f] >= profile.MaxCode || i > 0 && m.Bound(i) <= m.Bound(i-1) {
			return false
		}
	}
	columns, n := m.b[m.words:], m.nWord
	last, high := uint32(0), uint32(0)
	for i := int32(0); i < n; i++ {
		high += uint32(columns[i])
		entry := columns[n+i]
		mark, code := profile.Mark(entry)&^profile.Mark(profile.MaxCode), profile.Code(entry)&profile.MaxCode
		key := high<<24 | uint32(columns[2*n+i])<<16 | uint32(columns[3*n+i])<<8 | uint32(mark)
		if i > 0 && key <= last || high > 255 || code < 2 || mark != profile.Whole && mark != profile.Prefix && mark != profile.Suffix {
			return false
		}
		last = key
	}
	return true
}
