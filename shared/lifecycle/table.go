package lifecycle

// Move is one transition to record.
type Move struct {
	From, To Stage
	Cause    Cause
	Reason   Reason
}

// MaxMoves is the most moves of one event: from anonymous to customer or lost
// through every stage.
const MaxMoves = 5

// Plan is what an event leads to.
type Plan struct {
	N         int32          // moves in use
	List      [MaxMoves]Move // in order, one for each stage on the way
	At        int64          // the instant to record them at: the event's, or the state's newest if that is later
	Reopened  Decision       // the person's decision that new evidence undid, or Undecided
	Marked    bool           // the nurturing mark was set
	Woken     bool           // the nurturing mark was taken off
	Disagrees bool           // from here on, a person's decision and the model disagree: to be counted
}

// Moves gives the moves in use.
func (p *Plan) Moves() []Move { return p.List[:p.N] }

// row says that some events may move a contact from any of some stages to
// another. Sets have one bit for each member.
type row struct {
	From  uint16 // of Stage
	To    Stage
	On    uint32 // of Kind
	Under uint8  // of Promotion
	Cause Cause
	Why   uint64 // of Reason
}

// Sets that rows share.
const (
	always     = 1<<Automatic | 1<<Confirmed
	evidenced  = 1<<OnSubmit | 1<<OnScore // new evidence
	assessed   = evidenced | 1<<OnMerge | 1<<OnUnpin | 1<<OnRelease
	ready      = 1 << SalesReady
	unready    = 1<<Lead | ready
	working    = unready | 1<<Prospect
	known      = 1<<Subscriber | working
	ruledOut   = 1<<Disqualified | 1<<Junk
	junkReason = 1<<Spam | 1<<Test
)

