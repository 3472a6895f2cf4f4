// Deliberate mistakes in shared/lifecycle.

const inFile = (group, file, mistakes) => ({ group, file: `shared/lifecycle/${file}.go`, mistakes });

// The documented table differs as soon as a row does: what the row is for must be missed, too.
const skip = "TestTheDocumentedTableIsTheOneThatRuns";
const without = (name, row) => ({ name: `without the row of ${name}`, from: `\t${row},\n`, to: "" });

const table = {
	...inFile("table", "table", [
		without("a lost deal reopened", "{1 << Lost, Lead, 1 << OnReopen, always, ByRep, 1 << RepReopened}"),
		without("an undo to prospect", "{ruledOut, Prospect, 1 << OnReopen, always, ByRep, 1 << RepReopened}"),
		without("an undo to subscriber", "{ruledOut, Subscriber, 1 << OnReopen, always, ByRep, 1 << RepReopened}"),
		without("a released subscriber", "{1 << Junk, Subscriber, 1 << OnRelease, always, ByReview, 1 << Released}"),
		without("a released prospect", "{1 << Junk, Prospect, 1 << OnRelease, always, ByReview, 1 << Released}"),
		without("evidence that reopens a subscriber", "{ruledOut, Subscriber, evidenced, always, ByRule, 1 << NewEvidence}"),
		without("recycling", "{ready | 1<<Prospect, Lead, 1 << OnAge, always, ByRule, 1 << Recycled}"),
		without("a merged opportunity", "{1 << Prospect, Opportunity, 1 << OnMerge, always, ByRule, 1 << Merged}"),
		without("an imported customer", "{1 << Opportunity, Customer, 1 << OnImport, always, ByImport, 1 << Brought}"),
		without("the confirmed policy's prospect", "{ready, Prospect, 1<<OnAccept | 1<<OnConverse | 1<<OnUnpin, 1 << Confirmed, ByRep, 1 << TalkedAndAccepted}"),
		without("the confirmed policy's sales-ready lead", "{1 << Lead, SalesReady, assessed, 1 << Confirmed, ByRule, 1<<HandRaise | 1<<Qualified}"),
		{ name: "a lead becomes an opportunity at once", from: "{1<<Prospect | 1<<Customer | 1<<Lost, Opportunity,", to: "{1<<Lead | 1<<Prospect | 1<<Customer | 1<<Lost, Opportunity," },
		{ name: "a lost deal is not opened again", from: "1<<Customer | 1<<Lost, Opportunity,", to: "1<<Customer, Opportunity," },
		{ name: "rules put suspects out", from: "1 << OnSuspect, always, ByReview", to: "1 << OnSuspect, always, ByRule" },
		{ name: "the confirmed policy promotes by itself", from: "{unready, Prospect, assessed, 1 << Automatic,", to: "{unready, Prospect, assessed, always," },
		{ name: "customers are disqualified", from: "{known, Disqualified, 1 << OnDisqualify,", to: "{known | 1<<Customer, Disqualified, 1 << OnDisqualify," },
		{ name: "a release does not promote", from: "1<<OnUnpin | 1<<OnRelease\n", to: "1<<OnUnpin\n" },
	]),
	skip,
};

