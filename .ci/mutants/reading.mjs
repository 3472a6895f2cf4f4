// Deliberate mistakes in shared/evidence, shared/profile and shared/model: what is read before
// anything is scored.

const also = ["./shared/score"];

const log = {
	group: "log",
	file: "shared/evidence/log.go",
	also,
	mistakes: [
		{ name: "kinds without a name are refused", from: "kind > MaxKind", to: "kind > MaxKnown" },
		{ name: "kind 64 is read", from: "kind > MaxKind", to: "kind > MaxKind+1" },
		{ name: "kind 64 is written", from: "k > MaxKind", to: "k > MaxKind+1" },
		{ name: "a time in a longer form is read", from: "b == 0 && shift > 0", to: "b == 0 && shift > 7" },
		{ name: "a time of five bytes is read", from: "shift == 21", to: "shift == 28" },
		{ name: "a time of four bytes is refused", from: "shift == 21", to: "shift == 14" },
		{ name: "a time of 128 fits one byte", from: "delta < 0x80", to: "delta <= 0x80" },
		{ name: "the last millisecond is refused", from: "if millis > MaxMillis {\n\t\treturn r.fail", to: "if millis >= MaxMillis {\n\t\treturn r.fail" },
		{ name: "a millisecond too many is read", from: "if millis > MaxMillis {\n\t\treturn r.fail", to: "if millis > MaxMillis+1 {\n\t\treturn r.fail" },
		{ name: "513 signals are read", from: "r.many >= MaxSignals", to: "r.many > MaxSignals" },
		{ name: "513 signals are written", from: "l.many >= MaxSignals", to: "l.many > MaxSignals" },
		{ name: "time goes back", from: "millis = l.last\n", to: "" },
		{ name: "the version does not matter", from: "log[0] != Version", to: "log[0] == 0" },
		{ name: "the time of the last signal is that since the one before", from: "r.at, r.millis = at, millis", to: "r.at, r.millis = at, delta" },
		{ name: "signals are counted one short", from: "return int(r.many), r.millis", to: "return int(r.many) - 1, r.millis" },
		{ name: "a log does not extend itself", from: "len(log) < len(earlier)", to: "len(log) <= len(earlier)" },
		{ name: "a log extends another of the same length", from: "log[i] != earlier[i]", to: "log[i] != earlier[i] && i < 2" },
	],
};

const profile = (group, mistakes) => ({ group, file: "shared/profile/read.go", also: [...also, "./server/internal/modeling"], mistakes });

const titles = profile("titles", [
	{ name: "parts go before the whole word", from: "if c == Unknown {\n\t\t\tc = max(s.part, s.ending())", to: "if p := max(s.part, s.ending()); p != Unknown {\n\t\t\tc = p" },
	{ name: "beginnings hide endings", from: "c = max(s.part, s.ending())", to: "if c = s.part; c == Unknown {\n\t\t\t\tc = s.ending()\n\t\t\t}" },
	{ name: "endings do not count", from: "max(s.part, s.ending())", to: "s.part" },
	{ name: "beginnings do not count", from: "max(s.part, s.ending())", to: "s.ending()" },
	{ name: "two letters are a part", from: "const shortest = 3", to: "const shortest = 2" },
	{ name: "three letters are no beginning", from: "s.n >= shortest", to: "s.n > shortest" },
	{ name: "three letters are no ending", from: "s.n-i >= shortest", to: "s.n-i > shortest" },
	{ name: "the longest beginning counts, not the highest", from: "s.part = max(s.part, s.words.find(s.word, Prefix))", to: "if c := s.words.find(s.word, Prefix); c != Unknown {\n\t\t\ts.part = c\n\t\t}" },
	{ name: "the last word counts, not the highest", from: "s.best = max(s.best, c)", to: "if c != Unknown {\n\t\t\ts.best = c\n\t\t}" },
	{ name: "words go before the whole text", from: "if c := words.find(s.whole, Whole); c != Unknown {\n\t\treturn c", to: "if c := words.find(s.whole, Whole); c != Unknown {\n\t\treturn max(c, s.best)" },
	{ name: "a word of a sentence speaks for it", from: "f == Industry }", to: "f == Industry || f == Timing || f == Need }" },
	{ name: "an industry is one phrase", from: " || f == Industry }", to: " }" },
	{ name: "a word of 39 letters is cut", from: "const maxLetters = 40", to: "const maxLetters = 38" },
	{ name: "what nobody has a word for is unknown", from: "max(s.best, Other)", to: "s.best" },
	{ name: "words are joined without a space", from: "s.whole = mix(s.whole, ' ')", to: "" },
	{ name: "a word means the same in each field", from: "return mix(fnvOffset, byte(f))", to: "return mix(fnvOffset, byte(f)&0)" },
	{ name: "a text beyond the longest is read on", from: "text = text[:MaxText]", to: "text = text[:len(text):len(text)]" },
]);

