// Package fault is the one error type of shared/: a code of one byte, which
// the browser's engine can hand out as a number. One type for all packages
// keeps type names and tables out of that engine.
package fault

// Code is what is wrong with bytes that were to be read. Codes are part of the
// engine's ABI: none is given a second meaning. Evidence has 1 to 19, models
// 21 to 39, scores 41 to 59.
type Code uint8

// Error implements the error interface.
func (c Code) Error() string {
	if text, ok := texts[c]; ok {
		return text
	}
	return "fault: unknown code"
}

// Err gives the code as an error, nil for 0. Inside of the engine codes travel
// as they are: an interface takes twice the room.
func (c Code) Err() error {
	if c == 0 {
		return nil
	}
	return c
}

var texts = map[Code]string{
	1:  "evidence: empty log",
	2:  "evidence: unknown log version",
	3:  "evidence: log over 4096 bytes",
	4:  "evidence: more than 512 signals",
	5:  "evidence: signal kind out of range",
	6:  "evidence: last signal cut off",
	7:  "evidence: time over 24 hours or not in its shortest form",
	21: "model: not a compiled model of this format",
	22: "model: length and counts disagree, or a count is too high",
	23: "model: checksum is wrong",
	24: "model: thresholds out of order or range",
	25: "model: rule, criterion or gate out of range",
	26: "model: words or size bounds out of order or range",
	41: "score: no model loaded",
	42: "score: too many visits, or not in order of their start",
	43: "score: malformed case",
	44: "score: instant outside 1970 to 2106",
	45: "score: nothing to go on from, or an earlier instant: score the whole case",
}
