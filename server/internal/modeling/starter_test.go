package modeling

import (
	"bytes"
	"flag"
	"os"
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
