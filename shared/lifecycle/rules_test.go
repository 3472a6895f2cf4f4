package lifecycle

import (
	"testing"

	"assay/shared/profile"
)

// Rules 1 and 2.

func TestEverybodyWalksTheFunnelFromAnonymousToCustomer(t *testing.T) {
	st := automatic(t).do(download).gives("anonymous>lead rule converted")
	st.do(scored(over)).gives("lead>sales_ready rule over_thresholds")
	st.do(scored(explicit)).gives("sales_ready>prospect rule qualified")
	st.do(act(OnOpen)).gives("prospect>opportunity rep deal_opened")
	st.do(act(OnWin)).gives("opportunity>customer rep won")
	st.do(act(OnOpen)).gives("customer>opportunity rep deal_opened")
}

func TestAnOpportunityNeedsAProspect(t *testing.T) {
	automatic(t).refuses(act(OnOpen), ErrMove)
	automatic(t).do(submit(profile.FormSubscription, over)).refuses(act(OnOpen), ErrMove)
	automatic(t).do(download).refuses(act(OnWin), ErrMove).refuses(act(OnLose), ErrMove)
}

func TestAJumpRecordsEachStageItSkips(t *testing.T) {
	automatic(t).do(demo).gives("anonymous>lead rule converted, lead>prospect rule hand_raise")
	automatic(t).do(download, act(OnOpen)).
		gives("lead>prospect rep deal_opened, prospect>opportunity rep deal_opened")
	confirmed(t).do(download, talk(Connected), act(OnOpen)).
		gives("lead>sales_ready rep deal_opened, sales_ready>prospect rep deal_opened, prospect>opportunity rep deal_opened")
	confirmed(t).do(brings(Customer)).
		gives("anonymous>lead import imported, lead>sales_ready import imported, sales_ready>prospect import imported, " +
			"prospect>opportunity import imported, opportunity>customer import imported")
}

func TestTheFunnelGoesBackward(t *testing.T) {
	automatic(t).do(demo, why(OnReject, BadTiming)).gives("prospect>lead rep bad_timing")
	automatic(t).do(demo, act(OnOpen), why(OnLose, NoBudget)).gives("opportunity>lost rep no_budget").
		do(reopen).gives("lost>lead rep reopened")
	automatic(t).do(Event{Kind: OnSuspect}).gives("anonymous>junk review suspicious").
		do(act(OnRelease)).gives("junk>lead review released")
	automatic(t).do(demo, act(OnOpen), act(OnLose)).gives("opportunity>lost rep lost").
		do(act(OnOpen)).gives("lost>opportunity rep deal_opened").decided(Undecided)
}

func TestWhatALeadSaidBeforeItWentBackCountsNoMore(t *testing.T) {
	st := automatic(t).do(demo, act(OnOpen), act(OnLose), reopen)
	st.do(scored(fitting)).gives("")
	st.do(demo).gives("lead>prospect rule hand_raise")
}

// Rule 3.

func TestEveryFormMakesALeadButASubscription(t *testing.T) {
	for f := profile.FormKind(0); f < profile.FormKinds; f++ {
		want := "anonymous>lead rule converted"
		if f == profile.FormSubscription {
			want = "anonymous>subscriber rule subscribed"
		}
		automatic(t).do(submit(f, weak)).gives(want)
	}
	st := automatic(t).do(submit(profile.FormSubscription, explicit)).gives("anonymous>subscriber rule subscribed")
	st.do(submit(profile.FormSubscription, over)).gives("")
	st.do(download).gives("subscriber>lead rule converted")
}

func TestASiteMayMakeLeadsOfSubscribers(t *testing.T) {
	st := automatic(t).do(submit(profile.FormSubscription, weak)).is(Subscriber)
	st.p.SubscribersLead = true
	st.do(submit(profile.FormSubscription, weak)).gives("subscriber>lead rule converted")
}

func TestAPersonOrAFileMakesALead(t *testing.T) {
	automatic(t).do(act(OnAdd)).gives("anonymous>lead rep added").refuses(act(OnAdd), ErrMove)
	automatic(t).do(brings(Lead)).gives("anonymous>lead import imported")
	automatic(t).refuses(brings(Anonymous), ErrTarget).refuses(brings(Stages), ErrTarget)
}

// Rule 4.