const numbers = profile("numbers", [
	{ name: "a range's lowest number is below it", from: "n >= bound&(1<<28-1)", to: "n > bound&(1<<28-1)" },
	{ name: "below all ranges is unknown", from: "code = Other", to: "code = Unknown" },
	{ name: "the first range reached counts", from: "code = c\n", to: "return c\n" },
	{ name: "bounds of other fields count", from: "if Field(bound>>28) != f {", to: "if Field(bound>>28) > f {" },
	{ name: "no mark belongs to a number", from: "if width == 0 {\n\t\t\t\tbreak", to: "if width < 9 {\n\t\t\t\tbreak" },
	{ name: "an apostrophe ends a number", from: "',', '.', '\\'', ' '", to: "',', '.', ' '" },
	{ name: "a space ends a number", from: "'\\'', ' ':", to: "'\\'':" },
	{ name: "a space that does not break ends a number", from: "case 0xc2:", to: "case 0xc1:" },
	{ name: "a dash is a mark", from: "text[i+2]-0x90 > 8", to: "text[i+2] > 8" },
	{ name: "a set apostrophe is a dash", from: "text[i+2]-0x90 > 8", to: "text[i+2]-0x90 > 9" },
	{ name: "two digits are a group", from: " || !digit(text, j+2)", to: "" },
	{ name: "four digits are a group", from: " || digit(text, j+3)", to: "" },
	{ name: "a long number goes around", from: "n > 100000000", to: "n > 4000000000" },
	{ name: "the last number of a text counts", from: "if width == 0 {\n\t\t\t\tbreak\n\t\t\t}", to: "if width == 0 {\n\t\t\t\tn = 0\n\t\t\t\tcontinue\n\t\t\t}" },
	{ name: "ranges go before words", from: "if c := words.find(s.whole, Whole); c != Unknown {\n\t\treturn c\n\t}\n\tif c := rangeOf(f, text, bounds); c != Unknown {\n\t\treturn c", to: "if c := rangeOf(f, text, bounds); c != Unknown {\n\t\treturn c\n\t}\n\tif c := words.find(s.whole, Whole); c != Unknown {\n\t\treturn c" },
]);

const mail = profile("mail", [
	{ name: "domains above do not count", from: "for i := at; i < len(text); i++", to: "for i := at; i < at+1; i++" },
	{ name: "the domain itself does not count", from: "i > at && text[i] != '.'", to: "text[i] != '.'" },
	{ name: "any ending of a domain counts", from: "if i > at && text[i] != '.' {", to: "if i < at {" },
	{ name: "nothing stands before the @", from: "at < 1 ||", to: "at < 0 ||" },
	{ name: "a domain begins with a point", from: "dot < at+2", to: "dot < at+1" },
	{ name: "a domain ends with a point", from: " || dot == len(text)-1", to: "" },
	{ name: "the first @ parts", from: "case b == '@':", to: "case b == '@' && at < 0:" },
	{ name: "a space in a domain", from: "case b <= ' ' && at >= 0:\n\t\t\treturn Unknown", to: "" },
	{ name: "a space behind the address", from: "text[len(text)-1] <= ' '", to: "text[len(text)-1] < ' '" },
	{ name: "a business's own domain is unknown", from: "\treturn Other\n}\n\n// rangeOf", to: "\treturn Unknown\n}\n\n// rangeOf" },
]);

const folding = {
	group: "folding",
	file: "shared/profile/fold.go",
	also,
	mistakes: [
		{ name: "Z stays a capital letter", from: "c <= 'Z'", to: "c < 'Z'" },
		{ name: "9 parts words", from: "c <= '9'", to: "c < '9'" },
		{ name: "an accent stays", from: "c >= 0xc3 && c <= 0xc5", to: "c > 0xc3 && c <= 0xc5" },
		{ name: "letters from U+0140 stay", from: "c <= 0xc5", to: "c < 0xc5" },
		{ name: "an umlaut is another letter", from: "ooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty", to: "ooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuueyty" },
		{ name: "the sign of times is a letter", from: "b != ' '", to: "b != 0" },
	],
};

const lexicon = {
	group: "lexicon",
	file: "shared/profile/lexicon.go",
	also,
	mistakes: [
		{ name: "a beginning is a whole word", from: " && Mark(e>>HashBits)&marks == m", to: "" },
		{ name: "a second word in one place takes the first's", from: "for l.entries[i] != 0 {", to: "for l.entries[i] != 0 && l.n > MaxWords {" },
		{ name: "a word beyond the most pushes in", from: "l.n >= MaxWords", to: "l.n > MaxWords" },
		{ name: "words without a code take room", from: "entry&uint8(MaxCode) == 0 ||", to: "" },
	],
};