// table is every move that there is. Nobody skips from outside the funnel into
// its middle but by an undo, and an opportunity needs a prospect.
var table = [...]row{
	// Forms make subscribers and leads.
	{1<<Anonymous | 1<<Junk, Subscriber, 1 << OnSubmit, always, ByRule, 1 << Subscribed},
	{1<<Anonymous | 1<<Subscriber | 1<<Junk, Lead, 1 << OnSubmit, always, ByRule, 1 << Converted},
	{1<<Anonymous | 1<<Subscriber, Lead, 1 << OnAdd, always, ByRep, 1 << Added},
	// Thresholds and asks promote.
	{1 << Lead, SalesReady, assessed, always, ByRule, 1 << OverThreshold},
	{1 << Lead, SalesReady, assessed, 1 << Confirmed, ByRule, 1<<HandRaise | 1<<Qualified},
	{unready, Prospect, assessed, 1 << Automatic, ByRule, 1<<HandRaise | 1<<Qualified},
	// Reps accept.
	{unready, Prospect, 1 << OnAccept, 1 << Automatic, ByRep, 1 << RepAccepted},
	{1 << Lead, SalesReady, 1 << OnAccept, 1 << Confirmed, ByRep, 1 << RepAccepted},
	{ready, Prospect, 1<<OnAccept | 1<<OnConverse | 1<<OnUnpin, 1 << Confirmed, ByRep, 1 << TalkedAndAccepted},
	// Deals.
	{1 << Lead, SalesReady, 1 << OnOpen, 1 << Confirmed, ByRep, 1 << DealOpened},
	{1 << Lead, Prospect, 1 << OnOpen, 1 << Automatic, ByRep, 1 << DealOpened},
	{ready, Prospect, 1 << OnOpen, always, ByRep, 1 << DealOpened},
	{1<<Prospect | 1<<Customer | 1<<Lost, Opportunity, 1 << OnOpen, always, ByRep, 1 << DealOpened},
	{1 << Opportunity, Customer, 1 << OnWin, always, ByRep, 1 << DealWon},
	{1 << Opportunity, Lost, 1 << OnLose, always, ByRep, 1<<DealLost | Codes},
	// Back to lead.
	{ready | 1<<Prospect, Lead, 1 << OnReject, always, ByRep, Codes},
	{ready | 1<<Prospect, Lead, 1 << OnAge, always, ByRule, 1 << Recycled},
	{1 << Lost, Lead, 1 << OnReopen, always, ByRep, 1 << RepReopened},
	// Out, and back by people.
	{known, Disqualified, 1 << OnDisqualify, always, ByRep, Codes &^ (1 << Spam)},
	{known, Junk, 1 << OnDisqualify, always, ByRep, 1 << Spam},
	{1<<Anonymous | known, Junk, 1 << OnJunk, always, ByReview, junkReason},
	{1 << Anonymous, Junk, 1 << OnSuspect, always, ByReview, 1 << Suspicious},
	{ruledOut, Subscriber, 1 << OnReopen, always, ByRep, 1 << RepReopened},
	{ruledOut, Lead, 1 << OnReopen, always, ByRep, 1 << RepReopened},
	{ruledOut, SalesReady, 1 << OnReopen, always, ByRep, 1 << RepReopened},
	{ruledOut, Prospect, 1 << OnReopen, always, ByRep, 1 << RepReopened},
	{1 << Junk, Subscriber, 1 << OnRelease, always, ByReview, 1 << Released},
	{1 << Junk, Lead, 1 << OnRelease, always, ByReview, 1 << Released},
	{1 << Junk, SalesReady, 1 << OnRelease, always, ByReview, 1 << Released},
	{1 << Junk, Prospect, 1 << OnRelease, always, ByReview, 1 << Released},
	// Back by evidence, where the site's policy lets it.
	{ruledOut, Subscriber, evidenced, always, ByRule, 1 << NewEvidence},
	{ruledOut | 1<<Lost, Lead, evidenced, always, ByRule, 1 << NewEvidence},
	// Imports and merges walk the same way.
	{1<<Anonymous | 1<<Junk, Subscriber, 1 << OnImport, always, ByImport, 1 << Brought},
	{1<<Anonymous | 1<<Subscriber | 1<<Junk, Lead, 1 << OnImport, always, ByImport, 1 << Brought},
	{1 << Lead, SalesReady, 1 << OnImport, always, ByImport, 1 << Brought},
	{1 << Lead, Prospect, 1 << OnImport, 1 << Automatic, ByImport, 1 << Brought},
	{ready, Prospect, 1 << OnImport, always, ByImport, 1 << Brought},
	{1 << Prospect, Opportunity, 1 << OnImport, always, ByImport, 1 << Brought},
	{1 << Opportunity, Customer, 1 << OnImport, always, ByImport, 1 << Brought},
	{1 << Opportunity, Lost, 1 << OnImport, always, ByImport, 1<<Brought | Codes},
	{known, Disqualified, 1 << OnImport, always, ByImport, 1<<Brought | Codes},
	{1<<Anonymous | known, Junk, 1 << OnImport, always, ByImport, 1<<Brought | junkReason},
	{1<<Anonymous | 1<<Junk, Subscriber, 1 << OnMerge, always, ByRule, 1 << Merged},
	{1<<Anonymous | 1<<Subscriber | 1<<Junk, Lead, 1 << OnMerge, always, ByRule, 1 << Merged},
	{1 << Lead, SalesReady, 1 << OnMerge, always, ByRule, 1 << Merged},
	{1 << Lead, Prospect, 1 << OnMerge, 1 << Automatic, ByRule, 1 << Merged},
	{ready, Prospect, 1 << OnMerge, always, ByRule, 1 << Merged},
	{1 << Prospect, Opportunity, 1 << OnMerge, always, ByRule, 1 << Merged},
	{1 << Opportunity, Customer, 1 << OnMerge, always, ByRule, 1 << Merged},
}

// find gives the row of a move, or nil when there is no such move.
func find(from, to Stage, on Kind, under Promotion, why Reason) *row {
	for i := range table {
		r := &table[i]
		if r.To == to && r.From>>from&1 == 1 && r.On>>on&1 == 1 && r.Under>>under&1 == 1 && r.Why>>why&1 == 1 {
			return r
		}
	}
	return nil
}
