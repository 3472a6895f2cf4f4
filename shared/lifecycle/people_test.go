package lifecycle

import (
	"testing"

	"assay/shared/profile"
)

// Rule 6.

func TestADisqualificationNeedsAReasonCode(t *testing.T) {
	codes := []string{"no_need", "no_budget", "no_authority", "bad_timing", "low_priority", "too_many_competitors",
		"wrong_industry", "wrong_territory", "competitor", "student", "other"}
	for _, name := range codes {
		code, ok := CodeOf(name)
		if !ok {
			t.Fatalf("%q is no code", name)
		}
		automatic(t).do(download, why(OnDisqualify, code)).gives("lead>disqualified rep " + name)
	}
	for _, r := range []Reason{NoReason, Converted, Test, Reasons, 200} {
		automatic(t).do(download).refuses(why(OnDisqualify, r), ErrReason).refuses(why(OnReject, r), ErrReason)
	}
	if _, ok := CodeOf("converted"); ok {
		t.Error("a rule's reason is taken for a person's code")
	}
}

func TestSpamIsJunk(t *testing.T) {
	automatic(t).do(demo, why(OnDisqualify, Spam)).gives("prospect>junk rep spam").
		do(submit(profile.FormDemo, explicit)).gives("").
		do(reopen).gives("junk>prospect rep reopened")
	automatic(t).do(download, act(OnJunk)).gives("lead>junk review spam")
	automatic(t).do(download, why(OnJunk, Test)).gives("lead>junk review test").
		refuses(why(OnJunk, NoBudget), ErrReason)
}

func TestRulesNeverDisqualify(t *testing.T) {
	for i := range table {
		if r := &table[i]; r.Cause == ByRule && (r.To == Disqualified || r.To == Junk) {
			t.Errorf("row %d lets rules put a contact out", i)
		}
	}
}

func TestADisqualificationCanBeUndoneBackToTheStageBefore(t *testing.T) {
	ways := map[Stage][]Event{
		Subscriber: {submit(profile.FormSubscription, weak)},
		Lead:       {download},
		SalesReady: {download, scored(over)},
		Prospect:   {demo},
	}
	for stage, way := range ways {
		st := automatic(t).do(way...).is(stage).do(noBudget).is(Disqualified)
		st.do(reopen).gives("disqualified>" + stage.String() + " rep reopened").decided(DecidedReopen)
	}
	st := automatic(t).do(download, act(OnNurture), noBudget)
	if st.s.Nurturing {
		t.Error("who is out is not being nurtured")
	}
	if st.do(reopen); !st.s.Nurturing {
		t.Error("the undo lost the nurturing mark")
	}
}

func TestAReleaseGivesBackWhatWas(t *testing.T) {
	st := automatic(t).do(download, act(OnNurture), why(OnDisqualify, Spam), act(OnRelease)).is(Lead)
	if !st.s.Nurturing {
		t.Error("the release lost the nurturing mark")
	}
}

func TestWhoComesBackByNewEvidenceBeginsAnew(t *testing.T) {
	st := automatic(t)
	st.p.Reopen = Reopening{Decisions: 1 << DecidedDisqualify, Over: true}
	st.do(demo, act(OnNurture), noBudget, scored(over)).
		gives("disqualified>lead rule new_evidence, lead>sales_ready rule over_thresholds")
	if st.s.Nurturing || st.s.NurturedAt != 0 {
		t.Errorf("the mark of before is on %+v", st.s)
	}
}

func TestJunkThatProvesRealIsALeadAgain(t *testing.T) {
	suspect := Event{Kind: OnSuspect}
	automatic(t).do(suspect, download).gives("junk>lead rule converted")
	automatic(t).do(suspect, submit(profile.FormSubscription, weak)).gives("junk>subscriber rule subscribed")
	automatic(t).do(suspect, Event{Kind: OnRelease, Form: profile.FormSubscription}).gives("junk>subscriber review released")
	automatic(t).do(suspect, act(OnRelease)).decided(DecidedReopen)
	automatic(t).do(suspect, act(OnJunk)).gives("").decided(DecidedDisqualify).do(download).gives("")
	automatic(t).do(download, suspect).gives("")
}