const policy = inFile("policy", "policy", [
	{ name: "gates do not hold", from: "case s.held() || !asked && !s.Seen.Over:", to: "case !asked && !s.Seen.Over:" },
	{ name: "a reviewer's word is forgotten", from: "s.Seen.Gates&^s.Cleared != 0", to: "s.Seen.Gates != 0" },
	{ name: "a hand-raise wants a point more", from: "s.Seen.Fit >= p.HandRaiseFit", to: "s.Seen.Fit > p.HandRaiseFit" },
	{ name: "every hand-raise is a prospect", from: "s.Asked && s.Seen.Fit >= p.HandRaiseFit", to: "s.Asked" },
	{ name: "reading alone makes a prospect", from: "case s.Seen.Intent != 0:", to: "case s.Seen.Intent < 255:" },
	{ name: "the confirmed policy proposes prospects", from: "why == OverThreshold || p.Promotion == Confirmed", to: "why == OverThreshold" },
	{ name: "held evidence reopens", from: "< r.After || s.held() {", to: "< r.After {" },
	{ name: "evidence reopens a second late", from: "s.At-s.DecidedAt < r.After", to: "s.At-s.DecidedAt <= r.After" },
	{ name: "evidence reopens at once", from: " || s.At-s.DecidedAt < r.After", to: "" },
	{ name: "evidence reopens whatever was decided", from: " || r.Decisions>>s.Decision&1 == 0", to: "" },
	{ name: "a download reopens", from: "intents&(1<<e.Form) != 0", to: "1<<e.Form != 0" },
	{ name: "a trial does not reopen", from: "intents = profile.HandRaise | profile.Trial", to: "intents = profile.HandRaise" },
	{ name: "a cell that was over before is news", from: "s.Seen.Over && !s.WasOver", to: "s.Seen.Over" },
	{ name: "nobody disagrees with a rejection", from: "case DecidedReject, DecidedDisqualify:", to: "case DecidedDisqualify:" },
	{ name: "nobody disagrees with an accept", from: "case DecidedAccept:\n\t\treturn proposed == Lead", to: "case DecidedAccept:\n\t\treturn false" },
	{ name: "nobody disagrees with a pin", from: "s.Stage != proposed", to: "s.Stage > proposed" },
]);

const decisions = {
	...inFile("decisions", "people", [
		{ name: "another rep changes a decision", from: " || r.e.By == r.s.DecidedBy {", to: " || r.e.By != 0 {" },
		{ name: "an admin cannot change a decision", from: " || r.e.Admin ", to: " " },
		{ name: "a rep cannot change their own decision", from: " || r.e.By == r.s.DecidedBy {", to: " {" },
		{ name: "a decision is not kept", from: "s.Decision, s.DecidedAt, s.DecidedBy, s.WasOver, s.Disagrees = d, 0, 0, false, false", to: "s.DecidedAt, s.DecidedBy, s.WasOver, s.Disagrees = 0, 0, false, false" },
		{ name: "who decided is not kept", from: "= s.At, r.e.By, s.Seen.Over", to: "= s.At, 0, s.Seen.Over" },
		{ name: "when it was decided is not kept", from: "= s.At, r.e.By, s.Seen.Over", to: "= 1, r.e.By, s.Seen.Over" },
		{ name: "being over when decided is not kept", from: "= s.At, r.e.By, s.Seen.Over", to: "= s.At, r.e.By, false" },
		{ name: "a release leaves the rep's accept", from: "s.Accepted = false", to: "" },
		{ name: "a release gives the rules no say", from: "return r.assess()\n}\n\nfunc (r *run) nurture", to: "return nil\n}\n\nfunc (r *run) nurture" },
		{ name: "a release takes a disqualification back", from: "s.Decision == Undecided || out(s.Stage) || s.Stage == Lost", to: "s.Decision == Undecided" },
		{ name: "a visitor can be pinned", from: "r.s.Stage == Anonymous || r.s.Stage >= Lost", to: "r.s.Stage >= Lost" },
		{ name: "a lost deal can be pinned", from: "r.s.Stage >= Lost {\n\t\treturn ErrMove", to: "r.s.Stage > Lost {\n\t\treturn ErrMove" },
		{ name: "a talk with a subscriber counts", from: "|| r.s.Stage < Lead {", to: "|| r.s.Stage < Subscriber {" },
		{ name: "a conversation does not confirm", from: "r.s.Talked = true\n\treturn r.confirm()", to: "r.s.Talked = true\n\treturn nil" },
		{ name: "a lost deal cannot be nurtured", from: "known | 1<<Lost", to: "known" },
		{ name: "a pinned subscriber is added by anybody", from: "if err := r.may(); err != nil {\n\t\treturn err\n\t}\n\treturn r.move(Lead, Added)", to: "return r.move(Lead, Added)" },
	]),
};

