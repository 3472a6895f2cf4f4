package score

import (
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// Of a model that an engine held before, nothing may stay: neither rules, nor
// words, nor what was asked of signals.
func TestAnEngineForgetsTheModelBefore(t *testing.T) {
	word := model.Word{Hash: profile.Hash(profile.Role, []byte("boss"), profile.Whole), Code: 2}
	before := model.Source{Words: []model.Word{word},
		Signals: []model.Signal{{Kinds: kinds(price), Points: 9000, Prior: kinds(page)}, {Kinds: kinds(page), Points: 7000}},
		Facts:   []model.Fact{fact(profile.Role, 30), fact(profile.Country, 40), fact(profile.Timing, 20)}}
	after := model.Source{
		Signals: []model.Signal{{Kinds: kinds(price), Points: 5000, Prior: kinds(ask)}},
		Facts:   []model.Fact{{Field: profile.Timing, Codes: 2, Points: 4000}, fact(profile.Role, 60)}}
	in := &Input{Now: monday + 9, Said: monday, Visits: []evidence.Visit{visit(monday, at(0, page), at(1, price))},
		Profile: said(map[profile.Field]string{profile.Role: "boss", profile.Country: "x", profile.Timing: "y"})}
	e := engineOf(t, before)
	mustScore(t, e, in)
	b, err := model.Build(thresholds(after))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(b); err != nil {
		t.Fatal(err)
	}
	got, want := mustScore(t, e, in), mustScore(t, engineOf(t, after), in)
	if *got != *want {
		t.Errorf("after another model %s, known %d, %+v; alone %s, known %d, %+v",
			got.Grade(), got.Known, got.Ledger(), want.Grade(), want.Known, want.Ledger())
	}
}

func thresholds(s model.Source) *model.Source {
	s.LetterMin, s.LevelMin, s.KnownMin = [3]uint8{75, 50, 25}, [3]uint8{60, 35, 15}, 50
	return &s
}
