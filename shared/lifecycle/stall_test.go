package lifecycle

import (
	"testing"

	"assay/shared/profile"
)

// Rule 8.

func TestAStageStallsAfterItsTimeAndNotBefore(t *testing.T) {
	st := automatic(t)
	st.p.Stall[Prospect] = 14 * day
	st.do(demo)
	due := st.p.StallsAt(&st.s)
	if due != st.s.Since+14*day+1 {
		t.Fatalf("stalls %d seconds after it came, want more than 14 days", due-st.s.Since)
	}
	if st.p.Stalled(&st.s, due-1) || !st.p.Stalled(&st.s, due) {
		t.Error("the instant and the question disagree")
	}
	if st.do(act(OnOpen)); st.p.StallsAt(&st.s) != Never {
		t.Error("a stage without a time stalls")
	}
}

func TestWhatIsNoStageNeverStalls(t *testing.T) {
	var p Policy
	for s := range p.Stall {
		p.Stall[s] = day
	}
	if at := p.StallsAt(&State{Stage: Stages}); at != Never {
		t.Errorf("it stalls at %d", at)
	}
}

func TestNobodyStallsWhileNurtured(t *testing.T) {
	st := automatic(t)
	st.p.Stall[Lead] = day
	if st.do(download); st.p.StallsAt(&st.s) == Never {
		t.Fatal("a lead with a time never stalls")
	}
	if st.do(act(OnNurture)); st.p.StallsAt(&st.s) != Never {
		t.Error("a contact that the automated track has stalls")
	}
}

func TestWhatStallsIsRecycledWhereThePolicySaysSo(t *testing.T) {
	st := automatic(t)
	st.p.Stall[Prospect], st.p.Recycle.Stalled = 14*day, true
	st.do(demo)
	due := st.p.StallsAt(&st.s)
	st.do(Event{Kind: OnAge, At: due - 1, Cell: fitting}).gives("")
	st.do(Event{Kind: OnAge, At: due, Cell: fitting}).gives("prospect>lead rule recycled")
	if !st.plan.Marked || !st.s.Nurturing {
		t.Error("a recycled prospect is not nurtured")
	}
	st.do(scored(fitting)).gives("").do(demo).gives("lead>prospect rule hand_raise")
}

func TestARejectedLeadIsNurturedWhereThePolicySaysSo(t *testing.T) {
	st := automatic(t)
	st.p.Recycle.Rejected = true
	if st.do(demo, why(OnReject, BadTiming)); !st.plan.Marked || !st.s.Nurturing {
		t.Error("a rejected prospect is not nurtured")
	}
}

// Rule 9.

func TestAColdLeadIsMarkedAtTheInstantThatIsSaid(t *testing.T) {
	st := automatic(t)
	st.p.Nurture = Nurturing{Level: 4, After: 30 * day}
	st.do(download)
	if due := st.p.CoolsAt(&st.s); due != st.s.At+30*day {
		t.Fatalf("it cools after %d seconds", due-st.s.At)
	}
	if st.do(st.later(30*day, aged(cold))); !st.plan.Marked {
		t.Error("not marked at that instant")
	}
	st = automatic(t)
	st.p.Nurture = Nurturing{Level: 4, After: 30 * day}
	st.do(scored(cold))
	st.do(st.later(90*day, act(OnAdd)))
	if due := st.p.CoolsAt(&st.s); due != st.s.Since+30*day {
		t.Errorf("a lead that came without evidence cools %d seconds after it came", due-st.s.Since)
	}
	if st.do(act(OnPin)); st.p.CoolsAt(&st.s) != Never {
		t.Error("a pinned lead cools")
	}
}

func TestColdLeadsAreMarkedAndComeBackWhenEngagementRises(t *testing.T) {
	st := automatic(t)
	st.p.Nurture = Nurturing{Level: 4, After: 30 * day}
	st.do(download)
	due := st.p.CoolsAt(&st.s)
	st.do(Event{Kind: OnAge, At: due - 1, Cell: cold})
	if st.s.Nurturing {
		t.Fatal("marked a second early")
	}
	st.do(Event{Kind: OnAge, At: due, Cell: weak})
	if st.s.Nurturing {
		t.Fatal("marked while it is not cold")
	}
	st.do(aged(cold)).gives("").is(Lead)
	if !st.plan.Marked || !st.s.Nurturing || st.p.CoolsAt(&st.s) != Never {
		t.Fatal("a cold lead was not marked")
	}
	st.do(scored(cold))
	if !st.s.Nurturing {
		t.Fatal("came back although nothing rose")
	}
	st.do(aged(explicit))
	if !st.s.Nurturing {
		t.Fatal("passing time alone brought it back")
	}
	st.do(scored(explicit)).gives("lead>prospect rule qualified")
	if !st.plan.Woken || st.s.Nurturing {
		t.Error("engagement rose, and it is still marked")
	}
}

func TestRulesMarkNobodyWhereThePolicyNamesNoLevel(t *testing.T) {
	if st := automatic(t).do(download, aged(cold)); st.s.Nurturing || st.p.CoolsAt(&st.s) != Never {
		t.Error("marked, although no level is cold")
	}
}

func TestARiseIsMeasuredFromTheColdest(t *testing.T) {
	for _, cools := range []Event{aged(cold), scored(cold)} {
		st := automatic(t).do(download, act(OnNurture), scored(weak))
		if !st.s.Nurturing {
			t.Fatal("woken by the engagement that it was marked at")
		}
		if st.do(cools, scored(weak)); !st.plan.Woken {
			t.Errorf("cooled by %v, it slept through a rise", cools.Kind)
		}
	}
}

func TestAnAskEndsNurturingWhateverTheEngagement(t *testing.T) {
	st := automatic(t).do(download, act(OnNurture), submit(profile.FormTrial, weak)).gives("")
	if !st.plan.Woken {
		t.Error("a trial form left it asleep")
	}
	automatic(t).do(download, act(OnNurture), demo).gives("lead>prospect rule hand_raise")
	st = automatic(t).do(download, act(OnNurture), Event{Kind: OnScore, Form: profile.FormDemo, Cell: weak})
	if !st.s.Nurturing {
		t.Error("the form of an event that has none woke it")
	}
	automatic(t).refuses(act(OnNurture), ErrMove)
}

func TestAPersonTakesTheMarkOff(t *testing.T) {
	for _, e := range []Event{reopen, accept} {
		st := automatic(t).do(demo).refuses(reopen, ErrMove).do(act(OnNurture), e)
		if st.s.Nurturing || !st.plan.Woken || st.is(Prospect).s.Decision == Undecided {
			t.Errorf("after %v it is %+v", e.Kind, st.s)
		}
	}
}

func TestTheMarkStaysThroughARejectionAndEndsWithALossTakenBack(t *testing.T) {
	if st := automatic(t).do(demo, act(OnNurture), why(OnReject, BadTiming)).is(Lead); !st.s.Nurturing {
		t.Error("the rejection took the mark off")
	}
	if st := automatic(t).do(demo, act(OnOpen), act(OnLose), act(OnNurture), reopen).is(Lead); st.s.Nurturing {
		t.Error("a lead that is worked on again is still marked")
	}
}

func TestAContactOfWhomNothingWasSeenWakesWithTheFirstSign(t *testing.T) {
	st := automatic(t).do(act(OnAdd), act(OnNurture), scored(Cell{Level: 3}))
	if !st.plan.Woken {
		t.Error("the first sign of interest left it asleep")
	}
}
