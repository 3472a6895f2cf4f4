// Deliberate mistakes in what shared/score makes of the points: rows, grade, time, what would raise it.

const rows = {
	group: "rows",
	file: "shared/score/rows.go",
	mistakes: [
		{ name: "a row of nothing is written", from: "if points != 0 {", to: "if points != 1000 {" },
		{ name: "the limit's row has the wrong sign", from: "int16(score - sum)", to: "int16(sum - score)" },
		{ name: "a score stops at 99", from: "min(sum, 100)", to: "min(sum, 99)" },
		{ name: "a score goes to 101", from: "min(sum, 100)", to: "min(sum, 101)" },
		{ name: "a row has no bound", from: "clamp(whole(milli), maxRowPoints)", to: "whole(milli)" },
		{ name: "a total's cut is not told", from: "cut, flags|RowTotalCap", to: "cut, flags" },
		{ name: "a group sees what its rules had before their total caps", from: "milli, r.Group)\n\t}\n\treturn total\n}\n\n// meet", to: "milli, r.Group)\n\t\te.groups[r.Group] += whole(s.milli) - whole(milli)\n\t}\n\treturn total\n}\n\n// meet" },
		{ name: "the last group has no cap", from: "i <= e.m.Groups()", to: "i < e.m.Groups()" },
		{ name: "a group's fit begins with its engagement", from: "clear(e.groups[:])\n\tfit", to: "fit" },
		{ name: "a group's cut of fit counts to engagement", from: "Flags: dimension | RowTotalCap", to: "Flags: RowTotalCap" },
		{ name: "half a point of a group's cap is cut off", from: "whole(int64(e.m.GroupCap(i)))", to: "int64(e.m.GroupCap(i)) / 1000" },
		{ name: "an answer counts a second late", from: "e.said <= e.at", to: "e.said < e.at" },
		{ name: "an answer of tomorrow counts today", from: "if e.said <= e.at {", to: "if e.said <= e.at+86400 {" },
		{ name: "answers do not age", from: "uint32(e.at-e.said))", to: "0)" },
		{ name: "an answer's ageing is not told", from: "flags = RowAged", to: "flags = 0" },
		{ name: "an answer's points of fit are told as engagement's", from: "flags = RowFit", to: "flags = 0" },
		{ name: "fit counts to engagement", from: "met&^e.fits", to: "met" },
		{ name: "engagement counts to fit", from: "e.factRows(out, met&e.fits)", to: "e.factRows(out, met)" },
		{ name: "the fields that are known are not counted", from: "(c+profile.MaxCode)/(profile.MaxCode+1)", to: "c/(profile.MaxCode+1)" },
		{ name: "an answer without a class is not known", from: "(c+profile.MaxCode)/(profile.MaxCode+1)", to: "(c+profile.MaxCode-1)/(profile.MaxCode+1)" },
	],
};

const judge = (group, mistakes) => ({ group, file: "shared/score/judge.go", mistakes });

const thresholds = judge("thresholds", [
	{ name: "a letter wants a point more", from: "out.Fit < e.m.LetterMin(letter)", to: "out.Fit <= e.m.LetterMin(letter)" },
	{ name: "a letter wants a point less", from: "out.Fit < e.m.LetterMin(letter)", to: "out.Fit+1 < e.m.LetterMin(letter)" },
	{ name: "nobody is a D", from: "letter < 3 &&", to: "letter < 2 &&" },
	{ name: "a level wants a point more", from: "out.Engagement < e.m.LevelMin(level-1)", to: "out.Engagement <= e.m.LevelMin(level-1)" },
	{ name: "a level wants a point less", from: "out.Engagement < e.m.LevelMin(level-1)", to: "out.Engagement+1 < e.m.LevelMin(level-1)" },
	{ name: "the percent that must be known is one more", from: "out.Known < e.m.KnownMin()", to: "out.Known <= e.m.KnownMin()" },
	{ name: "the known percent is rounded up", from: "e.known * 100 / e.total", to: "(e.known*100 + e.total - 1) / e.total" },
	{ name: "a letter is given though too little is known", from: "letter, out.Letter = 4, '?'", to: "letter = 4" },
	{ name: "the band of a ? is its letter's", from: "letter, out.Letter = 4, '?'", to: "out.Letter = '?'" },
]);

