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

func TestTargetCountriesAreReadAsTheirPeopleWriteThem(t *testing.T) {
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split("US, United States, uk, Ireland, Canada, Deutschland, Österreich, Schweiz, France, España, Netherlands, Belgium", ", ") {
		if rows := rate(t, c, map[string]string{"country": name}); rows["Target country"] != 5 {
			t.Errorf("%s earns %v", name, rows)
		}
	}
	if rows := rate(t, c, map[string]string{"country": "Brazil"}); len(rows) != 0 {
		t.Errorf("Brazil earns %v", rows)
	}
}

var update = flag.Bool("update", false, "write the compiled models that the engine's vectors use")

// The engine's vectors run under two models, the starter and one with a rule of
// each kind; shared/ cannot compile them.
func TestVectorsUseThePresentModels(t *testing.T) {
	const folder = "../../../shared/score/testdata/"
	kinds, err := os.ReadFile(folder + "kinds.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, source := range map[string][]byte{"starter": StarterSource, "kinds": kinds} {
		c, err := Compile(source)
		if err != nil {
			t.Fatal(err)
		}
		path := folder + name + ".model"
		if *update {
			if err := os.WriteFile(path, c.Bytes, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, c.Bytes) {
			t.Errorf("the %s model changed: run make vectors and read the difference (%v)", name, err)
		}
	}
}
