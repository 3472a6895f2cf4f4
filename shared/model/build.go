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
	IntentKinds  uint64        // signals that are explicit interest, one bit each
	IntentForms  profile.Forms // kinds of form that are
	Signals      []Signal
	Facts        []Fact
	Criteria     []Criterion
	Gates        []Gate
	GroupCaps    []int32 // milli-points, of group 1, 2, …
	Bounds       []Bound // ascending by field, then number
	Words        []Word  // ascending by Hash, then Mark
}

// Bound is the lowest number of a range of a field, 0 to MaxBound.
type Bound struct {
	Field profile.Field
	From  uint32
}

// Word gives a text of a field, by its profile.Hash under its mark, a code.
type Word struct {
	Hash uint32
	Mark profile.Mark
	Code profile.Code
}

// Build lays a model out and checks it.
func Build(s *Source) ([]byte, error) {
	if len(s.Signals) > MaxSignalRules || len(s.Facts) > MaxFactRules || len(s.Bounds) > MaxBounds ||
		len(s.Words) > MaxWords || len(s.Criteria) > MaxCriteria || len(s.Gates) > MaxGates || len(s.GroupCaps) > MaxGroups {
		return nil, ErrSize
	}
	b := appendWords(appendRules(header(s), s), s.Words)
	copy(b[12:16], put32(nil, Checksum(b)))
	var m Model
	if err := m.Open(b); err != nil {
		return nil, err
	}
	return b, m.Check()
}

func header(s *Source) []byte {
	b := make([]byte, HeaderBytes, MaxBytes)
	copy(b, "ASSY")
	b[4] = Format
	b[5], b[6], b[7] = byte(len(s.Signals)), byte(len(s.Facts)), byte(len(s.Bounds))
	b[8], b[9] = byte(len(s.Words)), byte(len(s.Words)>>8)
	b[10], b[11], b[34] = byte(len(s.Criteria)), byte(len(s.Gates)), byte(len(s.GroupCaps))
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
	copy(b[36:], put64(nil, s.IntentKinds))
	b[44], b[45] = byte(s.IntentForms), byte(s.IntentForms>>8)
	return b
}

func appendRules(b []byte, s *Source) []byte {
	for _, r := range s.Signals {
		b = put64(b, r.Kinds)
		b = put32(put32(put32(b, uint32(r.Points)), uint32(r.DayCap)), uint32(r.TotalCap))
		b = put32(put32(b, r.Hold), r.HalfLife)
		b = append(b, r.Skip, r.Group, 0, 0)
		b = put64(put32(b, uint32(r.SessionCap)), r.Prior)
		b = put32(put32(b, r.NotBefore), r.Within)
	}
	for _, r := range s.Facts {
		fit := byte(0)
		if r.Fit {
			fit = 1
		}
		b = put32(append(b, byte(r.Field), fit, r.Group, 0), r.Codes)
		b = put32(put32(b, uint32(r.Points)), r.HalfLife)
	}
	for _, r := range s.Criteria {
		b = put32(append(b, byte(r.Name), byte(r.Field), 0, 0), r.Met)
		b = put32(put32(b, r.Part), r.Unmet)
	}
	for _, r := range s.Gates {
		b = put32(append(b, byte(r.Bit), byte(r.Field), 0, 0), r.Codes)
	}
	for _, c := range s.GroupCaps {
		b = put32(b, uint32(c))
	}
	for _, r := range s.Bounds {
		b = put32(b, uint32(r.Field)<<28|r.From&MaxBound)
	}
	return b
}

func appendWords(b []byte, words []Word) []byte {
	high := uint32(0)
	for _, w := range words {
		b = append(b, byte(w.Hash>>16-high))
		high = w.Hash >> 16
	}
	for _, w := range words {
		b = append(b, byte(w.Mark)|byte(w.Code))
	}
	for _, w := range words {
		b = append(b, byte(w.Hash>>8))
	}
	for _, w := range words {
		b = append(b, byte(w.Hash))
	}
	return b
}

func put32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func put64(b []byte, v uint64) []byte { return put32(put32(b, uint32(v)), uint32(v>>32)) }