const gates = judge("gates", [
	{ name: "a honeypot is no gate", from: "out.Gates = model.GateHoneypot", to: "out.Gates = 0" },
	{ name: "a program's mark is taken for the honeypot", from: "evidence.HoneypotFilled", to: "evidence.AutomationMarked" },
	{ name: "the last gate alone counts", from: "out.Gates |= g.Bit", to: "out.Gates = g.Bit" },
]);

const criteria = judge("criteria", [
	{ name: "the last mapping counts, before a rep's word", from: " || out.Criteria[r.Name].State != Unknown {", to: " {" },
	{ name: "partly is taken for met", from: "state = Partly", to: "state = Met" },
	{ name: "unmet is unknown", from: "state = Unmet", to: "continue" },
	{ name: "said and inferred change places", from: "asked[r.Name] == r.Field", to: "asked[r.Name] != r.Field" },
	{ name: "the role says who decides", from: "profile.Budget, profile.Authority, profile.Timing", to: "profile.Budget, profile.Role, profile.Timing" },
	{ name: "what a rep heard of interest is overruled", from: "case interest.Source == Rep:", to: "case interest.Source == Rep && out.Intent == 0:" },
	{ name: "a rep's word has no source", from: "c.Source = Rep", to: "c.Source = NoSource" },
	{ name: "a trial form is inferred, not said", from: "(IntentHandRaise|IntentForm)", to: "IntentHandRaise" },
	{ name: "level 2 is no interest", from: "out.Level <= 2", to: "out.Level <= 1" },
	{ name: "level 3 is interest", from: "out.Level <= 2", to: "out.Level <= 3" },
]);

const intent = judge("intent", [
	{ name: "every form of the visitor's counts", from: "e.forms & e.m.IntentForms()", to: "e.forms" },
	{ name: "trials alone are forms of intent", from: "forms&^profile.HandRaise", to: "forms&profile.Trial" },
	{ name: "a hand-raise is another form of intent too", from: "forms&^profile.HandRaise", to: "forms" },
	{ name: "every signal counts", from: "e.seen&e.m.IntentKinds() != 0", to: "e.seen&^1 != 0" },
	{ name: "timing or budget is enough", from: "out.Criteria[model.Timing].State == Met &&", to: "out.Criteria[model.Timing].State == Met ||" },
	{ name: "an unmet budget is as good as a met one", from: "out.Criteria[model.Budget].State == Met", to: "out.Criteria[model.Budget].State != Unknown" },
]);

const engine = {
	group: "input and model",
	file: "shared/score/engine.go",
	mistakes: [
		{ name: "an instant after 2106 for the profile", from: "in.Now>>32 != 0 || in.Said>>32 != 0", to: "in.Now>>32 != 0" },
		{ name: "a code goes before the text", from: "e.used>>f&1 == 1 && len(in.Profile[from]) > 0", to: "e.used>>f&1 == 1 && len(in.Profile[from]) > 0 && e.facts[f] == 0" },
		{ name: "fields of criteria are not read", from: "e.used |= 1 << e.m.CriterionRule(i).Field", to: "" },
		{ name: "fields of gates are not read", from: "e.used |= 1 << e.m.GateRule(i).Field", to: "" },
		{ name: "the best of the model before stays", from: "e.best[f] = 0", to: "" },
		{ name: "the best of a field is its last answer's", from: "max(e.best[f], e.pointsOf(e.meets[f][c]&e.fits))", to: "e.pointsOf(e.meets[f][c] & e.fits)" },
		{ name: "points of engagement count to what could be known", from: "e.pointsOf(e.meets[f][c]&e.fits)", to: "e.pointsOf(e.meets[f][c])" },
		{ name: "answers of the model before stay", from: "clear(e.meets[:])", to: "" },
		{ name: "fit of the model before stays fit", from: "e.used, e.total, e.fits = 0, 0, 0", to: "e.used, e.total = 0, 0" },
		{ name: "words of the model before stay", from: "e.words.Reset()", to: "" },
		{ name: "kinds of the model before stay", from: "clear(e.rulesOf[:])", to: "" },
		{ name: "windows of the model before stay", from: "clear(e.priorOf[:])", to: "" },
	],
};

