package modeling

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"assay/shared/score"
)

func TestStarterModelCompiles(t *testing.T) {
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("version %s, %d bytes, %d labels", c.Version, len(c.Bytes), len(c.Labels))
	var e score.Engine
	if err := e.Load(c.Bytes); err != nil {
		t.Fatal(err)
	}
	if again, _ := Compile(StarterSource); again.Version != c.Version {
		t.Errorf("one source has versions %s and %s", c.Version, again.Version)
	}
	for rule, label := range c.Labels {
		if label == "" {
			t.Errorf("rule %d has no label", rule)
		}
	}
	for i, q := range c.Questions {
		if q == "" {
			t.Errorf("criterion %d has no question", i)
		}
	}
}

func TestFaultsNamePathAndExpectation(t *testing.T) {
	for _, c := range []struct{ replace, by, path string }{
		{`"pricing_viewed"`, `"price_seen"`, "/engagement/5/signals/0"},
		{`"is": ["soon"]`, `"is": ["sooner"]`, "/engagement/16/is"},
		{`"field": "industry"`, `"field": "trade"`, "/fit/0/field"},
		{`"hot": ["A1"`, `"hot": ["E1"`, "/grid/hot"},
		{`"gate": "competitor"`, `"gate": "rival"`, "/gates/0/gate"},
		{`"criterion": "need"`, `"criterion": "want"`, "/criteria/0/criterion"},
		{`"label": "Target industry"`, `"label": ""`, "/fit/0/label"},
		{`"half_life": "7d"}`, `"half_life": "weekly"}`, "weekly"},
		{`"points": 50`, `"points": 0.0001`, "points"},
		{`"words": ["planned"]`, `"words": ["planned", "yes"]`, `budget "yes"`},
		{`"name": "Starter"`, `"name": "Starter", "colour": 1`, "colour"},
	} {
		broken := strings.Replace(string(StarterSource), c.replace, c.by, 1)
		if broken == string(StarterSource) {
			t.Fatalf("%s does not stand in the starter model", c.replace)
		}
		if _, err := Compile([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: got %v, want a fault at %s", c.by, err, c.path)
		}
	}
}

var update = flag.Bool("update", false, "write the compiled starter model that the engine's vectors use")

// The engine's vectors run under the starter model; shared/ cannot compile it.
func TestVectorsUseThePresentStarterModel(t *testing.T) {
	const path = "../../../shared/score/testdata/starter.model"
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, c.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(kept, c.Bytes) {
		t.Fatalf("the starter model changed: run make vectors and read the difference (%v)", err)
	}
}
