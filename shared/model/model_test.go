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

func word(text string, m profile.Mark) uint32 { return profile.Hash(profile.Role, []byte(text), m) }

func sound() *Source {
	return &Source{LetterMin: [3]uint8{75, 50, 25}, LevelMin: [3]uint8{60, 35, 15}, KnownMin: 50, HandRaiseFit: 25,
		IntentKinds: 1 << 36, IntentForms: profile.HandRaise,
		Signals: []Signal{{Kinds: 1 << 2, Points: 15000, SessionCap: 14000, DayCap: 15000, TotalCap: 30000, Hold: 7, HalfLife: 604800,
			Skip: 3, Group: 2, Prior: 1, NotBefore: 60, Within: 61}},
		Facts:     []Fact{{Field: profile.Industry, Fit: true, Group: 1, Codes: 4, Points: 20000}},
		GroupCaps: []int32{30000, 40000},
		Criteria:  []Criterion{{Name: Budget, Field: profile.Budget, Met: 4, Part: 8, Unmet: 2}},
		Gates:     []Gate{{Bit: GateCompetitor, Field: profile.Email, Codes: 8}},
		Bounds:    []Bound{{profile.CompanySize, 1}, {profile.CompanySize, 51}, {profile.Budget, 0}},
		Words: []Word{{Hash: word("cto", profile.Whole), Code: 3}, {Hash: word("ceo", profile.Whole), Code: 2},
			{Hash: word("ceo", profile.Whole), Mark: profile.Prefix, Code: 4}}}
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
	if m.Bounds() != 3 || m.Bound(1) != uint32(profile.CompanySize)<<28|51 || m.GroupCap(2) != 40000 || m.Groups() != 2 {
		t.Error("bounds or groups read back differently")
	}
	if m.IntentKinds() != s.IntentKinds || m.IntentForms() != s.IntentForms {
		t.Error("intent reads back differently")
	}
	var words profile.Lexicon
	m.PutWords(&words)
	for text, want := range map[string]profile.Code{"CEO": 2, "cto": 3, "ceofficer": 4, "cfo": profile.Other} {
		if got := profile.Read(profile.Role, []byte(text), &words, nil); got != want {
			t.Errorf("%s reads as %d, want %d", text, got, want)
		}
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
		"no kind":              {func(s *Source) { s.Signals[0].Kinds = 0 }, ErrRule},
		"no points":            {func(s *Source) { s.Signals[0].Points = 0 }, ErrRule},
		"too many points":      {func(s *Source) { s.Signals[0].Points = MaxPoints + 1 }, ErrRule},
		"negative cap":         {func(s *Source) { s.Signals[0].DayCap = -1 }, ErrRule},
		"endless half-life":    {func(s *Source) { s.Signals[0].HalfLife = MaxDuration + 1 }, ErrRule},
		"no such field":        {func(s *Source) { s.Facts[0].Field = profile.Facts }, ErrRule},
		"points for unknown":   {func(s *Source) { s.Facts[0].Codes = 1 }, ErrRule},
		"fit that ages":        {func(s *Source) { s.Facts[0].HalfLife = 1 }, ErrRule},
		"met and unmet":        {func(s *Source) { s.Criteria[0].Unmet = 4 }, ErrRule},
		"honeypot as a fact":   {func(s *Source) { s.Gates[0].Bit = GateHoneypot }, ErrRule},
		"no such group":        {func(s *Source) { s.Signals[0].Group = 3 }, ErrRule},
		"a group without cap":  {func(s *Source) { s.GroupCaps[0] = 0 }, ErrRule},
		"window upside down":   {func(s *Source) { s.Signals[0].NotBefore = 62 }, ErrRule},
		"window on nothing":    {func(s *Source) { s.Signals[0].Prior = 0 }, ErrRule},
		"interest by a visit":  {func(s *Source) { s.IntentKinds = 1 }, ErrHeader},
		"no such form":         {func(s *Source) { s.IntentForms = 1 << profile.FormKinds }, ErrHeader},
		"answers of nothing":   {func(s *Source) { s.Criteria[0] = Criterion{Name: Budget, Field: profile.Budget} }, ErrRule},
		"interest by answers":  {func(s *Source) { s.Criteria[0].Name = Interest }, ErrRule},
		"bounds out of order":  {func(s *Source) { s.Bounds = s.Bounds[1:]; s.Bounds[1] = s.Bounds[0] }, ErrWords},
		"words out of order":   {func(s *Source) { s.Words[0], s.Words[2] = s.Words[2], s.Words[0] }, ErrWords},
		"a word twice":         {func(s *Source) { s.Words[2].Mark = profile.Whole }, ErrWords},
		"two marks":            {func(s *Source) { s.Words[2].Mark = profile.Prefix | profile.Suffix }, ErrWords},
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
		for i := range m.Bounds() {
			m.Bound(i)
		}
		for i := range m.Groups() {
			m.GroupCap(i + 1)
		}
		m.PutWords(new(profile.Lexicon))
	})
}