const more = {
	group: "more",
	file: "shared/score/engine.go",
	mistakes: [
		{ name: "goes on from nothing", from: "!e.open || at < e.last", to: "at < e.last" },
		{ name: "goes back in time", from: "!e.open || at < e.last", to: "!e.open || at < e.last-60000" },
		{ name: "refuses the same instant", from: "at < e.last ||", to: "at <= e.last ||" },
		{ name: "takes a visit's start", from: "k == 0 || k > evidence.MaxKind", to: "k > evidence.MaxKind" },
		{ name: "takes a time after the log's last", from: "millis > evidence.MaxMillis", to: "millis > evidence.MaxMillis*2" },
		{ name: "refuses the log's last millisecond", from: "millis > evidence.MaxMillis", to: "millis >= evidence.MaxMillis" },
		{ name: "goes beyond 2106", from: "at/1000>>32 != 0 {", to: "at < 0 {" },
		{ name: "does not age to the signal's instant", from: "e.now, e.at = at/1000, at/1000", to: "e.now = at / 1000" },
		{ name: "counts to the first visit", from: "e.earn(k, at, e.newest)", to: "e.earn(k, at, 0)" },
		{ name: "goes on after grants are gone", from: "e.open = e.whole", to: "e.open = true" },
		{ name: "goes on after a refused input", from: "e.open = false\n\tif !e.loaded", to: "if !e.loaded" },
		{ name: "goes on after a signal that is yet to come", file: "shared/score/walk.go", from: "if at >= later {\n\t\t\te.open = false", to: "if at >= later+86400000 {\n\t\t\te.open = false" },
	],
};

const batch = {
	group: "batch",
	file: "shared/score/batch.go",
	mistakes: [
		{ name: "the last case is left out when it is the shortest", from: "at+2+caseHead <= len(b)", to: "at+2+caseHead < len(b)" },
		{ name: "the last case is left out when it ends where the bytes do", from: "at > len(b)", to: "at >= len(b)" },
		{ name: "a length too short is believed", from: "at < from+caseHead ||", to: "at < from ||" },
		{ name: "a wrong case gets the head of the one before", from: "if fault != 0 {", to: "if fault == 255 {" },
		{ name: "every head is written over the first", from: "b[int(many)*HeadBytes:]", to: "b[0:]" },
		{ name: "a wrong case is not counted", from: "many++", to: "if fault == 0 {\n\t\t\tmany++\n\t\t}" },
	],
};

const leaves = {
	group: "leaves",
	file: "shared/score/time.go",
	mistakes: [
		{ name: "told a second early", from: "return b, s.outside(rowsB, rowsB)", to: "return a, s.outside(rowsB, rowsB)" },
		{ name: "told a second late", from: "return b, s.outside(rowsB, rowsB)", to: "return b + 1, s.outside(rowsB, rowsB)" },
		{ name: "rows are taken to fall alone", from: "min(a[i], b[i]), max(a[i], b[i])", to: "b[i], a[i]" },
		{ name: "only the end of a stretch is looked at", from: "!s.outside(rowsA, rowsB)", to: "!s.outside(rowsB, rowsB)" },
		{ name: "the lowest value is out of range", from: "s.e.sumOf(&least) < s.low", to: "s.e.sumOf(&least) <= s.low" },
		{ name: "the highest value is out of range", from: "s.e.sumOf(&most) > s.high", to: "s.e.sumOf(&most) >= s.high" },
		{ name: "never above", from: " || s.e.sumOf(&most) > s.high", to: "" },
		{ name: "the later half is searched first", from: "s.first(a, middle, rowsA, rows); ok", to: "s.first(middle, b, rows, rowsB); ok" },
		{ name: "an answer of tomorrow changes tomorrow", from: "e.said > e.now", to: "e.said > e.now+86400" },
		{ name: "levels share a value", from: "e.m.LevelMin(int32(level)-2) - 1", to: "e.m.LevelMin(int32(level) - 2)" },
		{ name: "level 4 begins at the third's lowest", from: "if level < model.Levels {", to: "if level <= model.Levels {" },
		{ name: "groups have no cap", from: "total += e.overCap(i)", to: "total += 0" },
		{ name: "the sum knows no 100", from: "max(0, min(total, 100))", to: "max(0, min(total, 250))" },
		{ name: "fit counts to engagement", from: " && row.Flags&RowFit == 0", to: "" },
		{ name: "a long history is not walked anew", from: "if !e.whole {", to: "if e.at < 0 {" },
	],
};

