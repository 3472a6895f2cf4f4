package shoppers

import (
	"strings"
	"testing"
)

func TestReadSaysWhatIsWrongAndWhere(t *testing.T) {
	const good = "1,2.5,0,0,3,4,0,0,0,0,Nov,1,1,1,1,New_Visitor,FALSE,0\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty file":        {"", "no header"},
		"column missing":    {strings.ReplaceAll(header, "PageValues", "Values") + good, "row 1: PageValues: want this column"},
		"cell missing":      {header + "1,2,3\n", "wrong number of fields"},
		"half a page":       {header + good + strings.Replace(good, "1,", "1.5,", 1), `row 2: Administrative: "1.5"`},
		"negative duration": {header + strings.Replace(good, "2.5", "-2.5", 1), `row 1: Administrative_Duration: "-2.5"`},
		"exponent":          {header + strings.Replace(good, "2.5", "2.5555E3", 1), `row 1: Administrative_Duration: "2.5555E3"`},
		"endless duration":  {header + strings.Replace(good, "2.5", "99999999999", 1), `row 1: Administrative_Duration: "99999999999"`},
		"no number":         {header + strings.Replace(good, "2.5", "", 1), `row 1: Administrative_Duration: ""`},
		"unknown visitor":   {header + strings.Replace(good, "New_Visitor", "Guest", 1), `row 1: VisitorType: "Guest": want Returning_Visitor or`},
		"unknown outcome":   {header + strings.Replace(good, "FALSE,0", "FALSE,maybe", 1), `row 1: Revenue: "maybe": want 1 or TRUE or 0 or FALSE`},
	} {
		sessions, err := Read(strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, %v; want an error with %q", name, sessions, err, c.want)
		}
	}
	if sessions, err := Read(strings.NewReader(header + strings.Replace(good, "FALSE,0", "FALSE,TRUE", 1))); err != nil || !sessions[0].Bought {
		t.Errorf("an outcome in letters: %v, %v", sessions, err)
	}
	if sessions, err := Read(strings.NewReader(header + good)); err != nil || len(sessions) != 1 || sessions[0].AllMillis() != 6500 {
		t.Errorf("a sound row: %v, %v", sessions, err)
	}
}
