package main

import (
	"os/exec"
	"strings"
	"testing"
)

// allowed says which of the project's packages each package may import. A "/…"
// stands for everything below. What is not listed may import nothing of ours.
var allowed = map[string]struct {
	imports string
	why     string
}{
	"shared/evidence":             {"shared/fault", "the record depends on nothing"},
	"shared/fault":                {"", "one error type for all of shared/"},
	"shared/profile":              {"", "reading a form depends on nothing"},
	"shared/model":                {"shared/evidence shared/fault shared/profile", "the model names signals and fields"},
	"shared/score":                {"shared/evidence shared/fault shared/model shared/profile", "the engine reads all of them"},
	"shared/lifecycle":            {"shared/model shared/profile shared/score", "stages follow from scores"},
	"wasm":                        {"shared/…", "the browser's engine is shared/ and nothing else"},
	"web":                         {"", "the pages' files know no server"},
	"server/internal/lead":        {"shared/…", "the aggregate knows neither transport nor store"},
	"server/internal/modeling":    {"shared/… server/internal/lead", "a compiled model brings its rater"},
	"server/internal/intake":      {"shared/… server/internal/lead server/internal/modeling", "use cases know no transport and no store"},
	"server/internal/desk":        {"shared/… server/internal/lead server/internal/modeling", "use cases know no transport and no store"},
	"server/internal/transfer":    {"shared/… server/internal/lead server/internal/intake server/internal/desk", "use cases know no transport and no store"},
	"server/internal/alert":       {"shared/… server/internal/lead server/internal/auth", "who hears what is said by people's filters; use cases know no transport and no store"},
	"server/internal/auth":        {"shared/evidence shared/profile", "who somebody is depends on nothing else; a site's settings name signals and kinds of forms"},
	"server/internal/maildomain":  {"", "the long lists know no score: no point ever depends on them"},
	"server/internal/config":      {"", "reading settings depends on nothing that runs with them"},
	"server/internal/catalog":     {"server/internal/auth server/internal/intake server/internal/lead server/internal/modeling", "sites as served, as intake wants them"},
	"server/internal/install":     {"server/internal/auth", "a customer's page is checked against a site's settings; use cases know no transport and no store"},
	"server/internal/httpapi":     {"shared/… server/internal/lead server/internal/intake server/internal/desk server/internal/install server/internal/transfer server/internal/alert server/internal/auth server/internal/catalog", "transport never imports a store"},
	"server/internal/wsapi":       {"shared/… server/internal/lead server/internal/intake server/internal/desk server/internal/alert server/internal/auth", "transport never imports a store"},
	"server/internal/sqlitestore": {"server/internal/lead server/internal/intake server/internal/desk server/internal/alert server/internal/auth", "a store never imports transport"},
	"server/internal/mongostore":  {"server/internal/lead server/internal/intake server/internal/desk server/internal/alert server/internal/auth", "a store never imports transport"},
	"server/internal/mongotest":   {"", "a stand-in for MongoDB knows nothing of who talks to it"},
	"server/internal/metrics":     {"", "what is counted is read through functions: metrics know no package that counts"},
	"server/internal/shoppers":    {"shared/evidence", "real behaviour becomes evidence; its tests score it"},
	"server/internal/sqlitetest":  {"server/internal/sqlitestore", "tests get a store, and no more"},
	"server/internal/storetest":   {"shared/… server/internal/lead server/internal/modeling server/internal/intake server/internal/desk server/internal/alert server/internal/auth", "the suite knows interfaces, not stores; merges are scored by a real model"},
	"server/internal/demo":        {"shared/… server/internal/lead server/internal/modeling server/internal/intake server/internal/desk server/internal/auth", "the demo goes through the front door"},
	"server/internal/app":         {"server/internal/… shared/… web", "the only wiring"},
	"server/internal/apptest":     {"server/internal/app server/internal/config server/internal/sqlitetest", "tests start the whole server"},
	"server/bench":                {"server/internal/… shared/…", "a developer's program measures whatever there is; nothing links it"},
	"server/faults":               {"server/internal/… shared/…", "a developer's program breaks whatever there is; nothing links it"},
	"server":                      {"server/internal/app server/internal/config server/internal/modeling server/internal/install server/internal/sqlitestore server/internal/transfer server/internal/intake server/internal/desk server/internal/lead server/internal/auth server/internal/catalog", "main parses, runs and returns a code; a model is linted, a page checked, a store copied, and leads moved, without a server"},
}

func TestImportsGoInTheAllowedDirection(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "assay/...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		from := strings.TrimPrefix(names[0], "assay/")
		seen[from] = true
		rule, ok := allowed[from]
		if !ok {
			t.Errorf("package %s has no rule here: say what it may import, and why", from)
			continue
		}
		for _, name := range names[1:] {
			if to, ours := strings.CutPrefix(name, "assay/"); ours && !permits(rule.imports, to) {
				t.Errorf("%s imports %s, but %s", from, to, rule.why)
			}
		}
	}
	for name := range allowed {
		if !seen[name] {
			t.Errorf("there is no package %s any more: delete its rule", name)
		}
	}
}

func permits(rule, name string) bool {
	for _, r := range strings.Fields(rule) {
		if below, ok := strings.CutSuffix(r, "…"); r == name || ok && strings.HasPrefix(name, below) {
			return true
		}
	}
	return false
}

// What the browser runs is kept free of everything that needs a runtime, a
// clock, reflection or a table of Unicode.
func TestEngineStaysFreeOfTheStandardLibrary(t *testing.T) {
	fine := map[string]bool{"math/bits": true, "unsafe": true}
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "assay/shared/...", "assay/wasm").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		names := strings.Fields(line)
		for _, name := range names[1:] {
			if !strings.HasPrefix(name, "assay/") && !fine[name] {
				t.Errorf("%s imports %s: it would reach the visitor's browser", names[0], name)
			}
		}
	}
}
