package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestExitCodesAndHelp(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		out  string // on standard output
		errs string // on standard error
	}{
		{"", misuse, "", "Usage: assay COMMAND"},
		{"-h", fine, "Usage: assay COMMAND", ""},
		{"help", fine, "Usage: assay COMMAND", ""},
		{"brew", misuse, "", `no command "brew"`},
		{"serve -h", fine, "Usage: assay serve", ""},
		{"serve --help", fine, "Usage: assay serve", ""},
		{"serve -nope", misuse, "", "-nope"},
		{"serve -demo -addr :0", misuse, "", "-demo-anywhere"},
		{"serve -mongodb-uri mongodb://x", misuse, "", "ASSAY_KEYS"},
		{"serve -addr 127.0.0.1:99999", failure, "", "assay serve: "},
		{"version", fine, "assay ", ""},
		{"version -h", fine, "Usage: assay version", ""},
		{"version now", misuse, "", "no arguments"},
	} {
		var out, errs bytes.Buffer
		args := strings.Fields(c.args)
		env := func(string) string { return "" }
		if code := run(context.Background(), args, env, &out, &errs); code != c.code {
			t.Errorf("assay %s: exit %d, want %d: %s%s", c.args, code, c.code, &out, &errs)
		}
		if !strings.Contains(out.String(), c.out) || (c.out == "") != (out.Len() == 0) {
			t.Errorf("assay %s says %q", c.args, &out)
		}
		if !strings.Contains(errs.String(), c.errs) || (c.errs == "") != (errs.Len() == 0) {
			t.Errorf("assay %s complains %q", c.args, &errs)
		}
	}
}

// program runs this binary as `assay` with a data folder of its own.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), serveEnv+"=1", "ASSAY_DATA_DIR="+t.TempDir(), "ASSAY_ADDR=127.0.0.1:0", "ASSAY_DEMO_PASSWORD=")
	t.Cleanup(func() {
		if cmd.Process != nil && cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	return cmd
}

func TestADemoStartsPrintsItsLinkFirstAndDrainsOnSIGTERM(t *testing.T) {
	t.Parallel()
	cmd := program(t, "serve", "-demo")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	logged := bufio.NewScanner(stderr)
	logged.Scan()
	addr := regexp.MustCompile(`addr=(127\.0\.0\.1:[1-9]\d*)`).FindStringSubmatch(logged.Text())
	if addr == nil {
		t.Fatalf("first log line %q has no address", logged.Text())
	}
	answer, err := http.Get("http://" + addr[1] + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for logged.Scan() { // until it ends
	}
	out, err := io.ReadAll(stdout)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
	first, rest, _ := strings.Cut(string(out), "\n")
	if !regexp.MustCompile(`http://` + addr[1] + `/demo/live#open=[A-Z2-7]{26}$`).MatchString(first) {
		t.Errorf("first line %q", first)
	}
	for _, want := range []string{"/demo/", "/feed", "admin@demo.test", "marketer@demo.test", "rep@demo.test", "rep2@demo.test"} {
		if !strings.Contains(rest, want) {
			t.Errorf("output lacks %s: %s", want, rest)
		}
	}
}

func TestWithoutDemoNothingIsPrinted(t *testing.T) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer stop()
	dir := t.TempDir()
	env := map[string]string{"ASSAY_DATA_DIR": dir, "ASSAY_ADDR": "127.0.0.1:0", "ASSAY_LOG": "json"}
	var out, errs bytes.Buffer
	if code := run(ctx, []string{"serve"}, func(k string) string { return env[k] }, &out, &errs); code != fine {
		t.Errorf("exit %d: %s", code, &errs)
	}
	if out.Len() > 0 || !strings.Contains(errs.String(), `"addr":"127.0.0.1:`) {
		t.Errorf("printed %q, logged %q", &out, &errs)
	}
}