// Rule 7.

func TestAPersonsDecisionStandsAgainstTheRules(t *testing.T) {
	for _, c := range []struct {
		name string
		do   []Event
		then Event
		is   Stage
	}{
		{"rejected", []Event{demo, why(OnReject, NoNeed)}, submit(profile.FormDemo, explicit), Lead},
		{"disqualified", []Event{demo, noBudget}, submit(profile.FormDemo, explicit), Disqualified},
		{"pinned lead", []Event{download, act(OnPin)}, submit(profile.FormDemo, explicit), Lead},
		{"pinned subscriber", []Event{submit(profile.FormSubscription, weak), act(OnPin)}, demo, Subscriber},
		{"accepted prospect", []Event{demo, accept}, Event{Kind: OnAge, Cell: cold, At: 5000 * day}, Prospect},
		{"reopened prospect", []Event{demo, noBudget, reopen}, Event{Kind: OnAge, Cell: cold, At: 5000 * day}, Prospect},
		{"lost", []Event{demo, act(OnOpen), act(OnLose)}, submit(profile.FormDemo, explicit), Lost},
		{"imported as disqualified", []Event{brings(Disqualified)}, submit(profile.FormDemo, explicit), Disqualified},
	} {
		st := automatic(t)
		st.p.Recycle.Stalled, st.p.Stall[Prospect] = true, day
		st.do(c.do...).is(c.is)
		stood := st.s.Decision
		if st.do(c.then).gives("").is(c.is); st.s.Decision != stood || stood == Undecided {
			t.Errorf("%s: the decision was %v and is %v", c.name, stood, st.s.Decision)
		}
	}
}

func TestOnlyThatRepOrAnAdminChangesADecision(t *testing.T) {
	other, admin := Event{By: 2}, Event{By: 2, Admin: true}
	for _, k := range []Kind{OnAccept, OnReject, OnDisqualify, OnPin, OnUnpin, OnJunk} {
		other.Kind, admin.Kind = k, k
		if k == OnReject || k == OnDisqualify {
			other.Reason, admin.Reason = NoNeed, NoNeed
		} else {
			other.Reason, admin.Reason = NoReason, NoReason
		}
		automatic(t).do(demo, accept).refuses(other, ErrTheirs).do(admin)
	}
	automatic(t).do(demo, noBudget).refuses(Event{Kind: OnReopen, By: 2}, ErrTheirs).do(Event{Kind: OnReopen, By: 2, Admin: true})
	automatic(t).do(demo, act(OnPin)).refuses(Event{Kind: OnOpen, By: 2}, ErrTheirs).do(act(OnOpen))
	automatic(t).do(submit(profile.FormSubscription, weak), act(OnPin)).refuses(Event{Kind: OnAdd, By: 2}, ErrTheirs)
	automatic(t).do(demo, why(OnDisqualify, Spam)).refuses(Event{Kind: OnRelease, By: 2}, ErrTheirs).
		do(act(OnRelease)).gives("junk>prospect review released")
}

func TestAReleasedLeadIsTheRulesAgain(t *testing.T) {
	automatic(t).do(download, act(OnPin), demo).gives("").do(act(OnUnpin)).gives("lead>prospect rule hand_raise")
	automatic(t).do(demo).refuses(act(OnUnpin), ErrNothing)
	automatic(t).do(demo, noBudget).refuses(act(OnUnpin), ErrNothing)
	confirmed(t).do(demo, accept, act(OnPin), talk(Connected)).gives("").
		do(act(OnUnpin)).gives("sales_ready>prospect rep talked_and_accepted")
}

