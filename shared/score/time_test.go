package score

import (
	"math/rand/v2"
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// ageingFast is a random model whose points come and go within minutes, some of
// them negative, in groups, held and capped: engagement falls and rises.
func ageingFast(t testing.TB, r *rand.Rand) *Engine {
	s := model.Source{GroupCaps: []int32{int32(5000 + r.IntN(30000)), int32(5000 + r.IntN(60000))}}
	for range 2 + r.IntN(8) {
		rule := model.Signal{Kinds: r.Uint64()&r.Uint64()&^1 | 2, Points: int32(r.IntN(30000)) - 10000 | 1, Group: uint8(r.IntN(3)),
			Hold: uint32(r.IntN(2) * r.IntN(900)), HalfLife: uint32(20 + r.IntN(1500))}
		if r.IntN(2) == 0 {
			rule.TotalCap = int32(1000 + r.IntN(40000))
		}
		if r.IntN(6) == 0 {
			rule.HalfLife = 0
		}
		s.Signals = append(s.Signals, rule)
	}
	for range r.IntN(3) {
		s.Facts = append(s.Facts, model.Fact{Field: profile.Timing, Codes: 2, Points: int32(r.IntN(30000)) - 10000 | 1,
			Group: uint8(r.IntN(3)), HalfLife: uint32(20 + r.IntN(1500))})
	}
	return engineOf(t, s)
}

// The next change is exact: stepping second by second finds no crossing that
// was missed and none that was told too early.
func TestNoCrossingIsMissed(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	const models, horizon = 150, 5000
	crossings, rises, still := 0, 0, 0
	for range models {
		e, stepped := ageingFast(t, r), 0
		in := &Input{Now: monday + 1200, Said: monday + int64(r.IntN(1200)), Profile: said(map[profile.Field]string{profile.Timing: "soon"})}
		for v := range 1 + r.IntN(3) {
			var signals []evidence.Signal
			for second, n := 0, r.IntN(12); n > 0; n-- {
				second += r.IntN(60)
				signals = append(signals, at(uint32(second), evidence.Kind(1+r.IntN(39))))
			}
			in.Visits = append(in.Visits, visit(monday+int64(v)*300, signals...))
		}
		level := func(now int64) (uint8, uint8) {
			later := *in
			later.Now = now
			s := mustScore(t, e, &later)
			return s.Level, s.Engagement
		}
		for now := in.Now; now < monday+1200+horizon; {
			was, engagement := level(now)
			low, high := e.LevelRange(was)
			from := *in
			from.Now = now
			told, ok, err := e.Leaves(&from, low, high, LastInstant)
			if err != nil {
				t.Fatal(err)
			}
			for now++; now < monday+1200+horizon; now++ {
				stepped++
				l, value := level(now)
				if l == was {
					if ok && now == told {
						t.Fatalf("a change was told for %d, where engagement is %d as in level %d", told, value, was)
					}
					continue
				}
				if !ok || now != told {
					t.Fatalf("level %d (%d) becomes %d (%d) at %d, told was %d (%v)", was, engagement, l, value, now, told, ok)
				}
				crossings++
				if l < was {
					rises++
				}
				break
			}
			if !ok || told >= monday+1200+horizon {
				still++
			}
		}
	}
	t.Logf("%d crossings met to the second, %d of them upwards; %d stretches without one", crossings, rises, still)
	if crossings < 100 || rises < 5 || still < 10 {
		t.Error("the inputs are not varied enough")
	}
}

func TestAThresholdIsFallenBelowOnce(t *testing.T) {
	e := starter(t)
	in := &Input{Now: monday + 1, Visits: []evidence.Visit{visit(monday, at(0, evidence.PaywallHit), at(1, evidence.AskSubmitted))}}
	last := in.Now
	for _, threshold := range []uint8{75, 60, 35, 15, 1} {
		at, ok, err := e.Leaves(in, threshold, 100, LastInstant)
		if err != nil || !ok || at <= last-1 {
			t.Fatalf("below %d at %d (%v, %v), the higher one at %d", threshold, at, ok, err, last)
		}
		for _, c := range []struct {
			at    int64
			below bool
		}{{at - 1, false}, {at, true}} {
			later := *in
			later.Now = c.at
			if r := mustScore(t, e, &later); (r.Engagement < threshold) != c.below {
				t.Errorf("at %d engagement is %d, told to fall below %d at %d", c.at, r.Engagement, threshold, at)
			}
		}
		last = at
	}
	if _, ok, _ := e.Leaves(in, 0, 100, LastInstant); ok {
		t.Error("engagement left 0 to 100")
	}
}

// An answer with a date after the instant asked for is not said by time alone.
func TestWhatIsYetToBeSaidChangesNothing(t *testing.T) {
	e := starter(t)
	in := &Input{Now: monday, Said: monday + 60, Profile: said(buyer)}
	if at, ok, err := e.Leaves(in, 0, 14, LastInstant); ok || err != nil {
		t.Errorf("engagement rises at %d (%v)", at, err)
	}
	in.Said = monday
	if at, ok, _ := e.Leaves(in, 15, 100, LastInstant); !ok || at <= monday {
		t.Error("an answer that was said does not age")
	}
}

// Whoever does more than the engine keeps to be aged is told as exactly.
func TestTheNextChangeOfAVeryLongHistory(t *testing.T) {
	e := engineOf(t, model.Source{Signals: []model.Signal{{Kinds: kinds(page), Points: 50, HalfLife: 3600}}})
	in := &Input{Now: monday + 3000}
	for v := range int64(4) {
		var signals []evidence.Signal
		for s := range uint32(evidence.MaxSignals) {
			signals = append(signals, at(s, page))
		}
		in.Visits = append(in.Visits, visit(monday+v*600, signals...))
	}
	at, ok, err := e.Leaves(in, 60, 100, LastInstant)
	if err != nil || !ok || e.whole {
		t.Fatalf("%d, %v, %v; kept whole: %v", at, ok, err, e.whole)
	}
	for instant, below := range map[int64]bool{at - 1: false, at: true} {
		later := *in
		later.Now = instant
		if r := mustScore(t, e, &later); (r.Engagement < 60) != below {
			t.Errorf("at %d engagement is %d, told to fall below 60 at %d", instant, r.Engagement, at)
		}
	}
}

func TestRaiseNamesTheAnswerWorthMost(t *testing.T) {
	e := starter(t)
	known := func(fields ...profile.Field) *Input {
		some := map[profile.Field]string{}
		for _, f := range fields {
			some[f] = buyer[f]
		}
		return &Input{Now: monday, Said: monday, Profile: said(some)}
	}
	r, err := e.Raise(known(profile.Email, profile.Role, profile.CompanySize, profile.Industry, profile.Timing), new(Result))
	if err != nil || r.Field != profile.Need || r.Fit != 20 || r.Letter != 'A' {
		t.Errorf("an A already: %+v, %v; want the need, which adds most points", r, err)
	}
	r, _ = e.Raise(known(profile.Email, profile.Role, profile.CompanySize, profile.Need), new(Result))
	if r.Field != profile.Timing || r.Level != 3 {
		t.Errorf("an A already: %+v; want what lifts the level before what adds points", r)
	}
	r, _ = e.Raise(known(profile.Email, profile.Role, profile.CompanySize), new(Result))
	if r.Field != profile.Industry || r.Letter != 'A' {
		t.Errorf("a B: %+v; want the first answer that makes it an A", r)
	}
	var all []profile.Field
	for f := range buyer {
		all = append(all, f)
	}
	if r, _ = e.Raise(known(all...), new(Result)); r.Field != NoField {
		t.Errorf("everything is known, and %s should raise it", r.Field)
	}
	before, after := new(Result), new(Result)
	in := known(profile.Email)
	_ = e.Score(in, before)
	if _, err := e.Raise(in, new(Result)); err != nil {
		t.Fatal(err)
	}
	if _ = e.Score(in, after); *before != *after {
		t.Error("asking what would raise a score changed it")
	}
}