func TestTheConfirmedPolicyWantsAConversationAndAnAccept(t *testing.T) {
	const both = "sales_ready>prospect rep talked_and_accepted"
	confirmed(t).do(demo).gives("anonymous>lead rule converted, lead>sales_ready rule hand_raise").
		do(scored(explicit)).gives("").
		do(accept).gives("").do(talk(Replied)).gives(both)
	confirmed(t).do(demo, talk(Connected)).gives("").do(accept).gives(both)
	confirmed(t).do(download, talk(Connected), accept).gives("lead>sales_ready rep accepted, " + both)
	confirmed(t).do(download, scored(explicit)).gives("lead>sales_ready rule qualified")
	confirmed(t).do(demo).refuses(act(OnOpen), ErrTalk)
}

func TestAVoicemailIsNoConversation(t *testing.T) {
	for _, o := range []Outcome{LeftMessage, NoAnswer, NoShow} {
		confirmed(t).do(demo, accept, talk(o)).gives("").is(SalesReady)
	}
	confirmed(t).refuses(talk(Outcomes), ErrEvent)
}

func TestAConversationBeforeARejectionConfirmsNothing(t *testing.T) {
	confirmed(t).do(download, talk(Connected), why(OnReject, NoNeed), accept).gives("lead>sales_ready rep accepted")
	st := confirmed(t).do(demo, talk(Connected), why(OnReject, NoNeed), act(OnUnpin), demo).is(SalesReady)
	st.do(accept).gives("").do(talk(Connected)).is(Prospect)
}

func TestAnAcceptThatWasReleasedConfirmsNothing(t *testing.T) {
	confirmed(t).do(demo, accept, act(OnUnpin), talk(Connected)).gives("").is(SalesReady)
}

func TestAConversationWithAProspectIsOnlyRecorded(t *testing.T) {
	confirmed(t).do(demo, accept, talk(Connected)).is(Prospect).do(talk(Replied)).gives("")
	if st := automatic(t).do(download, talk(Connected)).gives(""); !st.s.Talked {
		t.Error("the conversation was not recorded")
	}
}

func TestUnderTheAutomaticPolicyAnAcceptIsEnough(t *testing.T) {
	automatic(t).do(download, accept).gives("lead>prospect rep accepted")
	automatic(t).do(download, scored(over), accept).gives("sales_ready>prospect rep accepted")
	automatic(t).do(demo, accept).gives("").decided(DecidedAccept)
	automatic(t).refuses(accept, ErrMove)
}

// Rule 5.

func TestAnAskMakesAMatchingLeadAProspectAtOnce(t *testing.T) {
	for _, f := range []profile.FormKind{profile.FormDemo, profile.FormQuote, profile.FormAppointment, profile.FormContactSales} {
		automatic(t).do(download, submit(f, fitting)).gives("lead>prospect rule hand_raise")
		automatic(t).do(submit(f, weak)).gives("anonymous>lead rule converted").
			do(scored(fitting)).gives("lead>prospect rule hand_raise")
	}
	automatic(t).do(submit(profile.FormTrial, fitting)).gives("anonymous>lead rule converted")
}

func TestReadingAloneNeverMakesAProspect(t *testing.T) {
	st := automatic(t)
	for _, f := range []profile.FormKind{profile.FormDownload, profile.FormSubscription, profile.FormOther, profile.FormSignup} {
		st.do(submit(f, Cell{Fit: 100, Level: 1, Over: true}), scored(Cell{Fit: 100, Level: 1, Over: true}))
	}
	st.is(SalesReady).do(scored(weak)).gives("")
}

func TestAGateHoldsAContactAtLead(t *testing.T) {
	st := automatic(t).do(submit(profile.FormDemo, held)).gives("anonymous>lead rule converted")
	st.do(act(OnRelease)).gives("lead>prospect rule hand_raise")
	other := held
	other.Gates |= 4
	st.do(why(OnReject, Other), act(OnUnpin), submit(profile.FormDemo, other)).is(Prospect)
}

func TestAReviewersReleaseHoldsForTheGatesThatWereSeen(t *testing.T) {
	st := automatic(t).do(submit(profile.FormDownload, held), act(OnRelease)).is(Prospect)
	if st.s.Cleared != held.Gates {
		t.Fatalf("cleared %d, want %d", st.s.Cleared, held.Gates)
	}
	fresh := held
	fresh.Gates |= 4
	st.do(why(OnReject, Other), submit(profile.FormDemo, fresh), act(OnUnpin)).gives("").is(Lead)
}
