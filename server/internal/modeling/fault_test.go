package modeling

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"assay/shared/profile"
)

// whole uses every member of the format.
//
//go:embed testdata/whole.json
var whole []byte

// wrong is one change to the whole model that makes it none, and what is said.
type wrong struct {
	Name    string  `json:"name"`
	Replace string  `json:"replace"`
	By      string  `json:"by"`
	Faults  []Fault `json:"faults"`
}

func TestEveryFaultIsToldWithItsPath(t *testing.T) {
	const path = "testdata/wrong.json"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var corpus []wrong
	if err := json.Unmarshal(text, &corpus); err != nil {
		t.Fatal(err)
	}
	for i, w := range corpus {
		if n := strings.Count(string(whole), w.Replace); n == 0 {
			t.Errorf("%s: %s does not stand in the whole model", w.Name, w.Replace)
			continue
		}
		_, err := Compile([]byte(strings.Replace(string(whole), w.Replace, w.By, 1)))
		faults, ok := FaultsOf(err)
		if !ok {
			t.Errorf("%s: got %v, want faults", w.Name, err)
		}
		if *update {
			corpus[i].Faults = faults
		} else if !slices.Equal(faults, w.Faults) {
			t.Errorf("%s: got %v, want %v", w.Name, err, Faults(w.Faults))
		}
	}
	if *update {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(corpus); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNumbersMayEndInZeros(t *testing.T) {
	for texts, want := range map[[2]string]string{
		{`"points": 7.5,`, `"points": 7.5000,`}:              "",
		{`"points": 20, "group"`, `"points": 20.0, "group"`}: "",
		{`"cap": 25`, `"cap": 25.00`}:                        "",
		{`"from": 50000`, `"from": 50000.0`}:                 "",
		{`"C": 25`, `"C": -0.0`}:                             "version",
		{`"cap": 25`, `"cap": 25.5`}:                         "type",
		{`"points": 7.5,`, `"points": 7.5001,`}:              "multipleOf",
	} {
		c, err := Compile(changed(t, texts[0], texts[1]))
		faults, _ := FaultsOf(err)
		switch same := mustCompile(t, whole).Version; {
		case err == nil:
			if changes := c.Version != same; changes != (want == "version") {
				t.Errorf("%s: the version changes: %v", texts[1], changes)
			}
		case len(faults) != 1 || faults[0].Rule != want:
			t.Errorf("%s: %v", texts[1], err)
		}
	}
}

func mustCompile(t *testing.T, source []byte) *Compiled {
	t.Helper()
	c, err := Compile(source)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Two words of different fields with one hash are found by trying: a hash has
// 24 bits.
func TestWordsThatTheEngineCannotTellApartAreNamedAtBothPlaces(t *testing.T) {
	for _, other := range []struct {
		field          profile.Field
		path, old, new string
	}{
		{profile.Timing, "/words/timing/0/words/0", `"this month"`, `"%s"`},
		{profile.Country, "/territories/2/countries/0", `"xx"`, `"%s"`},
		{profile.Email, "/mail/free/0", `"gmail.com"`, `"%s"`},
	} {
		of := map[uint32]string{}
		for i := range 20000 {
			word := fmt.Sprint("w", i)
			of[profile.Hash(profile.Budget, []byte(word), profile.Whole)] = word
		}
		first, second := "", ""
		for i := 0; first == ""; i++ {
			second = fmt.Sprint("v", i)
			first = of[profile.Hash(other.field, []byte(second), profile.Whole)]
		}
		_, err := Compile(changed(t, `["none"]`, `["`+first+`"]`, other.old, fmt.Sprintf(other.new, second)))
		faults, _ := FaultsOf(err)
		var got []string
		for _, f := range faults {
			got = append(got, f.Path+" "+f.Rule)
		}
		want := []string{"/words/budget/0/words/0 same_hash", other.path + " same_hash"}
		slices.SortFunc(want, comparePaths)
		if !slices.Equal(got, want) {
			t.Errorf("%s %q and budget %q: %v", other.field, second, first, err)
		}
	}
}

func TestLongDocumentsAreRefusedUnread(t *testing.T) {
	long := append(bytes.Clone(whole), bytes.Repeat([]byte(" "), MaxSource)...)
	_, err := Compile(long)
	if faults, ok := FaultsOf(err); !ok || len(faults) != 1 || faults[0].Rule != "too_long" {
		t.Errorf("got %v", err)
	}
}

func TestAModelListsAtMost150MailDomains(t *testing.T) {
	domains := make([]string, MaxMailDomains)
	for i := range domains {
		domains[i] = `"` + strings.Repeat("a", i%90+1) + strings.Repeat("b", i/90) + `.test"`
	}
	with := func(list []string) error {
		_, err := Compile(bytes.Replace(whole, []byte(`"free": ["gmail.com"]`), []byte(`"free": [`+strings.Join(list, ",")+`]`), 1))
		return err
	}
	if err := with(domains[:MaxMailDomains-6]); err != nil { // six more stand in other classes
		t.Errorf("150 domains: %v", err)
	}
	faults, _ := FaultsOf(with(domains))
	if len(faults) != 1 || faults[0].Path != "/mail" || faults[0].Rule != "too_many" {
		t.Errorf("156 domains: %v", faults)
	}
}

// FuzzCompile holds every document to one rule: it is refused with faults that
// each say where, which rule and what was wanted, or it compiles to a model
// with a label for every rule.
func FuzzCompile(f *testing.F) {
	f.Add(whole)
	f.Add([]byte(`{"name": 1e999999999, "grid": [[[[]]]]}`))
	f.Add(bytes.Repeat([]byte("["), 4000))
	f.Add([]byte(`{"a": "\ud800", "a/b~c": null}`))
	f.Fuzz(func(t *testing.T, source []byte) {
		c, err := Compile(source)
		if err != nil {
			faults, ok := FaultsOf(err)
			if !ok || len(faults) == 0 {
				t.Fatalf("refused without faults: %v", err)
			}
			for _, fault := range faults {
				if fault.Rule == "" || fault.Expected == "" || fault.Rule == "layout" {
					t.Fatalf("a fault that helps nobody: %+v", fault)
				}
			}
			return
		}
		for rule, label := range c.Labels {
			if label == "" {
				t.Fatalf("rule %d has no label", rule)
			}
		}
	})
}
