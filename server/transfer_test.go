package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"
)

// say puts a text where commands read standard input.
func say(t *testing.T, text string) {
	t.Helper()
	before := stdin
	stdin = strings.NewReader(text)
	t.Cleanup(func() { stdin = before })
}

// northbeck makes a store with one site and gives its folder as a flag.
func northbeck(t *testing.T) string {
	t.Helper()
	dir := "-data-dir=" + filepath.Join(t.TempDir(), "data")
	if key := commandLine(t, fine, "site", "add", dir, "-name", "Northbeck", "-key", "northbeck", "-origin", "https://www.northbeck.test/"); key != "northbeck\n" {
		t.Fatalf("the site's key is %q", key)
	}
	return dir
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEveryCommandHelpsWithAnExample(t *testing.T) {
	for _, words := range []string{"site add", "site show", "site set", "user add", "user password", "token add", "token revoke", "install tag", "install check", "import", "export", "erase"} {
		text := commandLine(t, fine, append(strings.Fields(words), "-h")...)
		if !strings.HasPrefix(text, "Usage: assay "+words) || !strings.Contains(text, "\nExample:\n  assay "+words) {
			t.Errorf("assay %s -h says %q", words, text)
		}
	}
	for _, words := range []string{"site", "user", "token", "install"} {
		commandLine(t, misuse, words)
		commandLine(t, misuse, words, "brew")
		commandLine(t, fine, words, "-h")
	}
}

func TestCommandsSayWhatIsMissingOrWrong(t *testing.T) {
	dir := northbeck(t)
	commandLine(t, fine, "token", "add", dir, "-site=northbeck", "-name=one", "-role=rep")
	say(t, "")
	for _, c := range []struct {
		args string
		code int
		text string
	}{
		{"site add -name X", misuse, "-origin https://HOST"},
		{"site add -name X -origin https://x.test/path", misuse, "origins such as"},
		{"site add -name X -origin https://x.test -key UPPER", misuse, "want a key"},
		{"site add -name X -origin https://x.test -consent maybe", misuse, "want consent"},
		{"site add -name X -origin https://x.test -key northbeck", failure, "already"},
		{"user add", misuse, "-site KEY"},
		{"user add -site northbeck -email a@x.test -name A -role boss", misuse, `assay user add: there is no role "boss": want admin`},
		{"user add -site northbeck -email a@x.test -name A -role rep -password-stdin", misuse, "password of 8"},
		{"user add -site elsewhere -email a@x.test -name A -role rep", failure, "name one of northbeck"},
		{"user password -email a@x.test", failure, "nobody has"},
		{"user list", misuse, "-site KEY"},
		{"token list", misuse, "-site KEY"},
		{"token add -name x -role rep", misuse, "-site KEY"},
		{"token add -site northbeck -role rep", misuse, "-name NAME"},
		{"token add -site northbeck -name no/name -role rep", misuse, `"no/name" is no name for a token: want 1 to 40`},
		{"token add -site northbeck -name one -role rep", failure, `a token "one" already`},
		{"token add -site northbeck -name x", misuse, "-role admin"},
		{"token add -site northbeck -name x -role boss", misuse, `there is no role "boss": want admin`},
		{"token revoke -site northbeck x", failure, "no token x"},
		{"token revoke -site northbeck", misuse, "missing"},
		{"import -site northbeck", misuse, "missing"},
		{"import -format csv contacts.csv", misuse, "-site KEY"},
		{"import -site northbeck /nowhere/file.csv", failure, "no such file"},
		{"import -site northbeck -format xls x", misuse, "want csv or ndjson"},
		{"import -site northbeck -map /nowhere/map.json x", misuse, "no such file"},
		{"export -site northbeck", misuse, "-to FILE"},
		{"export -to -", misuse, "-site KEY"},
		{"export -site northbeck -to - -stage foo", misuse, `there is no stage "foo": want anonymous, subscriber, lead, sales_ready, prospect, opportunity, customer, lost, disqualified or junk`},
		{"export -site northbeck -to - -grade E", misuse, `there is no grade "E": want a letter`},
		{"export -site northbeck -to - -band tepid", misuse, `there is no band "tepid": want cold, warm or hot`},
		{"erase -site northbeck nobody@x.test", misuse, "-yes"},
		{"erase -site northbeck -yes nobody@x.test", failure, "nobody in this site"},
		{"erase -site northbeck -yes", misuse, "missing"},
	} {
		words := strings.Fields(c.args)
		at := 1
		if len(words) > 1 && !strings.HasPrefix(words[1], "-") {
			at = 2
		}
		args := append(append(append([]string{}, words[:at]...), dir), words[at:]...)
		if text := commandLine(t, c.code, args...); !strings.Contains(text, c.text) {
			t.Errorf("assay %s says %q, want %q", c.args, text, c.text)
		}
	}
	if text := commandLine(t, failure, "site", "list", "-data-dir="+t.TempDir()); !strings.Contains(text, "no store") {
		t.Errorf("of an empty folder it says %q", text)
	}
	if err := os.Remove(filepath.Join(strings.TrimPrefix(dir, "-data-dir="), "keys.json")); err != nil {
		t.Fatal(err)
	}
	if text := commandLine(t, failure, "site", "list", dir); !strings.Contains(text, "-keys") {
		t.Errorf("without keys it says %q", text)
	}
}

const contacts = "Email,First Name,Lifecycle Stage\nada@works.test,Ada,customer\nnobody,,\nbo@lind.test,Bo,lead\n"

func TestLeadsComeInAndGoOutByTheCommandLine(t *testing.T) {
	dir := northbeck(t)
	file := write(t, "contacts.csv", contacts)
	if text := commandLine(t, failure, "import", "-site=x", "-dry-run", "-data-dir=/nowhere", file); !strings.Contains(text, "first_name") || !strings.Contains(text, "3 rows: 2 can be imported, 1 is wrong") {
		t.Errorf("a dry run says %q", text)
	}
	results := filepath.Join(t.TempDir(), "results")
	text := commandLine(t, failure, "import", dir, "-site=northbeck", "-results", results, file)
	if !strings.Contains(text, "3 rows: 2 created, 0 updated, 0 known already, 1 failed") || !strings.Contains(text, "row 3: Email: want a mail address") {
		t.Errorf("an import says %q", text)
	}
	if b, err := os.ReadFile(results); err != nil || strings.Count(string(b), "\n") != 3 {
		t.Errorf("results %s, %v", b, err)
	}
	say(t, contacts)
	if text := commandLine(t, failure, "import", dir, "-site=northbeck", "-"); !strings.Contains(text, "2 known already") {
		t.Errorf("an import of standard input says %q", text)
	}
	for _, name := range []string{"out.csv", "out.ndjson"} {
		out := filepath.Join(t.TempDir(), name)
		commandLine(t, fine, "export", dir, "-site=northbeck", "-stage=customer", "-to", out)
		b, err := os.ReadFile(out)
		if err != nil || !strings.Contains(string(b), "ada@works.test") || strings.Contains(string(b), "bo@lind.test") {
			t.Errorf("%s holds %s, %v", name, b, err)
		}
		if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
		commandLine(t, failure, "export", dir, "-site=northbeck", "-to", out)
		again := northbeck(t)
		commandLine(t, fine, "import", again, "-site=northbeck", out)
	}
	commandLine(t, fine, "erase", dir, "-site=northbeck", "-yes", "ADA@works.test")
	if text := commandLine(t, fine, "export", dir, "-site=northbeck", "-to=-"); strings.Contains(text, "ada@") || !strings.Contains(text, "bo@lind.test") {
		t.Errorf("after the erasure there are %q", text)
	}
}

// Results onto the file that was read emptied it before the first row.
func TestResultsReplaceNothingThatIsRead(t *testing.T) {
	dir := northbeck(t)
	file := write(t, "contacts.csv", contacts)
	m := write(t, "map.json", `{"columns":{"Email":"email"}}`)
	other := filepath.Join(t.TempDir(), "other.csv")
	if err := os.Symlink(file, other); err != nil {
		t.Fatal(err)
	}
	for _, results := range []string{file, other, m} {
		for _, more := range [][]string{{}, {"-dry-run"}} {
			args := append([]string{"import", dir, "-site=northbeck", "-map", m, "-results", results}, more...)
			if text := commandLine(t, misuse, append(args, file)...); !strings.Contains(text, "another file with -results") {
				t.Errorf("%v says %q", args, text)
			}
		}
	}
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	before := stdin
	stdin = in
	defer func() { stdin = before }()
	commandLine(t, misuse, "import", dir, "-site=northbeck", "-results", file, "-")
	if b, err := os.ReadFile(file); err != nil || string(b) != contacts {
		t.Errorf("the file holds %q, %v", b, err)
	}
	if b, err := os.ReadFile(m); err != nil || len(b) == 0 {
		t.Errorf("the map holds %q, %v", b, err)
	}
}

// Names of columns went to the terminal as they are, and with them whatever a file
// tells a terminal to do.
func TestNoFileSpeaksToTheTerminal(t *testing.T) {
	dir := northbeck(t)
	const evil = "\x1b]0;mine\a\u009b2J\u202e"
	file := write(t, "evil.csv", "email,"+evil+"Unknown,"+evil+"Created,Status"+evil+"\nada@works.test,"+evil+",sometime,"+evil+"\nbo@works.test,x,,"+evil+"\n")
	m := write(t, "map.json", `{"columns":{"0mine\u009b2J\u202eCreated":"created","Status0mine\u009b2J\u202e":"status"}}`)
	for _, args := range [][]string{{"-dry-run"}, {}} {
		text := commandLine(t, failure, append(append([]string{"import", dir, "-site=northbeck", "-map", m}, args...), file)...)
		for _, said := range []string{"Unknown", "Created: want a date"} {
			if !strings.Contains(text, said) {
				t.Errorf("%v says nothing of %q: %q", args, said, text)
			}
		}
		if i := strings.IndexFunc(text, func(c rune) bool { return c != '\n' && c != '\r' && !unicode.IsPrint(c) }); i >= 0 {
			t.Errorf("%v says %q", args, text[i:])
		}
	}
}

func TestPeopleAreAddedBesideTheServer(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir, nil)
	folder := "-data-dir=" + dir
	made := strings.TrimSpace(commandLine(t, fine, "user", "add", folder, "-site=demo", "-email=Ann@Northbeck.test", "-name=Ann", "-role=rep"))
	p.call("POST", "/v1/session", map[string]any{"email": "ann@northbeck.test", "password": made}, http.StatusOK, nil)
	say(t, "a password of her own\n")
	if text := commandLine(t, fine, "user", "password", folder, "-email=ann@northbeck.test", "-password-stdin"); text != "" {
		t.Errorf("a password that was given is told again: %q", text)
	}
	p.call("POST", "/v1/session", map[string]any{"email": "ann@northbeck.test", "password": made}, http.StatusUnauthorized, nil)
	p.call("POST", "/v1/session", map[string]any{"email": "ann@northbeck.test", "password": "a password of her own"}, http.StatusOK, nil)
	commandLine(t, failure, "user", "add", folder, "-site=demo", "-email=ann@northbeck.test", "-name=Ann", "-role=rep")
	if text := commandLine(t, fine, "user", "list", folder, "-site=demo"); !strings.Contains(text, "ann@northbeck.test") {
		t.Errorf("the list is %q", text)
	}
}

