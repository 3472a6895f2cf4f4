// Deliberate mistakes in how shared/score earns, ages and cuts points.

const decay = {
	group: "decay",
	file: "shared/score/decay.go",
	mistakes: [
		{ name: "a table entry is one too high", from: "846098274", to: "846098275" },
		{ name: "the table's last entry is one too low", from: "536870912", to: "536870911" },
		{ name: "a step is half as wide", from: "at>>11&31", to: "at>>10&31" },
		{ name: "a step forgets its second half", from: "at&2047", to: "at&1023" },
		{ name: "no straight line between two steps", from: "* uint64(between) >> 11", to: "* uint64(between) >> 22" },
		{ name: "the straight line goes upward", from: "uint64(halves[step]) - drop", to: "uint64(halves[step]) + drop" },
		{ name: "the inverse is rounded up", from: "(1 << 48) / uint64(halfLife)", to: "(1<<48)/uint64(halfLife) + 1" },
		{ name: "held a second longer", from: "age <= a.hold {", to: "age <= a.hold+1 {" },
		{ name: "the hold counts as age", from: "age -= a.hold", to: "age -= 0" },
		{ name: "a whole half-life is not taken off", from: "age >= a.halfLife", to: "age > a.halfLife" },
		{ name: "nothing is left after 16 half-lives", from: "n >= 32", to: "n >= 16" },
		{ name: "negative points do not age", from: "return -int64(uint64(-points) * factor >> 30 >> n)", to: "return points" },
		{ name: "a half-life of 0 ages at once", from: "if halfLife == 0 {\n\t\treturn", to: "if halfLife == 0 {\n\t\thalfLife = 1\n\t}\n\tif hold > 1<<31 {\n\t\treturn" },
	],
};

const rounding = {
	group: "rounding",
	file: "shared/score/decay.go",
	mistakes: [
		{ name: "half a point is none", from: "return (milli + 500) / 1000", to: "return (milli + 499) / 1000" },
		{ name: "half a point below zero is none", from: "-((-milli + 500) / 1000)", to: "-((-milli + 499) / 1000)" },
		{ name: "points are cut off, not rounded", from: "return (milli + 500) / 1000", to: "return milli / 1000" },
	],
};

const session = `		if r.SessionCap != 0 {
			spent := &e.spent[visit][i]
			points = s.grantUpTo(int64(r.SessionCap), int64(*spent), points, RowSessionCap)
			*spent += int32(points)
		}
`;
const dayCap = `		if r.DayCap != 0 {
			second := at / 1000
			if second < e.dayFrom || second >= e.dayFrom+86400 {
				e.dayFrom = second - second%86400
			}
			if s.day != e.dayFrom {
				s.day, s.spent = e.dayFrom, 0
			}
			points = s.grantUpTo(int64(r.DayCap), s.spent, points, RowDayCap)
			s.spent += points
		}
`;
const worth = "worth := e.rules[g.rule].ageing.worth(points, uint32(e.at-int64(g.at)))";
const totalCapFirst = `if most := int64(e.rules[g.rule].TotalCap); most != 0 {
			points = clamp(s.spent+points, most) - s.spent
			s.spent += points
		}
		`;

const caps = {
	group: "caps",
	file: "shared/score/walk.go",
	mistakes: [
		{ name: "the day is cut before the visit", from: session + dayCap, to: dayCap + session },
		{ name: "the total is cut before ageing", from: worth, to: totalCapFirst + worth },
		{ name: "a visit forgets what it spent", from: "*spent += int32(points)", to: "*spent = int32(points)" },
		{ name: "all visits share one cap", from: "e.spent[visit][i]", to: "e.spent[0][i]" },
		{ name: "a visit begins with what the last score spent", from: "clear(e.spent[i][:rules])", to: "" },
		{ name: "a day forgets what it spent", from: "s.spent += points", to: "s.spent = points" },
		{ name: "a new day goes on with the last one's spending", from: "s.day, s.spent = e.dayFrom, 0", to: "s.day = e.dayFrom" },
		{ name: "a day begins a second late", from: "second >= e.dayFrom+86400", to: "second > e.dayFrom+86400" },
		{ name: "a day begins with its first signal", from: "second - second%86400", to: "second" },
		{ name: "a day begins at noon", from: "second - second%86400", to: "second - (second+43200)%86400" },
		{ name: "a cap is never reached", from: "clamp(spent+points, most) - spent", to: "clamp(points, most)" },
		{ name: "what is taken away has no cap", from: "v < -c", to: "v < -2*c" },
		{ name: "a row forgets why it was cut", from: "s.flags |= why", to: "s.flags = why" },
		{ name: "a day's cut is told as a visit's", from: "points, RowDayCap)", to: "points, RowSessionCap)" },
		{ name: "the skipped ones are one too few", from: "s.count <= int32(r.Skip)", to: "s.count < int32(r.Skip)" },
		{ name: "what is skipped is not counted", from: "s.count++\n", to: "if r.Skip == 0 {\n\t\t\ts.count++\n\t\t}\n" },
	],
};

