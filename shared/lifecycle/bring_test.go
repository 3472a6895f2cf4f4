package lifecycle

import (
	"testing"

	"assay/shared/profile"
)

func TestImportsAndMergesTakeNobodyBackAndOverruleNobody(t *testing.T) {
	automatic(t).do(demo, brings(Lead)).gives("")
	automatic(t).do(demo, why(OnReject, NoNeed), brings(Customer)).gives("")
	automatic(t).do(brings(Customer), brings(Lost)).gives("").is(Customer)
	automatic(t).do(brings(Lost)).is(Lost).decided(DecidedLose)
	automatic(t).do(Event{Kind: OnImport, To: Disqualified, Reason: NoNeed}).
		gives("anonymous>lead import imported, lead>disqualified import no_need")
	automatic(t).refuses(Event{Kind: OnImport, To: Disqualified, Reason: Spam + 50}, ErrReason)
	automatic(t).do(download, Event{Kind: OnMerge, To: Opportunity}).
		gives("lead>prospect rule merged, prospect>opportunity rule merged")
	automatic(t).do(download, Event{Kind: OnMerge, To: Disqualified}).gives("")
	automatic(t).do(download, accept, brings(Disqualified)).gives("").decided(DecidedAccept)
}

func TestWhatTwoRecordsSayTogetherPromotes(t *testing.T) {
	both := Event{Kind: OnMerge, To: Lead, Cell: fitting, Form: profile.FormDemo}
	automatic(t).do(download, both).gives("lead>prospect rule hand_raise")
	automatic(t).do(submit(profile.FormDemo, weak), Event{Kind: OnMerge, To: Lead, Cell: fitting}).gives("lead>prospect rule hand_raise")
	automatic(t).do(download, why(OnReject, NoNeed), both).gives("").decided(DecidedReject)
	automatic(t).do(submit(profile.FormSubscription, weak), Event{Kind: OnMerge, To: Lead, Cell: explicit}).
		gives("subscriber>lead rule merged, lead>prospect rule qualified")
	automatic(t).refuses(Event{Kind: OnMerge, To: Stages}, ErrTarget).do(Event{Kind: OnMerge}).gives("")
}

func TestAnImportGivesTheReasonThatTheFileSays(t *testing.T) {
	says := func(to Stage, r Reason) Event { return Event{Kind: OnImport, To: to, Reason: r} }
	automatic(t).do(download, says(Junk, Test)).gives("lead>junk import test")
	automatic(t).do(download, brings(Junk)).gives("lead>junk import imported")
	automatic(t).do(demo, act(OnOpen), says(Lost, NoBudget)).gives("opportunity>lost import no_budget")
	automatic(t).refuses(says(Junk, NoBudget), ErrReason).refuses(says(Disqualified, Test), ErrReason).
		refuses(says(Junk, Converted), ErrReason).refuses(says(Lost, Converted), ErrReason)
	automatic(t).do(Event{Kind: OnSuspect}, brings(Disqualified)).gives("").decided(Undecided)
}

func TestOpeningADealForALeadIsAnAccept(t *testing.T) {
	if st := automatic(t).do(download, act(OnOpen)).decided(DecidedAccept); !st.s.Accepted {
		t.Error("the accept was not recorded")
	}
	automatic(t).do(demo, act(OnOpen)).decided(Undecided)
}

func TestAnybodysDealEndsAsItEnds(t *testing.T) {
	automatic(t).do(demo, accept, act(OnOpen), Event{Kind: OnWin, By: 2}).is(Customer)
	automatic(t).do(demo, accept, act(OnOpen), Event{Kind: OnLose, By: 2}).is(Lost).
		refuses(act(OnOpen), ErrTheirs).refuses(act(OnPin), ErrMove)
	automatic(t).do(demo, act(OnOpen)).refuses(why(OnLose, Converted), ErrReason)
}
