package lifecycle

import (
	"testing"

	"assay/shared/profile"
)

func TestNoRowPromotesByRuleUnderTheConfirmedPolicy(t *testing.T) {
	for i := range table {
		r := &table[i]
		if r.Cause == ByRule && r.To == Prospect && r.On&assessed&^(1<<OnMerge) != 0 && r.Under != 1<<Automatic {
			t.Errorf("row %d makes a prospect by rule under the confirmed policy", i)
		}
	}
}

func TestWhoIsNobodyCanNeitherBePinnedNorTalkedTo(t *testing.T) {
	automatic(t).refuses(act(OnPin), ErrMove)
	if st := confirmed(t).do(submit(profile.FormSubscription, weak), talk(Connected)); st.s.Talked {
		t.Error("a talk with a subscriber counts to the lead that is yet to be")
	}
}

func TestARejectionIsTakenBackByReopening(t *testing.T) {
	automatic(t).do(demo, why(OnReject, NoNeed), reopen).decided(DecidedReopen).
		do(demo).gives("lead>prospect rule hand_raise")
}

func TestARejectedLeadCools(t *testing.T) {
	st := automatic(t)
	st.p.Nurture = Nurturing{Level: 4, After: 30 * day}
	st.do(demo, why(OnReject, BadTiming))
	if st.do(st.later(31*day, aged(cold))); !st.plan.Marked {
		t.Error("a cold lead that a rep rejected is not nurtured")
	}
}

func TestEvidencePutsCoolingOff(t *testing.T) {
	st := automatic(t)
	st.p.Nurture = Nurturing{Level: 4, After: 30 * day}
	st.do(download)
	due := st.p.CoolsAt(&st.s)
	st.do(st.later(20*day, scored(cold)))
	if st.do(Event{Kind: OnAge, At: due, Cell: cold}); st.plan.Marked || st.p.CoolsAt(&st.s) <= due {
		t.Errorf("evidence of ten days ago, and it cools at %d as before", due)
	}
}

func TestAConversationOfALostDealConfirmsNoOther(t *testing.T) {
	st := confirmed(t).do(demo, talk(Connected), accept, act(OnOpen), act(OnLose), reopen).is(Lead)
	st.do(accept).gives("lead>sales_ready rep accepted")
}

func TestAnAskIsRememberedUntilItFits(t *testing.T) {
	automatic(t).do(submit(profile.FormDemo, weak), submit(profile.FormDownload, fitting)).
		gives("lead>prospect rule hand_raise")
	automatic(t).do(submit(profile.FormDemo, weak), Event{Kind: OnMerge, To: Lead, Cell: fitting}).
		gives("lead>prospect rule hand_raise")
}

func TestRulesLeaveTheNurturedAlone(t *testing.T) {
	automatic(t).do(submit(profile.FormDownload, Cell{Fit: 80, Level: 1}), act(OnNurture), scored(explicit)).gives("").is(Lead)
}

func TestWhatStallsStaysWhereThePolicyDoesNotRecycle(t *testing.T) {
	st := automatic(t)
	st.p.Stall[Prospect] = 14 * day
	st.do(demo).do(st.later(30*day, aged(fitting))).gives("").is(Prospect)
}

func TestAGateThatWasClearedStaysSo(t *testing.T) {
	other := held
	other.Gates = 4
	st := automatic(t).do(submit(profile.FormDownload, held), act(OnRelease), why(OnReject, Other))
	st.do(scored(other), act(OnRelease), act(OnUnpin), why(OnReject, Other), scored(held), act(OnUnpin)).
		gives("lead>prospect rule qualified")
}
