package model

import (
	"bytes"
	"os"
	"testing"

	"assay/shared/fault"
	"assay/shared/profile"
)

func starter(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../score/testdata/starter.model")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sound() *Source {
	return &Source{LetterMin: [3]uint8{75, 50, 25}, LevelMin: [3]uint8{60, 35, 15}, KnownMin: 50, HandRaiseFit: 25,
		Signals:  []Signal{{Kinds: 1 << 2, Points: 15000, DayCap: 15000, TotalCap: 30000, HalfLife: 604800}},
		Facts:    []Fact{{Field: profile.Industry, Fit: true, Codes: 4, Points: 20000}},
		Criteria: []Criterion{{Name: Budget, Field: profile.Budget, Met: 4, Part: 8, Unmet: 2}},
		Gates:    []Gate{{Bit: GateCompetitor, Field: profile.Email, Codes: 8}},
		Sizes:    []uint32{1, 51}, Words: []Word{{Hash: 1, Code: 2}, {Hash: 9, Code: 3}}}
}

func TestBuiltModelReadsBack(t *testing.T) {
	s := sound()
	s.Bands[0][0], s.Bands[4][3], s.Prospect[1][0] = 2, 1, true
	b, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	var m Model
	if err := m.Open(b); err != nil {
		t.Fatal(err)
	}
	if m.SignalRule(0) != s.Signals[0] || m.FactRule(0) != s.Facts[0] || m.CriterionRule(0) != s.Criteria[0] || m.GateRule(0) != s.Gates[0] {
		t.Error("a rule reads back differently")
	}
	if m.Size(1) != 51 || m.Words().Find(9) != 3 || m.Words().Find(2) != 0 {
		t.Error("sizes or words read back differently")
	}
	if m.Band(0, 1) != 2 || m.Band(4, 4) != 1 || m.Band(0, 2) != 0 || !m.ProspectCell(1, 1) || m.ProspectCell(0, 1) {
		t.Error("the grid reads back differently")
	}
	if m.LetterMin(1) != 50 || m.LevelMin(2) != 15 || m.KnownMin() != 50 || m.HandRaiseFit() != 25 {
		t.Error("thresholds read back differently")
	}
}

func TestSillyModelsAreRefusedWhereTheyAreMade(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *Source)
		want   fault.Code
	}{
		"letters out of order": {func(s *Source) { s.LetterMin[1] = 80 }, ErrHeader},
		"level over 100":       {func(s *Source) { s.LevelMin[0] = 101 }, ErrHeader},
		"no such band":         {func(s *Source) { s.Bands[2][1] = 3 }, ErrHeader},
		"kind 0":               {func(s *Source) { s.Signals[0].Kinds = 1 }, ErrRule},
		"no kind":              {func(s *Source) { s.Signals[0].Kinds = 0 }, ErrRule},
		"no points":            {func(s *Source) { s.Signals[0].Points = 0 }, ErrRule},
		"too many points":      {func(s *Source) { s.Signals[0].Points = MaxPoints + 1 }, ErrRule},
		"negative cap":         {func(s *Source) { s.Signals[0].DayCap = -1 }, ErrRule},
		"endless half-life":    {func(s *Source) { s.Signals[0].HalfLife = MaxDuration + 1 }, ErrRule},
		"no such field":        {func(s *Source) { s.Facts[0].Field = profile.Fields }, ErrRule},
		"points for unknown":   {func(s *Source) { s.Facts[0].Codes = 1 }, ErrRule},
		"fit that ages":        {func(s *Source) { s.Facts[0].HalfLife = 1 }, ErrRule},
		"met and unmet":        {func(s *Source) { s.Criteria[0].Unmet = 4 }, ErrRule},
		"honeypot as a fact":   {func(s *Source) { s.Gates[0].Bit = GateHoneypot }, ErrRule},
		"sizes out of order":   {func(s *Source) { s.Sizes = []uint32{5, 5} }, ErrWords},
		"words out of order":   {func(s *Source) { s.Words[1].Hash = 1 }, ErrWords},
		"word without meaning": {func(s *Source) { s.Words[0].Code = 1 }, ErrWords},
		"too many rules":       {func(s *Source) { s.Signals = make([]Signal, MaxSignalRules+1) }, ErrSize},
	} {
		s := sound()
		c.change(s)
		if _, err := Build(s); err != c.want {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestChangedBytesAreRefused(t *testing.T) {
	b := starter(t)
	for i := range b {
		changed := bytes.Clone(b)
		changed[i] ^= 0x10
		var m Model
		if err := m.Open(changed); err == nil {
			t.Fatalf("byte %d was changed, and nobody noticed", i)
		}
	}
	for n := range b {
		var m Model
		if err := m.Open(b[:n]); err == nil {
			t.Fatalf("a model cut to %d bytes was opened", n)
		}
	}
}

// FuzzOpen holds every byte string to one rule: it is refused, or each accessor
// can be called.
func FuzzOpen(f *testing.F) {
	f.Add(starter(f))
	small, _ := Build(sound())
	f.Add(small)
	f.Add([]byte("ASSY\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= HeaderBytes { // look past the checksum
			b = bytes.Clone(b)
			copy(b[12:16], put32(nil, Checksum(b)))
		}
		var m Model
		if m.Open(b) != nil {
			return
		}
		_ = m.Check()
		for i := range m.SignalRules() {
			m.SignalRule(i)
		}
		for i := range m.FactRules() {
			if m.FactRule(i).Field > 15 {
				t.Fatal("a field outside the engine's tables")
			}
		}
		for i := range m.CriteriaRules() {
			m.CriterionRule(i)
		}
		for i := range m.Gates() {
			m.GateRule(i)
		}
		for i := range m.Sizes() {
			m.Size(i)
		}
		m.Words().Find(7)
	})
}
