package score

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"assay/shared/evidence"
	"assay/shared/profile"
)

var update = flag.Bool("update", false, "write the vectors' encoded cases and results")

// vectorFile is testdata/vectors.json: what people write (name, why, given) and
// what `make vectors` adds (case, result, expect). All three engines run it.
type vectorFile struct {
	About   string   `json:"about"`
	Model   string   `json:"model"` // base64 of starter.model
	Vectors []vector `json:"vectors"`
}

type vector struct {
	Name   string `json:"name"`
	Why    string `json:"why"`
	Given  given  `json:"given"`
	Expect expect `json:"expect"`
	Case   string `json:"case"`   // base64
	Result string `json:"result"` // hex
}

type given struct {
	Now     int64             `json:"now"`
	Said    int64             `json:"said,omitempty"`
	Forms   []string          `json:"forms,omitempty"`
	Profile map[string]string `json:"profile,omitempty"`
	Visits  []struct {
		Start   int64 `json:"start"`
		Signals []struct {
			Kind   string `json:"kind"`
			Millis uint32 `json:"ms"`
			Times  int    `json:"times,omitempty"` // so many in a row
		} `json:"signals"`
	} `json:"visits,omitempty"`
}

type expect struct {
	Grade      string `json:"grade"`
	Band       string `json:"band"`
	Engagement uint8  `json:"engagement"`
	Fit        uint8  `json:"fit"`
	Known      uint8  `json:"known_percent"`
	Intent     uint8  `json:"intent"`
	Gates      uint8  `json:"gates"`
	Criteria   [5]int `json:"criteria"`
	Rows       []Row  `json:"rows"`
}

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

func read(r *Result) expect {
	x := expect{Grade: r.Grade(), Band: r.Band.String(), Engagement: r.Engagement, Fit: r.Fit, Known: r.Known,
		Intent: uint8(r.Intent), Gates: uint8(r.Gates), Rows: r.Ledger()}
	for i, s := range r.Criteria {
		x.Criteria[i] = int(s.State)
	}
	return x
}

func TestVectors(t *testing.T) {
	const path = "testdata/vectors.json"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file vectorFile
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	model, err := os.ReadFile("testdata/starter.model")
	if err != nil {
		t.Fatal(err)
	}
	e := starter(t)
	fresh := vectorFile{About: file.About, Model: base64.StdEncoding.EncodeToString(model)}
	for _, v := range file.Vectors {
		t.Run(v.Name, func(t *testing.T) {
			in := v.Given.input(t)
			r := mustScore(t, e, in)
			encoded := AppendCase(nil, in)
			var c Case
			var again Result
			if err := c.Decode(encoded); err != nil {
				t.Fatal(err)
			}
			if err := e.Score(&c.Input, &again); err != nil {
				t.Fatal(err)
			}
			if again != *r {
				t.Error("the encoded case scores differently")
			}
			out := make([]byte, MaxResultBytes)
			v.Case = base64.StdEncoding.EncodeToString(encoded)
			v.Result = hex.EncodeToString(out[:r.Put(out)])
			v.Expect = read(r)
			fresh.Vectors = append(fresh.Vectors, v)
		})
	}
	want, err := json.MarshalIndent(fresh, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(raw, want) {
		t.Error("results differ from the file: if the change is meant, run make vectors and read its difference")
	}
}
