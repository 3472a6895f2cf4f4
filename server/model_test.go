package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"assay/server/internal/modeling"
)

// assay runs a command line in this process.
func assay(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, func(string) string { return "" }, &o, &e)
	return code, o.String(), e.String()
}

func fileWith(t *testing.T, text []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "model.json")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestLintOfASoundModelSaysWhatItCanDo(t *testing.T) {
	code, out, errs := assay(t, "model", "lint", fileWith(t, modeling.StarterSource))
	if code != fine || errs != "" {
		t.Fatalf("exit %d, %s", code, errs)
	}
	for _, want := range []string{`model "Starter"`, "every rule can count", "one visit", " points", "fit ", "of 1000 bytes brotli", "words ", "mail domains", "would add most", "\nNext: "} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
	if trailing := regexp.MustCompile(`(?m) +$`).FindString(out); trailing != "" {
		t.Errorf("lines end in blanks:\n%s", out)
	}
}

func TestLintOfABrokenModelSaysWhereAndFails(t *testing.T) {
	broken := bytes.Replace(modeling.StarterSource, []byte(`"pricing_viewed"`), []byte(`"price_seen"`), 1)
	line := 1 + bytes.Count(broken[:bytes.Index(broken, []byte("price_seen"))], []byte("\n"))
	code, out, _ := assay(t, "model", "lint", fileWith(t, broken))
	if code != failure || !regexp.MustCompile(`line \d+ +/engagement/5/signals/0 +enum`).MatchString(out) {
		t.Errorf("exit %d:\n%s", code, out)
	}
	code, out, _ = assay(t, "model", "lint", "-json", fileWith(t, broken))
	var r modeling.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != failure || len(r.Faults) != 1 {
		t.Errorf("exit %d, %v:\n%s", code, err, out)
	}
	if got := modeling.Lines(broken)(r.Faults[0].Path); got != line {
		t.Errorf("the fault is on line %d, want %d", got, line)
	}
}

func TestModelCommandsTellWrongUsageFromFailure(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		out  string
		errs string
	}{
		{"model", misuse, "", "Usage: assay model"},
		{"model -h", fine, "lint FILE", ""},
		{"model train", misuse, "", `no command "train"`},
		{"model schema", fine, `"$schema": "https://json-schema.org/draft/2020-12/schema"`, ""},
		{"model schema -h", fine, "$schema member", ""},
		{"model schema x", misuse, "", "no arguments"},
		{"model lint", misuse, "", "want one file"},
		{"model lint a b", misuse, "", "want one file"},
		{"model lint -nope x", misuse, "", "-nope"},
		{"model lint -h", fine, "Exit codes", ""},
		{"model lint no/such/file.json", failure, "", "no such file"},
	} {
		code, out, errs := assay(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(errs, c.errs) || (c.out == "") != (out == "") || (c.errs == "") != (errs == "") {
			t.Errorf("assay %s: exit %d, %q, %q", c.args, code, out, errs)
		}
	}
}