func TestNewEvidenceReopensWhatThePolicyLetsIt(t *testing.T) {
	ask := submit(profile.FormDemo, fitting)
	all := func(st *story) *story {
		st.p.Reopen = Reopening{Decisions: 1<<DecidedReject | 1<<DecidedDisqualify | 1<<DecidedLose, IntentForm: true, Over: true, After: 30 * day}
		return st
	}
	st := all(automatic(t)).do(download, noBudget)
	st.do(ask).gives("").decided(DecidedDisqualify)
	st.do(st.later(31*day, aged(explicit))).gives("").decided(DecidedDisqualify)
	st.do(download).gives("").decided(DecidedDisqualify)
	st.do(ask).gives("disqualified>lead rule new_evidence, lead>prospect rule hand_raise").decided(Undecided)
	if st.plan.Reopened != DecidedDisqualify {
		t.Errorf("the plan names %v as reopened", st.plan.Reopened)
	}

	st = all(automatic(t)).do(demo, why(OnReject, NoNeed))
	st.do(st.later(30*day-1, ask)).gives("").do(st.later(1, ask)).gives("lead>prospect rule hand_raise")
	st = all(automatic(t)).do(demo, why(OnReject, NoNeed))
	st.do(st.later(31*day, scored(explicit))).gives("lead>prospect rule qualified")
	st = all(automatic(t)).do(demo, act(OnOpen), act(OnLose))
	st.do(st.later(31*day, ask)).gives("lost>lead rule new_evidence, lead>prospect rule hand_raise")
	st = all(automatic(t)).do(submit(profile.FormSubscription, weak), noBudget)
	st.do(st.later(31*day, scored(explicit))).gives("disqualified>subscriber rule new_evidence")
	st = all(automatic(t)).do(demo, noBudget)
	st.do(st.later(31*day, submit(profile.FormDemo, held))).gives("").decided(DecidedDisqualify)
}

func TestACellThatWasOverWhenItWasDecidedIsNoNewEvidence(t *testing.T) {
	st := automatic(t)
	st.p.Reopen = Reopening{Decisions: 1 << DecidedReject, Over: true}
	st.do(download, scored(explicit), why(OnReject, NoNeed), scored(explicit)).gives("").decided(DecidedReject)
	st.do(aged(weak), scored(explicit)).gives("lead>prospect rule qualified").decided(Undecided)
	st.do(why(OnReject, NoNeed), scored(weak)).decided(DecidedReject).do(scored(over)).gives("lead>sales_ready rule over_thresholds")
}

func TestADisagreementOfRepAndModelIsCountedOnce(t *testing.T) {
	disagrees := func(st *story, began, stands bool) {
		t.Helper()
		if st.plan.Disagrees != began || st.s.Disagrees != stands {
			t.Fatalf("disagreement: began %v, stands %v; want %v, %v", st.plan.Disagrees, st.s.Disagrees, began, stands)
		}
	}
	st := automatic(t).do(demo, why(OnReject, NoNeed))
	disagrees(st, true, true)
	st.do(aged(weak))
	disagrees(st, false, true)
	st.do(act(OnUnpin))
	disagrees(st, false, false)

	disagrees(automatic(t).do(download, accept), true, true)
	disagrees(automatic(t).do(demo, accept), false, false)
	disagrees(automatic(t).do(download, noBudget), false, false)
	disagrees(automatic(t).do(download, noBudget, submit(profile.FormDemo, explicit)), true, true)
	disagrees(automatic(t).do(download, act(OnPin), scored(over)), true, true)
	disagrees(automatic(t).do(download, act(OnPin), scored(weak)), false, false)
	disagrees(automatic(t).do(demo, act(OnPin), scored(weak)), true, true)
	disagrees(automatic(t).do(submit(profile.FormSubscription, weak), act(OnPin), scored(over)), false, false)
	disagrees(automatic(t).do(submit(profile.FormDemo, held), noBudget, reopen), true, true)
}
