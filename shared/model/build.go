package model

import "assay/shared/profile"

// Source is a model before it is laid out: what the authoring format compiles
// to.
type Source struct {
	LetterMin    [3]uint8              // lowest fit of A, B, C
	LevelMin     [3]uint8              // lowest engagement of level 1, 2, 3
	KnownMin     uint8                 // percent of the fit points
	HandRaiseFit uint8                 // lowest fit of a hand-raise that makes a prospect
	Bands        [Letters][Levels]byte // 0 cold, 1 warm, 2 hot
	Prospect     [Letters][Levels]bool
	Signals      []Signal
	Facts        []Fact
	Criteria     []Criterion
	Gates        []Gate
	Sizes        []uint32 // bounds of company size, ascending
	Words        []Word   // ascending by Hash
}

// Word gives a text of a field, by its profile.Hash, a code.
type Word struct {
	Hash uint32
	Code profile.Code
}

// Build lays a model out and checks it.
func Build(s *Source) ([]byte, error) {
	b := make([]byte, HeaderBytes, MaxBytes)
	copy(b, "ASSY")
	b[4] = Format
	if len(s.Signals) > MaxSignalRules || len(s.Facts) > MaxFactRules || len(s.Sizes) > MaxSizes ||
		len(s.Words) > MaxWords || len(s.Criteria) > MaxCriteria || len(s.Gates) > MaxGates {
		return nil, ErrSize
	}
	b[5], b[6], b[7] = byte(len(s.Signals)), byte(len(s.Facts)), byte(len(s.Sizes))
	b[8], b[9] = byte(len(s.Words)), byte(len(s.Words)>>8)
	b[10], b[11] = byte(len(s.Criteria)), byte(len(s.Gates))
	copy(b[16:], s.LetterMin[:])
	copy(b[19:], s.LevelMin[:])
	b[22], b[23] = s.KnownMin, s.HandRaiseFit
	for l := range s.Bands {
		for v := range s.Bands[l] {
			b[24+l] |= s.Bands[l][v] & 3 << (2 * v)
			if s.Prospect[l][v] {
				b[29+l] |= 1 << v
			}
		}
	}
	b = appendRules(b, s)
	for _, w := range s.Words {
		b = append(b, byte(w.Hash), byte(w.Hash>>8), byte(w.Hash>>16), byte(w.Code))
	}
	sum := Checksum(b)
	copy(b[12:16], put32(nil, sum))
	var m Model
	if err := m.Open(b); err != nil {
		return nil, err
	}
	return b, m.Check()
}

func appendRules(b []byte, s *Source) []byte {
	for _, r := range s.Signals {
		b = put32(put32(b, uint32(r.Kinds)), uint32(r.Kinds>>32))
		b = put32(put32(put32(b, uint32(r.Points)), uint32(r.DayCap)), uint32(r.TotalCap))
		b = put32(put32(b, r.Hold), r.HalfLife)
		b = append(b, r.Skip, 0, 0, 0)
	}
	for _, r := range s.Facts {
		fit := byte(0)
		if r.Fit {
			fit = 1
		}
		b = put32(append(b, byte(r.Field), fit, 0, 0), r.Codes)
		b = put32(put32(b, uint32(r.Points)), r.HalfLife)
	}
	for _, r := range s.Criteria {
		b = put32(append(b, byte(r.Name), byte(r.Field), 0, 0), r.Met)
		b = put32(put32(b, r.Part), r.Unmet)
	}
	for _, r := range s.Gates {
		b = put32(append(b, byte(r.Bit), byte(r.Field), 0, 0), r.Codes)
	}
	for _, n := range s.Sizes {
		b = put32(b, n)
	}
	return b
}

func put32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}