const grants = {
	group: "long histories",
	file: "shared/score/walk.go",
	mistakes: [
		{ name: "what was granted first is forgotten", from: "e.ripen()\n\t\te.granted, e.whole", to: "e.granted, e.whole" },
		{ name: "nobody knows that grants were aged already", from: "e.granted, e.whole = 0, false", to: "e.granted = 0" },
		{ name: "one more signal is counted although grants are gone", from: "c == 0 && e.whole", to: "c == 0" },
		{ name: "grants are aged twice", from: "s.milli = 0\n", to: "" },
		{ name: "ageing is not told", from: "s.flags |= RowAged", to: "s.flags |= 0" },
		{ name: "the 32nd visit is refused", from: "len(visits) > MaxVisits", to: "len(visits) >= MaxVisits" },
		{ name: "a visit of the next century counts", from: "v.Start>>32 != 0", to: "v.Start < 0" },
	],
};

const notePrior = "for rules := e.priorOf[kind]; rules != 0; rules &= rules - 1 {\n\t\te.sums[bits.TrailingZeros64(rules)].prior = at + 1\n\t}\n\t";

const windows = {
	group: "windows",
	file: "shared/score/walk.go",
	mistakes: [
		{ name: "too soon by a millisecond", from: "gap >= int64(r.NotBefore)*1000", to: "gap+1 >= int64(r.NotBefore)*1000" },
		{ name: "the soonest moment is too soon", from: "gap >= int64(r.NotBefore)*1000", to: "gap > int64(r.NotBefore)*1000" },
		{ name: "the latest moment is too late", from: "gap <= int64(r.Within)*1000", to: "gap < int64(r.Within)*1000" },
		{ name: "compared in seconds", from: "gap <= int64(r.Within)*1000", to: "gap/1000 <= int64(r.Within)" },
		{ name: "a window without an end has one", from: "(r.Within == 0 || gap", to: "(gap" },
		{ name: "a signal is its own one before", from: "e.last = at\n\t", to: `e.last = at\n\t${notePrior}` },
		{ name: "the first one before counts, not the last", from: "e.sums[bits.TrailingZeros64(rules)].prior = at + 1", to: "if s := &e.sums[bits.TrailingZeros64(rules)]; s.prior == 0 {\n\t\t\ts.prior = at + 1\n\t\t}" },
		{ name: "nothing before is as good as 1970", from: "s.prior == 0 || ", to: "" },
		{ name: "no window matters", from: "r.Prior != 0 &&", to: "r.Prior == 0 &&" },
	],
};

const order = {
	group: "order of visits",
	file: "shared/score/walk.go",
	mistakes: [
		{ name: "of equal instants the later visit's goes first", from: "then < at {", to: "then <= at {" },
		{ name: "of equal instants one visit's go on", from: "counts && c.at >= until", to: "counts && c.at > until" },
		{ name: "a visit is read to its end at once", from: "counts && c.at >= until", to: "counts && c.at >= until+86400000" },
		{ name: "a visit that has yet to begin is not waited for", from: "until = min(until, open[i].start)", to: "" },
		{ name: "a visit that has begun is not waited for", from: "until = min(until, then)", to: "" },
		{ name: "two visits cannot begin in the same second", from: "v.Start < visits[i-1].Start", to: "v.Start <= visits[i-1].Start" },
		{ name: "visits come in any order", from: "v.Start < visits[i-1].Start", to: "v.Start < visits[0].Start-86400" },
		{ name: "what happened within the second asked for is left out", from: "e.now*1000 + 1000", to: "e.now*1000 + 1" },
		{ name: "the last millisecond asked for is left out", from: "e.now*1000 + 1000", to: "e.now*1000 + 999" },
		{ name: "the second after the one asked for counts", from: "e.now*1000 + 1000", to: "e.now*1000 + 1001" },
		{ name: "what is yet to come counts", from: "e.run(c, until, at < later)", to: "e.run(c, until, true)" },
		{ name: "a fault goes unseen", from: "if c.Fault() != 0 {", to: "if c.Fault() > 250 {" },
		{ name: "a fault behind the instant asked for goes unseen", from: "s, ok := c.Next()\n", to: "s, ok := c.Next()\n\t\tif !counts {\n\t\t\tok = false\n\t\t}\n" },
		{ name: "a visit does not begin with a signal", from: "c.start, evidence.VisitStarted", to: "c.start, evidence.MaxKind" },
	],
};

export const earning = [decay, rounding, caps, grants, windows, order];
