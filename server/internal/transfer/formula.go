package transfer

import "strings"

// Spreadsheets run a cell that begins like a formula, whoever wrote it. A cell
// that would gets an apostrophe in front, which they take for "this is text", and
// so does one that would get so by losing its apostrophes: guard and unguard are
// each other's inverse, whatever the text.

// formulas are the letters that a formula may begin with, in their wide form too.
const formulas = "=+-@\t\r\n＝＋－＠"

func risky(s string) bool {
	for _, c := range strings.TrimLeft(s, "'") {
		return strings.ContainsRune(formulas, c)
	}
	return false
}

// guard makes a text safe as a spreadsheet's cell.
func guard(s string) string {
	if risky(s) {
		return "'" + s
	}
	return s
}

// unguard gives the text that guard was given. A text that was never guarded and
// begins with an apostrophe before a formula loses it, as in a spreadsheet.
func unguard(s string) string {
	if strings.HasPrefix(s, "'") && risky(s) {
		return s[1:]
	}
	return s
}
