package main

import (
	"path/filepath"
	"strings"
	"testing"

	"assay/server/internal/mongotest"
)

func TestCommandsWorkOnMongoDB(t *testing.T) {
	stand := mongotest.Start(t)
	on := func(keys string) []string { return []string{"-mongodb-uri=" + stand.URI("assay"), "-keys=" + keys} }
	keys := filepath.Join(t.TempDir(), "keys.json")
	assay := func(want int, words string, args ...string) string {
		t.Helper()
		return commandLine(t, want, append(append(strings.Fields(words), on(keys)...), args...)...)
	}
	assay(fine, "site add -name Northbeck -key northbeck -origin https://www.northbeck.test")
	if secret := assay(fine, "token add -site northbeck -name crm -role rep"); !strings.HasPrefix(secret, "assay_") {
		t.Errorf("the token is %q", secret)
	}
	file := write(t, "contacts.csv", contacts)
	for _, want := range []string{"2 created, 0 updated, 0 known already, 1 failed", "0 created, 0 updated, 2 known already, 1 failed"} {
		if text := assay(failure, "import -site northbeck", file); !strings.Contains(text, want) {
			t.Errorf("an import says %q, want %q", text, want)
		}
	}
	assay(fine, "erase -site northbeck -yes", "ada@works.test")
	if text := assay(fine, "export -site northbeck -to -"); strings.Contains(text, "ada@") || !strings.Contains(text, "bo@lind.test") {
		t.Errorf("after the erasure there are %q", text)
	}
	if text := commandLine(t, failure, append([]string{"site", "add", "-name=X", "-origin=https://x.test"}, on(filepath.Join(t.TempDir(), "other.json"))...)...); !strings.Contains(text, "key") {
		t.Errorf("with other keys it says %q", text)
	}
}
