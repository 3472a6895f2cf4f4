package score

import (
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
)

func ms(millis uint32, k evidence.Kind) evidence.Signal {
	return evidence.Signal{Kind: k, Millis: millis}
}

func TestASignalCountsFromTheSecondInWhichItLies(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(page), Points: 5000}}})
	for millis, want := range map[uint32]uint8{8_999: 5, 9_000: 5, 9_999: 5, 10_000: 0} {
		in := &Input{Now: monday + 9, Visits: []evidence.Visit{visit(monday, ms(millis, page))}}
		if r := mustScore(t, e, in); r.Engagement != want {
			t.Errorf("a signal at %d ms earns %d at second 9, want %d", millis, r.Engagement, want)
		}
	}
}

func TestAWindowOpensToTheMillisecond(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(ask), Points: 5000, Prior: kinds(price), NotBefore: 60}}})
	for millis, want := range map[uint32]uint8{60_499: 0, 60_500: 5} {
		in := &Input{Now: monday + 99, Visits: []evidence.Visit{visit(monday, ms(500, price), ms(millis, ask))}}
		if r := mustScore(t, e, in); r.Engagement != want {
			t.Errorf("%d ms after the price a form earns %d, want %d", millis-500, r.Engagement, want)
		}
	}
}

func TestAFaultFarBehindTheInstantAskedForIsSeen(t *testing.T) {
	e := starter(t)
	v := visit(monday, at(0, page), at(100, page), at(200, page), at(300, page))
	v.Log = append(v.Log, byte(page), 0x80, 0)
	if err := e.Score(&Input{Now: monday, Visits: []evidence.Visit{v}}, new(Result)); err != evidence.ErrTime {
		t.Errorf("a log with a fault at its end gave %v", err)
	}
}

func TestManyVisitsMayBeginInOneSecond(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: 1, Points: 1000}}})
	in := &Input{Now: monday}
	for range MaxVisits {
		in.Visits = append(in.Visits, visit(monday))
	}
	if r := mustScore(t, e, in); r.Engagement != MaxVisits {
		t.Errorf("%d visits of a second earn %d", MaxVisits, r.Engagement)
	}
}

func TestInstantsOutsideOf1970To2106AreRefused(t *testing.T) {
	e := starter(t)
	for name, in := range map[string]*Input{
		"asked for":       {Now: 1 << 32},
		"said after":      {Said: 1 << 32},
		"said before":     {Said: -1},
		"visited after":   {Visits: []evidence.Visit{visit(1 << 32)}},
		"visited before":  {Visits: []evidence.Visit{visit(-1)}},
		"asked for, past": {Now: -1},
	} {
		if err := e.Score(in, new(Result)); err != ErrTime {
			t.Errorf("%s: %v, want %v", name, err, ErrTime)
		}
	}
	last := &Input{Now: 1<<32 - 1, Said: 1<<32 - 1, Visits: []evidence.Visit{visit(1<<32 - 1)}, Profile: said(buyer)}
	if r := mustScore(t, e, last); r.Fit != 100 || r.Engagement != 15 {
		t.Errorf("the last instant scores %s, %+v", r.Grade(), r.Ledger())
	}
}