const standing = inFile("standing", "state", [
	{ name: "rules promote the rejected", from: "d == DecidedAccept || d == DecidedReopen\n", to: "d == DecidedAccept || d == DecidedReopen || d == DecidedReject\n" },
	{ name: "rules do not promote the reopened", from: "d == Undecided || d == DecidedAccept || d == DecidedReopen", to: "d == Undecided || d == DecidedAccept" },
	{ name: "rules send the accepted back", from: "d == Undecided || d == DecidedReject }", to: "d == Undecided || d == DecidedReject || d == DecidedAccept }" },
	{ name: "rules never mark the rejected", from: "d == Undecided || d == DecidedReject }", to: "d == Undecided }" },
	{ name: "a submission moves the pinned", from: "d == DecidedDisqualify || d == DecidedPin || d == DecidedLose", to: "d == DecidedDisqualify || d == DecidedLose" },
	{ name: "a submission moves the disqualified", from: "d == DecidedDisqualify || d == DecidedPin || d == DecidedLose", to: "d == DecidedPin || d == DecidedLose" },
]);

const undo = inFile("undo", "exclude", [
	{ name: "back to lead, wherever from", from: "return r.s.Before\n", to: "return Lead\n" },
	{ name: "a subscriber comes back as a lead", from: "r.s.Before >= Subscriber", to: "r.s.Before > Subscriber" },
	{ name: "a prospect comes back as a lead", from: "r.s.Before <= Prospect", to: "r.s.Before < Prospect" },
	{ name: "anybody undoes a disqualification", from: "return ErrMove\n\t}\n\tif err := r.may(); err != nil {\n\t\treturn err\n\t}\n\tr.decide(DecidedReopen)", to: "return ErrMove\n\t}\n\tr.decide(DecidedReopen)" },
	{ name: "an undo is no decision", from: "r.decide(DecidedReopen)", to: "r.decide(Undecided)" },
	{ name: "spam is disqualified", from: "r.e.Reason == Spam", to: "r.e.Reason == Test" },
	{ name: "no reason is needed", from: "if !r.e.Reason.isCode() {\n\t\treturn ErrReason\n\t}\n", to: "" },
	{ name: "a rejection cannot be taken back", from: "(s.Nurturing || s.Decision == DecidedReject)", to: "s.Nurturing" },
	{ name: "a disqualification is no decision", from: "r.decide(DecidedDisqualify)", to: "" },
]);

const steps = inFile("steps", "step", [
	{ name: "the stage before a disqualification is forgotten", from: "s.Before, s.Nurturing = from, false", to: "s.Nurturing = false" },
	{ name: "an undo loses the nurturing mark", from: "Anonymous, s.NurturedAt != 0", to: "Anonymous, false" },
	{ name: "a lead that went back has still asked", from: "s.Asked, s.Talked, s.Accepted = false, false, false", to: "s.Talked, s.Accepted = false, false" },
	{ name: "a lead that went back has still talked", from: "s.Asked, s.Talked, s.Accepted = false, false, false", to: "s.Asked, s.Accepted = false, false" },
	{ name: "a prospect is still nurtured", from: "to > Lead || from >= Lost", to: "from >= Lost" },
	{ name: "time goes back", from: "r.s.At = max(s.At, e.At)", to: "r.s.At = e.At" },
	{ name: "a stage is entered when it was left", from: "s.Stage, s.Since = to, s.At", to: "s.Stage = to" },
	{ name: "a refused act leaves moves behind", from: "*out = Plan{}\n\t\treturn err", to: "return err" },
	{ name: "a disagreement is counted on each step", from: "r.s.Disagrees && !s.Disagrees", to: "r.s.Disagrees" },
	{ name: "the confirmed policy skips sales-ready", from: "(to == SalesReady || r.p.Promotion == Confirmed)", to: "to == SalesReady" },
	{ name: "a customer is imported as lost", from: "to > at && !(at == Customer && to == Lost)", to: "to > at" },
	{ name: "moves are all recorded as rules'", from: "Cause: row.Cause", to: "Cause: ByRule" },
	{ name: "junk cannot be brought back by an import", from: "return to < Disqualified", to: "return to < Lead" },
]);

