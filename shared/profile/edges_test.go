package profile

import (
	"strings"
	"testing"
)

func TestReadAtItsEdges(t *testing.T) {
	words := lexicon(map[Field]map[string]Code{
		Email:       {"gmail.com": 2},
		Role:        {"dir*": 5, "direct*": 3, "*ist": 4, "*ei": 6, "zoo": 7, "*leiter": 8, "lodz": 9},
		Industry:    {"machine building": 2, "building": 3},
		CompanySize: {"51 to 200": 7},
	})
	ranges := append(bounds(Industry, 10), bounds(CompanySize, 1, 11, 51, 201, 501)...)
	for _, c := range []struct {
		why, text string
		field     Field
		want      Code
	}{
		{"the highest beginning counts, not the longest", "Director", Role, 5},
		{"three letters are an ending", "Chemist", Role, 4},
		{"two letters are none", "Malerei", Role, Other},
		{"a word's ending counts up to its 40th letter", strings.Repeat("x", 34) + "leiter", Role, 8},
		{"and not beyond it", strings.Repeat("x", 35) + "leiter", Role, Other},
		{"capital letters to the last", "ZOO", Role, 7},
		{"letters from U+0140 on", "Łódź", Role, 9},
		{"a sign between letters parts words", "zoo×keeper", Role, 7},
		{"a whole word is no beginning", "zookeeper", Role, Other},
		{"a whole text goes before its words", "Machine Building", Industry, 2},
		{"a number goes before words", "5 building sites", Industry, Other},
		{"a text counts up to its longest", strings.Repeat(".", MaxText-3) + "zoo", Role, 7},
		{"and not beyond it", strings.Repeat(".", MaxText-2) + "zoo", Role, Other},
		{"words go before ranges", "51 to 200", CompanySize, 7},
		{"an apostrophe belongs to a number", "1'000", CompanySize, 6},
		{"and a space", "1 000", CompanySize, 6},
		{"before three digits, not two", "1,00", CompanySize, 2},
		{"and not four", "1,0000", CompanySize, 2},
		{"a number of more than 32 bits is a great one", "4294967301", CompanySize, 6},
		{"the domain stands behind the last @", "a@b@gmail.com", Email, 2},
		{"a domain begins with a letter", "a@.test", Email, Unknown},
	} {
		if got := Read(c.field, []byte(c.text), words, ranges); got != c.want {
			t.Errorf("%s: %v %.60q is %d, want %d", c.why, c.field, c.text, got, c.want)
		}
	}
}