// Two processes write to one store: none loses a row or a touch, also where both
// write the same person's.
func TestAnImportRunsBesideABusyServer(t *testing.T) {
	t.Parallel()
	const people, touches = 2000, 300
	dir := t.TempDir()
	p := start(t, dir, nil)
	var b strings.Builder
	b.WriteString("email,name,phone\n")
	for i := range people {
		fmt.Fprintf(&b, "p%d@works.test,Imported,%d\n", i, 1000+i)
	}
	file := write(t, "people.csv", b.String())
	var load sync.WaitGroup
	load.Go(func() {
		for i := range touches {
			p.touch(buyer(fmt.Sprint("touch-", i), fmt.Sprintf("p%d@works.test", i*5)))
		}
	})
	text := commandLine(t, fine, "import", "-data-dir="+dir, "-site=demo", file)
	load.Wait()
	if !strings.Contains(text, "2,000 rows:") || !strings.Contains(text, " 0 known already, 0 failed") {
		t.Errorf("the import says %q", text)
	}
	out := filepath.Join(t.TempDir(), "out.csv")
	commandLine(t, fine, "export", "-data-dir="+dir, "-site=demo", "-to", out)
	all, err := os.ReadFile(out)
	if err != nil || strings.Count(string(all), "\n") != people+1 {
		t.Fatalf("%d lines, %v", strings.Count(string(all), "\n"), err)
	}
	lines := map[string]string{}
	for line := range strings.Lines(string(all)) {
		if cells := strings.Split(line, ","); len(cells) > 1 {
			lines[cells[1]] = line
		}
	}
	for i := range people {
		line := lines[fmt.Sprintf("p%d@works.test", i)]
		touched := i%5 == 0 && i/5 < touches
		if !strings.Contains(line, fmt.Sprintf(",%d,", 1000+i)) || touched != strings.Contains(line, "Head of Operations") {
			t.Errorf("p%d is %q", i, line)
		}
	}
}