const accepting = inFile("accepting", "accept", [
	{ name: "confirmed without a conversation", from: " || !s.Talked ", to: " " },
	{ name: "confirmed without an accept", from: " || !s.Accepted ", to: " " },
	{ name: "confirmed against a pin", from: " || !s.Decision.leaves() {", to: " {" },
	{ name: "an accept is not kept", from: "r.s.Accepted = true", to: "" },
	{ name: "an accept is no decision", from: "r.decide(DecidedAccept)", to: "" },
	{ name: "an accept leaves the nurturing mark", from: "r.unmark()\n", to: "" },
	{ name: "a rejection is no decision", from: "r.decide(DecidedReject)", to: "" },
	{ name: "a rejection forgets nothing", from: "s.Asked, s.Talked, s.Accepted = false, false, false", to: "" },
	{ name: "every rejected lead is nurtured", from: "if r.p.Recycle.Rejected {", to: "if r.p.Recycle.Rejected || s.Stage == Lead {" },
]);

const deals = inFile("deals", "deal", [
	{ name: "a pin does not stand in the way", from: "s.Decision == DecidedPin || s.Decision == DecidedReject", to: "s.Decision == DecidedReject" },
	{ name: "no conversation is needed", from: "r.p.Promotion == Confirmed && !s.Talked", to: "r.p.Promotion == Confirmed && s.Stage == Anonymous" },
	{ name: "opening is no accept", from: "r.decide(DecidedAccept)", to: "" },
	{ name: "a deal opened again stays lost", from: "r.decide(Undecided)", to: "" },
	{ name: "a loss is no decision", from: "r.decide(DecidedLose)", to: "" },
	{ name: "any reason loses", from: "} else if !why.isCode() {", to: "} else if why == Reasons {" },
]);

const rules = inFile("rules", "rules", [
	{ name: "a subscription makes a lead", from: "r.e.Form == profile.FormSubscription && !r.p.SubscribersLead", to: "r.e.Form == profile.FormSubscription && r.p.SubscribersLead" },
	{ name: "a submission moves who is decided on", from: "s.Decision.ends() || s.Stage >= Lead", to: "s.Stage >= Lead" },
	{ name: "junk stays junk, whatever it submits", from: "s.Stage >= Lead && s.Stage != Junk", to: "s.Stage >= Lead" },
	{ name: "an ask is forgotten", from: "s.Asked = s.Asked || Asks(r.e.Form)", to: "s.Asked = Asks(r.e.Form)" },
	{ name: "rules promote who is nurtured", from: " || s.Nurturing || !s.Decision.leaves() {", to: " || !s.Decision.leaves() {" },
	{ name: "rules promote against a decision", from: " || s.Nurturing || !s.Decision.leaves() {", to: " || s.Nurturing {" },
	{ name: "passing time promotes", from: "\treturn nil\n}\n\n// mark marks", to: "\treturn r.assess()\n}\n\n// mark marks" },
	{ name: "what stalls is recycled against a decision", from: "s.Decision.yields() && r.p.Stalled(s, s.At)", to: "r.p.Stalled(s, s.At)" },
	{ name: "what stalls is recycled by itself", from: "r.p.Recycle.Stalled && ", to: "" },
	{ name: "a recycled lead is not nurtured", from: "return err\n\t\t}\n\t\tr.mark()", to: "return err\n\t\t}" },
	{ name: "the coldest level is not cold", from: "s.Seen.Level >= r.p.Nurture.Level", to: "s.Seen.Level > r.p.Nurture.Level" },
	{ name: "marked a second late", from: "s.At >= r.p.CoolsAt(s)", to: "s.At > r.p.CoolsAt(s)" },
	{ name: "who was not seen never wakes", from: "s.Coldest = model.Levels", to: "s.Coldest = model.Levels & 3" },
	{ name: "the same level wakes", from: "s.Seen.Level < s.Coldest", to: "s.Seen.Level <= s.Coldest" },
	{ name: "no ask wakes", from: "if asked || s.Seen.Level != 0", to: "if asked && s.Seen.Level > 9 || s.Seen.Level != 0" },
	{ name: "a fall while asleep does not count", from: "if s.Nurturing {\n\t\ts.Coldest", to: "if !s.Nurturing {\n\t\ts.Coldest" },
	{ name: "waking is not told", from: "r.out.Woken || s.Nurturing", to: "r.out.Woken" },
	{ name: "marking is not told", from: "r.out.Marked = true", to: "" },
	{ name: "reopening is not told", from: "r.out.Reopened = s.Decision", to: "" },
	{ name: "a reopened subscriber is a lead", from: "case out(s.Stage) && s.Before == Subscriber:", to: "case out(s.Stage) && s.Before == Junk:" },
	{ name: "suspect evidence makes junk of a lead", from: "r.s.Stage != Anonymous", to: "r.s.Stage > Lead" },
	{ name: "being over is remembered through a fall", from: "s.WasOver = s.WasOver && s.Seen.Over\n\tif r.p", to: "if r.p" },
	{ name: "evidence does not move what stalls", from: "s.Seen, s.Touched = r.e.Cell, s.At", to: "s.Seen = r.e.Cell" },
]);

