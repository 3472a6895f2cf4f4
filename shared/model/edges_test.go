package model

import (
	"bytes"
	"testing"

	"assay/shared/fault"
	"assay/shared/profile"
)

// lay lays a model out as Build does, without Build's own checks.
func lay(s *Source) []byte { return sum(appendWords(appendRules(header(s), s), s.Words)) }

// sum puts the right checksum into a model.
func sum(b []byte) []byte {
	copy(b[12:16], put32(nil, Checksum(b)))
	return b
}

func TestAModelIsOpenedWithAsManyRulesAsThereMayBe(t *testing.T) {
	for name, c := range map[string]struct {
		most int
		of   func(n int) *Source
	}{
		"signal rules": {MaxSignalRules, func(n int) *Source { return &Source{Signals: make([]Signal, n)} }},
		"fact rules":   {MaxFactRules, func(n int) *Source { return &Source{Facts: make([]Fact, n)} }},
		"bounds":       {MaxBounds, func(n int) *Source { return &Source{Bounds: make([]Bound, n)} }},
		"words":        {MaxWords, func(n int) *Source { return &Source{Words: make([]Word, n)} }},
		"criteria":     {MaxCriteria, func(n int) *Source { return &Source{Criteria: make([]Criterion, n)} }},
		"gates":        {MaxGates, func(n int) *Source { return &Source{Gates: make([]Gate, n)} }},
		"groups":       {MaxGroups, func(n int) *Source { return &Source{GroupCaps: make([]int32, n)} }},
	} {
		var m Model
		if err := m.Open(lay(c.of(c.most))); err != nil {
			t.Errorf("%d %s: %v", c.most, name, err)
		}
		if err := m.Open(lay(c.of(c.most + 1))); err != ErrSize {
			t.Errorf("%d %s: %v, want %v", c.most+1, name, err, ErrSize)
		}
	}
}

func TestWhatIsNoModelIsRefusedWhateverItsChecksum(t *testing.T) {
	for name, c := range map[string]struct {
		change func(b []byte) []byte
		want   fault.Code
	}{
		"another magic":  {func(b []byte) []byte { b[0] = 'B'; return b }, ErrMagic},
		"another format": {func(b []byte) []byte { b[4] = Format + 1; return b }, ErrMagic},
		"a byte behind":  {func(b []byte) []byte { return append(b, 0) }, ErrSize},
		"a byte missing": {func(b []byte) []byte { return b[:len(b)-1] }, ErrSize},
	} {
		b := sum(c.change(bytes.Clone(lay(sound()))))
		if err := new(Model).Open(b); err != c.want {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestModelsAreTakenUpToTheirBounds(t *testing.T) {
	for name, change := range map[string]func(s *Source){
		"thresholds of 100":           func(s *Source) { s.LetterMin[0], s.LevelMin[0], s.KnownMin, s.HandRaiseFit = 100, 100, 100, 100 },
		"the most points":             func(s *Source) { s.Signals[0].Points, s.Facts[0].Points = MaxPoints, -MaxPoints },
		"the longest durations":       func(s *Source) { s.Signals[0].Hold, s.Signals[0].HalfLife = MaxDuration, MaxDuration },
		"the longest window":          func(s *Source) { s.Signals[0].NotBefore, s.Signals[0].Within = MaxDuration, MaxDuration },
		"a window of one moment":      func(s *Source) { s.Signals[0].NotBefore = s.Signals[0].Within },
		"a window without an end":     func(s *Source) { s.Signals[0].Within = 0 },
		"an answer that ages":         func(s *Source) { s.Facts[0].Fit, s.Facts[0].HalfLife = false, MaxDuration },
		"caps of the most points":     func(s *Source) { s.GroupCaps[0], s.Signals[0].SessionCap = MaxPoints, MaxPoints },
		"a criterion read from a job": func(s *Source) { s.Criteria[0].Field = profile.Function },
	} {
		s := sound()
		change(s)
		if _, err := Build(s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestModelsAreRefusedBeyondTheirBounds(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *Source)
		want   fault.Code
	}{
		"A and B at one point":         {func(s *Source) { s.LetterMin[1] = s.LetterMin[0] }, ErrHeader},
		"B and C at one point":         {func(s *Source) { s.LetterMin[2] = s.LetterMin[1] }, ErrHeader},
		"levels 1 and 2 at one point":  {func(s *Source) { s.LevelMin[1] = s.LevelMin[0] }, ErrHeader},
		"levels 2 and 3 at one point":  {func(s *Source) { s.LevelMin[2] = s.LevelMin[1] }, ErrHeader},
		"a hand-raise's fit of 101":    {func(s *Source) { s.HandRaiseFit = 101 }, ErrHeader},
		"a fourth band, at level 4":    {func(s *Source) { s.Bands[0][3] = 3 }, ErrHeader},
		"an endless hold":              {func(s *Source) { s.Signals[0].Hold = MaxDuration + 1 }, ErrRule},
		"an endless window":            {func(s *Source) { s.Signals[0].Within = MaxDuration + 1 }, ErrRule},
		"a visit's cap below zero":     {func(s *Source) { s.Signals[0].SessionCap = -1 }, ErrRule},
		"a total cap below zero":       {func(s *Source) { s.Signals[0].TotalCap = -1 }, ErrRule},
		"a fact of no such group":      {func(s *Source) { s.Facts[0].Group = 3 }, ErrRule},
		"an answer that never halves":  {func(s *Source) { s.Facts[0].Fit, s.Facts[0].HalfLife = false, MaxDuration+1 }, ErrRule},
		"met and partly":               {func(s *Source) { s.Criteria[0].Part = s.Criteria[0].Met }, ErrRule},
		"partly and unmet":             {func(s *Source) { s.Criteria[0].Unmet = s.Criteria[0].Part }, ErrRule},
		"a criterion without a field":  {func(s *Source) { s.Criteria[0].Field = profile.Facts }, ErrRule},
		"a gate without a field":       {func(s *Source) { s.Gates[0].Field = profile.Facts }, ErrRule},
		"a gate for the unsaid":        {func(s *Source) { s.Gates[0].Codes = 1 }, ErrRule},
		"one bound twice":              {func(s *Source) { s.Bounds[1] = s.Bounds[0] }, ErrWords},
		"a group of too many points":   {func(s *Source) { s.GroupCaps[1] = MaxPoints + 1 }, ErrRule},
		"a bound of no field anywhere": {func(s *Source) { s.Bounds = []Bound{{profile.Function, 1}} }, ErrWords},
	} {
		s := sound()
		c.change(s)
		if _, err := Build(s); err != c.want {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}
