package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// commandLine runs a command line in this process.
func commandLine(t *testing.T, want int, args ...string) string {
	t.Helper()
	var text bytes.Buffer
	if code := run(context.Background(), args, func(string) string { return "" }, &text, &text); code != want {
		t.Fatalf("assay %s: exit %d, want %d: %s", strings.Join(args, " "), code, want, &text)
	}
	return text.String()
}

// A restored server knows the people whom the first one knew: its keys came
// along. What was acknowledged before the backup began is there.
func TestABackupOfARunningServerServesElsewhere(t *testing.T) {
	t.Parallel()
	const before, during = 60, 60
	dir, file, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "assay.backup"), filepath.Join(t.TempDir(), "data")
	p := start(t, dir, nil)
	email := func(i int) string { return fmt.Sprintf("p%d@works.test", i) }
	for i := range before {
		p.touch(buyer(fmt.Sprint("touch-", i), email(i)))
	}
	var load sync.WaitGroup
	load.Go(func() {
		for i := range during {
			p.call("POST", "/v1/touches", buyer(fmt.Sprint("more-", i), email(before+i)), http.StatusAccepted, nil)
		}
	})
	said := commandLine(t, fine, "backup", "-data-dir", dir, "-to", file)
	load.Wait()
	if !strings.Contains(said, "touches, in ") || !strings.Contains(said, file+".keys.json") {
		t.Errorf("backup says %q", said)
	}
	if said := commandLine(t, failure, "restore", "-from", file, "-data-dir", dir, "-replace"); !strings.Contains(said, "a server is running") {
		t.Errorf("restore under a running server says %q", said)
	}
	commandLine(t, failure, "backup", "-data-dir", dir, "-to", file)
	p.kill()

	commandLine(t, fine, "restore", "-from", file, "-data-dir", elsewhere)
	p = start(t, elsewhere, nil)
	for i := range before { // the same touches again change nothing
		p.touch(buyer(fmt.Sprint("touch-", i), email(i)))
	}
	again := buyer("again", email(0)) // a new one finds the contact
	p.touch(again)
	leads := p.leads()
	for i := range before {
		if _, ok := leads[email(i)]; !ok {
			t.Errorf("%s is lost", email(i))
		}
	}
	if n := len(leads); n > before+during {
		t.Errorf("%d leads of %d people", n, before+during)
	}
	var list struct{ Items []listed }
	if p.call("GET", "/v1/leads?q="+email(0), nil, http.StatusOK, &list); len(list.Items) != 1 {
		t.Errorf("%d leads of one person", len(list.Items))
	}
}

func TestARestoreKeepsOtherKeysUnlessTold(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "b")
	start(t, dir, nil).kill()
	commandLine(t, fine, "backup", "-data-dir", dir, "-to", file)
	other := t.TempDir()
	start(t, other, nil).kill()
	keys, err := os.ReadFile(filepath.Join(other, "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	if said := commandLine(t, failure, "restore", "-from", file, "-data-dir", other); !strings.Contains(said, "other keys") {
		t.Errorf("over other keys: %q", said)
	}
	if now, _ := os.ReadFile(filepath.Join(other, "keys.json")); !bytes.Equal(now, keys) {
		t.Error("the keys were changed")
	}
	if said := commandLine(t, fine, "restore", "-from", file, "-data-dir", other, "-replace"); strings.Count(said, ".before-") != 2 {
		t.Errorf("replaced: %q, want to hear of the old store and of the old keys", said)
	}
	backed, err := os.ReadFile(file + ".keys.json")
	if err != nil {
		t.Fatal(err)
	}
	if now, _ := os.ReadFile(filepath.Join(other, "keys.json")); !bytes.Equal(now, backed) {
		t.Error("the backup's keys are not in place")
	}
	if aside, _ := filepath.Glob(filepath.Join(other, "keys.json.before-*")); len(aside) != 1 {
		t.Errorf("the old keys are at %v", aside)
	}
}

// Two restores within a second moved what they replaced to one name, and the
// second failed.
func TestARestoreAfterAnotherKeepsWhatBothReplaced(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "b")
	start(t, dir, nil).kill()
	commandLine(t, fine, "backup", "-data-dir", dir, "-to", file)
	const restores = 4
	for range restores {
		if err := os.WriteFile(filepath.Join(dir, "keys.json"), []byte("others"), 0o600); err != nil {
			t.Fatal(err)
		}
		commandLine(t, fine, "restore", "-from", file, "-data-dir", dir, "-replace")
	}
	for _, name := range []string{"assay.db", "keys.json"} {
		if kept, _ := filepath.Glob(filepath.Join(dir, name+".before-*")); len(kept) != restores {
			t.Errorf("after %d restores there are %v", restores, kept)
		}
	}
}

func TestABackupIntoAFolderThatIsNotThereSaysWhatToDo(t *testing.T) {
	dir, folder := t.TempDir(), filepath.Join(t.TempDir(), "none")
	start(t, dir, nil).kill()
	for _, more := range [][]string{{}, {"-no-keys"}} {
		said := commandLine(t, failure, append([]string{"backup", "-data-dir", dir, "-to", filepath.Join(folder, "b")}, more...)...)
		if !strings.Contains(said, "there is no folder "+folder+": make it first") {
			t.Errorf("backup says %q", said)
		}
	}
}

func TestABackupWithoutItsKeysSaysSo(t *testing.T) {
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "b")
	start(t, dir, nil).kill()
	if said := commandLine(t, failure, "backup", "-data-dir", dir, "-to", file, "-keys", file+"-none"); !strings.Contains(said, "-no-keys") {
		t.Errorf("without a key file: %q", said)
	}
	if said := commandLine(t, fine, "backup", "-data-dir", dir, "-to", file, "-no-keys"); !strings.Contains(said, "only with the key file") {
		t.Errorf("backup says %q", said)
	}
	elsewhere := t.TempDir()
	if said := commandLine(t, failure, "restore", "-from", file, "-data-dir", elsewhere); !strings.Contains(said, "-no-keys") {
		t.Errorf("restore says %q", said)
	}
	commandLine(t, fine, "restore", "-from", file, "-data-dir", elsewhere, "-no-keys")
}

func TestBackupAndRestoreAreForTheEmbeddedStore(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"backup", "-to FILE"},
		{"backup -to x y", `"y"`},
		{"backup -nope", "-nope"},
		{"backup -to x -mongodb-uri mongodb://x", "mongodump"},
		{"restore", "-from FILE"},
		{"restore -from x -mongodb-uri mongodb://x", "mongorestore"},
	} {
		if said := commandLine(t, misuse, strings.Fields(c.args)...); !strings.Contains(said, c.says) {
			t.Errorf("assay %s says %q, want %q", c.args, said, c.says)
		}
	}
	for _, name := range []string{"backup", "restore"} {
		if said := commandLine(t, fine, name, "-h"); !strings.Contains(said, "Usage: assay "+name) || !strings.Contains(said, "mongo") {
			t.Errorf("assay %s -h says %q", name, said)
		}
	}
}