const rest = [
	inFile("stall", "stall", [
		{ name: "a second early", from: "since + d + 1", to: "since + d" },
		{ name: "a second late", from: "now >= p.StallsAt(s)", to: "now > p.StallsAt(s)" },
		{ name: "while nurtured", from: "s.Stage >= Stages || s.Nurturing", to: "s.Stage >= Stages" },
		{ name: "cools from the last evidence alone", from: "max(s.Touched, s.Since)", to: "s.Touched" },
		{ name: "cools from the stage alone", from: "max(s.Touched, s.Since)", to: "s.Since" },
		{ name: "cools against a decision", from: " || !s.Decision.yields() {", to: " {" },
	]),
	inFile("review", "review", [
		{ name: "gates cleared before are held again", from: "s.Cleared |= s.Seen.Gates", to: "s.Cleared = s.Seen.Gates" },
		{ name: "a release clears nothing", from: "s.Cleared |= s.Seen.Gates", to: "" },
		{ name: "a released subscriber is a lead", from: "s.Before == Anonymous && r.subscribes()", to: "s.Before == Junk && r.subscribes()" },
		{ name: "a junked contact is no decision", from: "r.decide(DecidedDisqualify)", to: "" },
	]),
	inFile("imports", "bring", [
		{ name: "an import overrules a decision", from: "case !r.s.Decision.leaves() ||", to: "case" },
		{ name: "an import rules out who is accepted", from: " || to > Customer && r.s.Decision != Undecided:", to: ":" },
		{ name: "a merge overrules a decision", from: "to <= Customer && s.Decision.leaves()", to: "to <= Customer" },
		{ name: "a merge rules out", from: "to <= Customer && s.Decision.leaves()", to: "s.Decision.leaves()" },
		{ name: "a merge forgets who asked", from: "s.Asked = s.Asked || Asks(r.e.Form)", to: "s.Asked = Asks(r.e.Form)" },
		{ name: "a merge does not see the ask of the other", from: "s.Asked = s.Asked || Asks(r.e.Form)", to: "" },
		{ name: "a merge gives the rules no say", from: "return r.assess()", to: "return nil" },
		{ name: "an imported disqualification is no decision", from: "r.decide(DecidedDisqualify)", to: "" },
		{ name: "an imported loss is no decision", from: "r.decide(DecidedLose)", to: "" },
		{ name: "an imported loss skips the deal", from: "if err := r.toward(Opportunity, Brought); err != nil {", to: "if err := r.toward(Prospect, Brought); err != nil {" },
		{ name: "any reason of a file is taken", from: "!junk && why.isCode():", to: "!junk && why < Reasons:" },
	]),
	inFile("words", "event", [
		{ name: "a voicemail is a conversation", from: "o == Connected || o == Replied", to: "o == Connected || o == Replied || o == LeftMessage" },
		{ name: "a reply is none", from: "o == Connected || o == Replied", to: "o == Connected" },
		{ name: "a trial is a hand-raise", from: "profile.HandRaise&(1<<k) != 0", to: "intents&(1<<k) != 0" },
		{ name: "an accept is no person's act", from: "k >= OnAccept &&", to: "k > OnAccept &&" },
	]),
	inFile("words", "reason", [{ name: "a test is a rep's reason", from: "1<<(Other+1) - 1<<NoNeed", to: "1<<(Test+1) - 1<<NoNeed" }]),
];

export const lifecycle = [table, policy, decisions, standing, undo, steps, accepting, deals, rules, ...rest];
