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
)

var update = flag.Bool("update", false, "write the vectors' encoded cases and results")

// vectorModels are the models of the vectors, compiled by package modeling.
var vectorModels = []string{"starter", "kinds"}

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
	fresh := vectorFile{About: file.About, Models: map[string]string{}}
	engines := map[string]*Engine{}
	for _, name := range vectorModels {
		b, err := os.ReadFile("testdata/" + name + ".model")
		if err != nil {
			t.Fatal(err)
		}
		fresh.Models[name] = base64.StdEncoding.EncodeToString(b)
		engines[name] = new(Engine)
		if err := engines[name].Load(b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for _, v := range file.Vectors {
		t.Run(v.Name, func(t *testing.T) {
			e := engines[v.Model]
			if e == nil {
				t.Fatalf("no model %q", v.Model)
			}
			v.run(t, e)
		})
		fresh.Vectors = append(fresh.Vectors, v)
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

// run fills in what an engine makes of a vector.
func (v *vector) run(t *testing.T, e *Engine) {
	in := v.Given.input(t)
	if v.Leaves != nil {
		at, ok, err := e.Leaves(in, v.Leaves.Low, v.Leaves.High, LastInstant)
		if err != nil {
			t.Fatal(err)
		}
		if v.Leaves.At = at; !ok {
			v.Leaves.At = 0
		}
	}
	r := mustScore(t, e, in)
	encoded := AppendCase(nil, in)
	v.Case = base64.StdEncoding.EncodeToString(encoded)
	var c Case
	var again Result
	if e.Rate(&c, encoded, &again) != 0 || again != *r {
		t.Error("the encoded case scores differently")
	}
	v.Result = encode(r)
	v.Expect = read(r)
	for i := range v.Then {
		v.Then[i].run(t, e)
	}
}

func (n *next) run(t *testing.T, e *Engine) {
	var r Result
	n.Code = uint8(evidence.KindOf(n.Kind))
	if c := e.More(evidence.Kind(n.Code), n.Millis, &r); c != 0 {
		t.Fatalf("%s at %d: %v", n.Kind, n.Millis, c)
	}
	n.Grade, n.Result = r.Grade(), encode(&r)
}

func encode(r *Result) string {
	b := make([]byte, MaxResultBytes)
	return hex.EncodeToString(b[:r.Put(b)])
}
