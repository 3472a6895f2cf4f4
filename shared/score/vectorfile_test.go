package score

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
)

// vectorFile is testdata/vectors.json: what people write (name, why, model,
// given, then, leaves) and what `make vectors` adds (expect, case, result). All
// engines run it.
type vectorFile struct {
	About   string            `json:"about"`
	Models  map[string]string `json:"models"` // base64 of NAME.model beside the file
	Vectors []vector          `json:"vectors"`
}

type vector struct {
	Name   string  `json:"name"`
	Why    string  `json:"why"`
	Model  string  `json:"model"`
	Given  given   `json:"given"`
	Then   []next  `json:"then,omitempty"` // signals counted one by one after the case
	Leaves *leaves `json:"leaves,omitempty"`
	Expect expect  `json:"expect"`
	Case   string  `json:"case"`   // base64
	Result string  `json:"result"` // hex
}

type given struct {
	Now     int64             `json:"now"`
	Said    int64             `json:"said,omitempty"`
	Forms   []string          `json:"forms,omitempty"`
	Profile map[string]string `json:"profile,omitempty"`
	Facts   map[string]uint8  `json:"facts,omitempty"` // answers as codes
	Rep     map[string]string `json:"rep,omitempty"`   // criterion → state
	Visits  []struct {
		Start   int64 `json:"start"`
		Signals []struct {
			Kind   string `json:"kind"`
			Millis uint32 `json:"ms"`
			Times  int    `json:"times,omitempty"` // so many in a row
		} `json:"signals"`
	} `json:"visits,omitempty"`
}

// next is one more signal of the last visit, and the score at its instant.
type next struct {
	Kind   string `json:"kind"`
	Code   uint8  `json:"code"`
	Millis uint32 `json:"ms"`
	Grade  string `json:"grade"`
	Result string `json:"result"`
}

// leaves is when engagement leaves a range by time alone; 0: never.
type leaves struct {
	Low  uint8 `json:"low"`
	High uint8 `json:"high"`
	At   int64 `json:"at"`
}

type expect struct {
	Grade      string            `json:"grade"`
	Band       string            `json:"band"`
	Over       bool              `json:"over_thresholds"`
	Engagement uint8             `json:"engagement"`
	Fit        uint8             `json:"fit"`
	Known      uint8             `json:"known_percent"`
	Intent     uint8             `json:"intent"`
	Gates      uint8             `json:"gates"`
	Criteria   map[string]string `json:"criteria"`
	Rows       []string          `json:"rows"`
}

var criterionNames = [model.Criteria]string{"need", "budget", "authority", "timing", "interest"}
var stateNames = []string{"unknown", "met", "partly", "unmet"}

func (g *given) input(t *testing.T) *Input {
	in := &Input{Now: g.Now, Said: g.Said}
	for _, name := range g.Forms {
		k, ok := profile.FormKindOf(name)
		if !ok {
			t.Fatalf("no form kind %q", name)
		}
		in.Forms = in.Forms.With(k)
	}
	for name, text := range g.Profile {
		f, ok := profile.FieldOf(name)
		if !ok {
			t.Fatalf("no field %q", name)
		}
		in.Profile[f] = []byte(text)
	}
	for name, code := range g.Facts {
		f, ok := profile.FactOf(name)
		if !ok {
			t.Fatalf("no fact %q", name)
		}
		in.Facts[f] = profile.Code(code)
	}
	for i, name := range criterionNames {
		for state, word := range stateNames {
			if g.Rep[name] == word {
				in.Rep[i] = State(state)
			}
		}
	}
	for _, v := range g.Visits {
		var log evidence.Log
		for _, s := range v.Signals {
			for range max(s.Times, 1) {
				if err := log.Append(evidence.KindOf(s.Kind), s.Millis); err != nil {
					t.Fatalf("%s at %d: %v", s.Kind, s.Millis, err)
				}
			}
		}
		in.Visits = append(in.Visits, evidence.Visit{Start: v.Start, Log: bytes.Clone(log.Bytes())})
	}
	return in
}

// read puts a result into words. The bytes beside them are what binds.
func read(r *Result) expect {
	x := expect{Grade: r.Grade(), Band: r.Band.String(), Over: r.Over, Engagement: r.Engagement, Fit: r.Fit, Known: r.Known,
		Intent: uint8(r.Intent), Gates: uint8(r.Gates), Criteria: map[string]string{}, Rows: []string{}}
	for i, c := range r.Criteria {
		text := stateNames[c.State]
		if c.Source != NoSource {
			text += []string{"", ", said", ", inferred", ", told to a rep"}[c.Source]
		}
		if c.Field != NoField {
			text += ": " + c.Field.String()
		}
		x.Criteria[criterionNames[i]] = text
	}
	for _, row := range r.Ledger() {
		x.Rows = append(x.Rows, describe(row))
	}
	return x
}

func describe(row Row) string {
	dimension := "engagement"
	if row.Flags&RowFit != 0 {
		dimension = "fit"
	}
	what := fmt.Sprintf("signal rule %d, %d times", row.Rule, row.Count)
	switch {
	case row.Rule == RuleLimit:
		what = "limit of 0 to 100"
	case row.Rule >= RuleGroup:
		what = fmt.Sprintf("cap of group %d", row.Rule-RuleGroup)
	case row.Rule >= RuleFact:
		what = fmt.Sprintf("fact rule %d, answer %d", row.Rule-RuleFact, row.Count)
	}
	for _, f := range []struct {
		flag RowFlags
		word string
	}{{RowSessionCap, "visit's cap"}, {RowDayCap, "day's cap"}, {RowTotalCap, "total cap"}, {RowAged, "aged"}} {
		if row.Flags&f.flag != 0 && row.Rule < RuleGroup {
			what += ", " + f.word
		}
	}
	return strings.TrimSpace(fmt.Sprintf("%s %+d: %s", dimension, row.Points, what))
}
