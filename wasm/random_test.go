package main

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// epoch is where random instants lie around, unix seconds.
const epoch = 1794787200

var words = []string{"ceo", "manager", "Étudiante", "gmail.com", "works.test", "manufacturing", "under_3_months", "now",
	"none", "1,000-5,000", "51-200", "ß", "機械", "\xc3", "a@b.c", "x@works.test", "@", "", " ", "1e9", "head of stock"}

type loggedSignals struct {
	signals []evidence.Signal
	bytes   []byte
}

func randomLog(r *rand.Rand) loggedSignals {
	var l evidence.Log
	var out loggedSignals
	millis := uint32(0)
	many := r.IntN(60)
	if r.IntN(50) == 0 {
		many = evidence.MaxSignals
	}
	for range many {
		millis += uint32(r.IntN(1 << r.IntN(22)))
		s := evidence.Signal{Kind: evidence.Kind(1 + r.IntN(45)), Millis: millis}
		if l.Append(s.Kind, s.Millis) == nil {
			out.signals = append(out.signals, s)
		}
	}
	out.bytes = bytes.Clone(l.Bytes())
	return out
}

// randomCase is a valid case most of the time, and a hostile one now and then.
func randomCase(r *rand.Rand) []byte {
	in := &score.Input{Now: epoch + int64(r.IntN(90*86400)), Forms: profile.Forms(r.IntN(1 << profile.FormKinds))}
	in.Said = in.Now - int64(r.IntN(20*86400)) + 86400
	for f := range in.Profile {
		if r.IntN(2) == 0 {
			in.Profile[f] = []byte(words[r.IntN(len(words))] + " " + words[r.IntN(len(words))])
		}
	}
	for f := range in.Facts {
		in.Facts[f] = profile.Code(r.IntN(4) / 3 * r.IntN(32))
	}
	for c := range in.Rep {
		in.Rep[c] = score.State(r.IntN(5) / 4 * r.IntN(4))
	}
	start := in.Now
	for range r.IntN(4) {
		in.Visits = append(in.Visits, evidence.Visit{Start: start, Log: randomLog(r).bytes})
		start -= int64(r.IntN(1 << (1 + r.IntN(21))))
	}
	slices.Reverse(in.Visits)
	b := score.AppendCase(nil, in)
	switch r.IntN(25) {
	case 0:
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
	case 1:
		b = b[:r.IntN(len(b))]
	}
	if len(b) > bufferBytes {
		b = b[:bufferBytes]
	}
	return b
}

// randomModel is a model with rules of every shape; now and then its numbers
// are out of all range, which the engines must bear in the same way.
func randomModel(r *rand.Rand) []byte {
	s := &model.Source{LetterMin: [3]uint8{75, 50, 25}, LevelMin: [3]uint8{60, 35, 15},
		KnownMin: uint8(r.IntN(101)), HandRaiseFit: 25,
		IntentKinds: r.Uint64() & r.Uint64() & r.Uint64() &^ 1, IntentForms: profile.Forms(r.IntN(1 << profile.FormKinds))}
	for l := range s.Bands {
		for v := range s.Bands[l] {
			s.Bands[l][v], s.Prospect[l][v] = byte(r.IntN(3)), r.IntN(3) == 0
		}
	}
	for range r.IntN(4) {
		s.GroupCaps = append(s.GroupCaps, 1+int32(r.IntN(60000)))
	}
	for range r.IntN(model.MaxSignalRules + 1) {
		s.Signals = append(s.Signals, randomRule(r, len(s.GroupCaps)))
	}
	for range r.IntN(model.MaxFactRules + 1) {
		f := model.Fact{Field: profile.Field(r.IntN(int(profile.Facts))), Fit: r.IntN(4) > 0, Codes: r.Uint32() &^ 1,
			Points: randomPoints(r), Group: uint8(r.IntN(len(s.GroupCaps) + 1))}
		if !f.Fit {
			f.HalfLife = uint32(r.IntN(1 << 22))
		}
		s.Facts = append(s.Facts, f)
	}
	for range r.IntN(model.MaxCriteria + 1) {
		a, b := r.Uint32(), r.Uint32()
		s.Criteria = append(s.Criteria, model.Criterion{Name: model.CriterionName(r.IntN(int(model.Interest))),
			Field: profile.Field(r.IntN(int(profile.Facts))), Met: a & b &^ 1, Part: a &^ b &^ 1, Unmet: b &^ a &^ 1})
	}
	for range r.IntN(model.MaxGates + 1) {
		s.Gates = append(s.Gates, model.Gate{Bit: 2 << r.IntN(3), Field: profile.Field(r.IntN(int(profile.Facts))), Codes: r.Uint32() &^ 1})
	}
	s.Bounds = []model.Bound{{Field: profile.CompanySize, From: 1}, {Field: profile.CompanySize, From: 11}, {Field: profile.CompanySize, From: 1001},
		{Field: profile.Budget, From: uint32(r.IntN(50))}, {Field: profile.Budget, From: 1000}}
	s.Words = randomWords(r)
	return spoiled(r, s)
}

func randomPoints(r *rand.Rand) int32 { return (int32(r.IntN(60000)) - 15000) | 1 }

// randomRule has each of its means now and then.
func randomRule(r *rand.Rand, groups int) model.Signal {
	some := func(n int) int { return r.IntN(2) * r.IntN(n) }
	rule := model.Signal{Kinds: r.Uint64() & r.Uint64() & r.Uint64(), Points: randomPoints(r),
		SessionCap: int32(some(40000)), DayCap: int32(some(50000)), TotalCap: int32(some(90000)),
		Hold: uint32(some(40 * 86400)), HalfLife: uint32(r.IntN(1 << r.IntN(25))), Skip: uint8(some(5)), Group: uint8(r.IntN(groups + 1))}
	if rule.Kinds == 0 {
		rule.Kinds = 1
	}
	if r.IntN(3) == 0 {
		rule.Prior, rule.NotBefore = r.Uint64()&r.Uint64()&r.Uint64()|1, uint32(some(1<<r.IntN(20)))
		if r.IntN(2) == 0 {
			rule.Within = rule.NotBefore + uint32(r.IntN(1<<r.IntN(20)))
		}
	}
	return rule
}

// randomWords gives each of some words a meaning in some field, under any mark.
func randomWords(r *rand.Rand) []model.Word {
	var out []model.Word
	for _, w := range words {
		for range r.IntN(4) {
			f, m := profile.Field(r.IntN(int(profile.Facts))), profile.Mark(r.IntN(3)*32)
			part := []byte(w)[:r.IntN(len(w)+1)]
			if m == profile.Suffix {
				part = []byte(w)[len(w)-len(part):]
			}
			out = append(out, model.Word{Hash: profile.Hash(f, part, m), Mark: m, Code: profile.Code(2 + r.IntN(30))})
		}
	}
	slices.SortFunc(out, func(a, b model.Word) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.Mark, b.Mark)) })
	return slices.CompactFunc(out, func(a, b model.Word) bool { return a.Hash == b.Hash && a.Mark == b.Mark })
}

// spoiled builds a model, and sometimes puts bytes of any kind into it.
func spoiled(r *rand.Rand, s *model.Source) []byte {
	b, _ := model.Build(s)
	if b == nil || r.IntN(6) > 0 {
		return b
	}
	for range 1 + r.IntN(200) {
		b[16+r.IntN(len(b)-16)] = byte(r.IntN(256))
	}
	if r.IntN(8) > 0 { // else the checksum refuses it
		sum := model.Checksum(b)
		b[12], b[13], b[14], b[15] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
	}
	return b
}
