package transfer

import (
	"strings"
	"unicode/utf8"
)

// Spreadsheets run a cell that begins like a formula, whoever wrote it. A cell
// that would gets an apostrophe in front, which they take for "this is text". So
// does a formula within a cell, behind what another program may take for the end
// of a cell: where lists are written with semicolons, spreadsheets part a file of
// commas there, and no longer know its quotes. And so does one that would begin
// so by losing its apostrophes: guard and unguard are each other's inverse,
// whatever the text.

const (
	// formulas are the letters that a formula may begin with, in their wide form too.
	formulas = "=+-@＝＋－＠"
	// skipped are those that some spreadsheets pass over before a formula.
	skipped = "\t\r\n"
	// ends are those behind which another cell, or its text, may begin.
	ends = ";\"" + skipped
)

// guard makes a text safe as a spreadsheet's cell.
func guard(s string) string {
	return eachStart(s, func(marks string) string { return marks + "'" })
}

// unguard gives the text that guard was given. A text that was never guarded and
// has an apostrophe before a formula loses it, as in a spreadsheet.
func unguard(s string) string {
	return eachStart(s, func(marks string) string { return strings.TrimPrefix(marks, "'") })
}

// eachStart changes the apostrophes, if any, that stand before each formula at
// the start of a cell.
func eachStart(s string, change func(marks string) string) string {
	var b strings.Builder
	for rest, first := s, true; ; first = false {
		text := strings.TrimLeft(rest, "'")
		marks := rest[:len(rest)-len(text)]
		if begins(text, formulas) || first && begins(text, skipped) {
			marks = change(marks)
		}
		b.WriteString(marks)
		end := strings.IndexAny(text, ends)
		if end < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:end+1])
		rest = text[end+1:]
	}
}

// begins reports whether a text begins with one of some letters.
func begins(text, letters string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune(letters, c)
}