const raise = {
	group: "raise",
	file: "shared/score/raise.go",
	mistakes: [
		{ name: "the worse letter goes first", from: "r.Letter < b.Letter", to: "r.Letter > b.Letter" },
		{ name: "? is better than any letter", from: "r.Letter != '?' && (b.Letter == '?' || r.Letter < b.Letter)", to: "r.Letter < b.Letter" },
		{ name: "the worse level goes first", from: "return r.Level < b.Level", to: "return r.Level > b.Level" },
		{ name: "levels do not matter", from: "r.Level != b.Level", to: "r.Level == 99" },
		{ name: "of equal answers the last field counts", from: "r.Fit+r.Engagement > b.Fit+b.Engagement", to: "r.Fit+r.Engagement >= b.Fit+b.Engagement" },
		{ name: "engagement adds nothing", from: "r.Fit+r.Engagement > b.Fit+b.Engagement", to: "r.Fit > b.Fit" },
		{ name: "an answer that earns nothing is named", from: "r.Fit+r.Engagement > 0 &&", to: "" },
		{ name: "a new answer is as old as the others", from: "e.said = e.now // a new answer is said now, and all others with it", to: "" },
		{ name: "an old answer said anew is another's merit", from: "\te.conclude(scratch)\n\tt := trial", to: "\tt := trial" },
		{ name: "a tried answer stays", from: "\te.facts[f] = profile.Unknown\n}", to: "}" },
		{ name: "a tried function stays", from: "e.facts[profile.Function] = profile.Unknown\n", to: "\n" },
		{ name: "a role tells no function", from: "f == profile.Role && e.facts", to: "f == profile.Email && e.facts" },
		{ name: "only the first answer is tried", from: "e.meets[f][d] == e.meets[f][c]", to: "d < profile.MaxCode" },
	],
};

const codes = {
	group: "encoded cases",
	file: "shared/score/case.go",
	mistakes: [
		{ name: "bytes behind a case are taken", from: "if len(b) != 0 {\n\t\treturn ErrCase", to: "if len(b) > 9000 {\n\t\treturn ErrCase" },
		{ name: "a text over the longest is taken", from: "n > 3+profile.MaxText", to: "n > 9000" },
		{ name: "the longest text is refused", from: "n > 3+profile.MaxText", to: "n >= 3+profile.MaxText" },
		{ name: "a state that is none is taken", from: "b[1] > byte(Unmet)", to: "b[1] > byte(Unmet)+1" },
		{ name: "a code that is none is taken", from: "b[1] > byte(profile.MaxCode)", to: "b[1] > byte(profile.MaxCode)+1" },
		{ name: "33 visits are taken", from: "if visits > MaxVisits", to: "if visits > MaxVisits+1" },
		{ name: "over the thresholds is another gate", from: "gates |= 128", to: "gates |= 64" },
		{ name: "a criterion's source overlaps its state", from: "byte(c.Source)<<2", to: "byte(c.Source)<<1" },
		{ name: "points below zero lose their sign", from: "byte(uint16(row.Points)>>8)", to: "byte(uint16(row.Points)>>8)&127" },
	],
};

export const judging = [rows, thresholds, gates, criteria, intent, engine, more, batch, leaves, raise, codes];