const open = {
	group: "model",
	file: "shared/model/model.go",
	also,
	mistakes: [
		{ name: "another format is read", from: " || b[4] != Format", to: "" },
		{ name: "anything is a model", from: " || u32(b, 0) != magic", to: "" },
		{ name: "bytes behind a model are taken", from: "int(end) != len(b)", to: "int(end) > len(b)" },
		{ name: "a changed byte goes unseen", from: "Checksum(b) != u32(b, 12)", to: "Checksum(b) == 0" },
		{ name: "the checksum leaves a byte out", from: "i < 12 || i > 15", to: "i < 12 || i > 16" },
		{ name: "65 signal rules are read", from: "r.nSignal > MaxSignalRules", to: "r.nSignal > MaxSignalRules+1" },
		{ name: "64 signal rules are refused", from: "r.nSignal > MaxSignalRules", to: "r.nSignal >= MaxSignalRules" },
		{ name: "65 fact rules are read", from: "r.nFact > MaxFactRules", to: "r.nFact > MaxFactRules+1" },
		{ name: "65 bounds are read", from: "r.nBound > MaxBounds", to: "r.nBound > MaxBounds+1" },
		{ name: "16 groups are read", from: "r.nGroup > MaxGroups", to: "r.nGroup > MaxGroups+1" },
	],
};

const grid = {
	group: "grid",
	file: "shared/model/read.go",
	also,
	mistakes: [
		{ name: "the bands begin at another level", from: ">> (2 * (level - 1)) & 3", to: ">> (2 * (level & 3)) & 3" },
		{ name: "hot is warm", from: ">> (2 * (level - 1)) & 3", to: ">> (2 * (level - 1)) & 1" },
		{ name: "the thresholds are another level's", from: ">>(level-1)&1", to: ">>(level&3)&1" },
		{ name: "a group has the next one's cap", from: "m.groups+(i-1)*GroupBytes", to: "m.groups+i*GroupBytes" },
		{ name: "the lowest fit of a hand-raise is the known percent", from: "return m.b[23]", to: "return m.b[22]" },
	],
};

const check = {
	group: "model checks",
	file: "shared/model/check.go",
	mistakes: [
		{ name: "A and B may begin at one point", from: "b[16] > b[17]", to: "b[16] >= b[17]" },
		{ name: "B and C may begin at one point", from: "b[17] > b[18]", to: "b[17] >= b[18]" },
		{ name: "levels 1 and 2 may begin at one point", from: "b[19] > b[20]", to: "b[19] >= b[20]" },
		{ name: "levels 2 and 3 may begin at one point", from: "b[20] > b[21]", to: "b[20] >= b[21]" },
		{ name: "a threshold of 101", from: "b[i] > 100", to: "b[i] > 101" },
		{ name: "a threshold of 100 is refused", from: "b[i] > 100", to: "b[i] >= 100" },
		{ name: "the hand-raise's fit has no bound", from: "i < 24; i++", to: "i < 23; i++" },
		{ name: "a fourth band", from: "b[i]&(b[i]>>1)&0x55 != 0", to: "b[i]&(b[i]>>1)&0x15 != 0" },
		{ name: "the most points are refused", from: "p <= MaxPoints }\n\nfunc limit", to: "p < MaxPoints }\n\nfunc limit" },
		{ name: "a cap below zero", from: "return p >= 0 &&", to: "return p >= -1 &&" },
		{ name: "the longest half-life of a signal is refused", from: "r.Within) > MaxDuration", to: "r.Within) >= MaxDuration" },
		{ name: "a hold without end", from: "max(r.Hold, r.HalfLife, r.NotBefore, r.Within)", to: "max(r.HalfLife, r.NotBefore, r.Within)" },
		{ name: "a window of one moment is refused", from: "r.Within < r.NotBefore", to: "r.Within <= r.NotBefore" },
		{ name: "a visit's cap below zero", from: " || !limit(r.SessionCap)", to: "" },
		{ name: "the last group is refused", from: "int32(pad[29]) > m.nGroup", to: "int32(pad[29]) >= m.nGroup" },
		{ name: "a fact's group that is not there", from: " || int32(pad[2]) > m.nGroup", to: "" },
		{ name: "a fact's half-life without end", from: "r.HalfLife > MaxDuration ||", to: "" },
		{ name: "partly and unmet at once", from: "|r.Part&r.Unmet != 0", to: " != 0" },
		{ name: "met and partly at once", from: "r.Met&r.Part|r.Met", to: "r.Met" },
		{ name: "a field that is none for a gate", from: "!known || pad[1] >= byte(profile.Facts)", to: "!known" },
		{ name: "a field that is none for a criterion", from: " || pad[1] >= byte(profile.Facts) || r.Met", to: " || r.Met" },
		{ name: "a gate for the unsaid", from: " || !answers(r.Codes) || pad[2]|pad[3] != 0", to: " || pad[2]|pad[3] != 0" },
		{ name: "one bound twice", from: "m.Bound(i) <= m.Bound(i-1)", to: "m.Bound(i) < m.Bound(i-1)" },
		{ name: "one word twice", from: "key <= last", to: "key < last" },
	],
};

export const reading = [log, titles, numbers, mail, folding, lexicon, open, grid, check];
