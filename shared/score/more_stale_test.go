package score

import (
	"testing"

	"assay/shared/evidence"
	"assay/shared/fault"
	"assay/shared/model"
)

// pages scores two overlapping visits of page views, up to 7 points each.
func pages(t *testing.T) (*Engine, *Input) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: 1<<page | 1, Points: 3000, SessionCap: 7000, HalfLife: 60}}})
	return e, &Input{Now: monday + 100, Visits: []evidence.Visit{visit(monday, at(0, page), at(100, page)), visit(monday+10, at(0, page))}}
}

func TestOneMoreSignalCountsToTheLastVisit(t *testing.T) {
	e, in := pages(t)
	mustScore(t, e, in)
	var more Result
	for _, second := range []uint32{90, 95} { // seconds 100, where the first visit is, and 105
		if c := e.More(page, second*1000, &more); c != 0 {
			t.Fatal(c)
		}
	}
	in.Now, in.Visits[1] = monday+105, visit(monday+10, at(0, page), at(90, page), at(95, page))
	if want := mustScore(t, e, in); more != *want {
		t.Errorf("two more give %+v, from the start it is %+v", more.Ledger(), want.Ledger())
	}
}

func TestOneMoreSignalIsRefusedWhereItCannotGoOn(t *testing.T) {
	for name, c := range map[string]struct {
		kind   evidence.Kind
		millis uint32
		want   fault.Code
	}{
		"before another visit's last signal": {page, 89_999, ErrStale},
		"a visit's start":                    {0, 100_000, ErrStale},
		"no kind":                            {evidence.MaxKind + 1, 100_000, ErrStale},
		"longer than a log":                  {page, evidence.MaxMillis + 1, ErrStale},
		"as long as a log":                   {page, evidence.MaxMillis, 0},
		"a kind without a name":              {evidence.MaxKind, 100_000, 0},
	} {
		e, in := pages(t)
		before := *mustScore(t, e, in)
		out := before
		if got := e.More(c.kind, c.millis, &out); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if c.want != 0 && out != before {
			t.Errorf("%s: refused, and the result is another", name)
		}
	}
}

func TestOneMoreSignalNeedsAScoreToGoOnFrom(t *testing.T) {
	stale := func(what string, e *Engine, millis uint32) {
		t.Helper()
		if c := e.More(page, millis, new(Result)); c != ErrStale {
			t.Errorf("%s: %v, want %v", what, c, ErrStale)
		}
	}
	e, in := pages(t)
	stale("nothing was scored", e, 100_000)
	mustScore(t, e, &Input{Now: monday})
	stale("nobody visited", e, 100_000)
	mustScore(t, e, in)
	_ = e.Score(&Input{Now: -1}, new(Result))
	stale("the last input was refused", e, 100_000)
	in.Now = monday + 50
	mustScore(t, e, in)
	stale("a signal is yet to come", e, 100_000)
	mustScore(t, e, &Input{Now: LastInstant, Visits: []evidence.Visit{visit(LastInstant)}})
	stale("after 2106", e, 1000)
}

func TestOneMoreSignalIsRefusedOnceGrantsAreGone(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(page), Points: 50, HalfLife: 3600}}})
	full := make([]evidence.Signal, evidence.MaxSignals)
	for i := range full {
		full[i] = at(0, page)
	}
	two := []evidence.Visit{visit(monday, full...), visit(monday, full...)}
	mustScore(t, e, &Input{Now: monday, Visits: append(two, visit(monday))})
	if c := e.More(page, 0, new(Result)); c != 0 {
		t.Fatalf("the one that fills the grants: %v", c)
	}
	if c := e.More(page, 0, new(Result)); c != ErrStale {
		t.Errorf("the next one: %v, want %v", c, ErrStale)
	}
	mustScore(t, e, &Input{Now: monday, Visits: append(two, visit(monday, at(0, page)))})
	if c := e.More(page, 0, new(Result)); c != ErrStale {
		t.Errorf("after a score that filled them: %v, want %v", c, ErrStale)
	}
}

// Asking when a score changes leaves the engine at another instant than the
// input's, so nothing can go on from there.
func TestOneMoreSignalIsRefusedAfterLookingAhead(t *testing.T) {
	e, in := pages(t)
	if _, _, err := e.Leaves(in, 1, 100, LastInstant); err != nil {
		t.Fatal(err)
	}
	if c := e.More(page, 95_000, new(Result)); c != ErrStale {
		t.Errorf("one more signal after a look ahead: %v, want %v", c, ErrStale)
	}
}
