package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"testing"
	"time"

	"modernc.org/sqlite"
)

// Environment of a test binary that is to be a server.
const (
	serveEnv  = "ASSAY_TEST_SERVE"  // any value: be the server
	unsafeEnv = "ASSAY_TEST_UNSAFE" // any value: and do not sync the store
)

// password is that of the demo's people in servers that tests start.
const password = "not a secret: a test's"

// patience bounds every wait for a server, which is slow under strace and the
// race detector.
const patience = time.Minute

// TestMain lets the test binary be the server, too: tests start it again as a
// process of its own, which they can kill and trace, and it runs main.
func TestMain(m *testing.M) {
	if os.Getenv(serveEnv) == "" {
		os.Exit(m.Run())
	}
	if os.Getenv(unsafeEnv) != "" {
		sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
			_, err := c.ExecContext(context.Background(), "PRAGMA synchronous=OFF", nil)
			return err
		})
	}
	main()
}

// process is a running server with the demo site, and a person signed in to it.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	url    string
	log    *bytes.Buffer // to be read once the process has ended
	logged chan struct{} // closed when it has
	client *http.Client
}

// start runs a server over a data folder and waits until it serves. The wrapper
// is a command that runs it, or none.
func start(t *testing.T, dir string, env []string, wrapper ...string) *process {
	t.Helper()
	jar, _ := cookiejar.New(nil) // never fails
	args := append(wrapper, os.Args[0], "serve", "-demo", "-addr=127.0.0.1:0", "-data-dir="+dir)
	p := &process{t: t, cmd: exec.Command(args[0], args[1:]...), log: new(bytes.Buffer), logged: make(chan struct{}),
		client: &http.Client{Jar: jar, Timeout: patience, Transport: new(http.Transport)}}
	p.cmd.Env = append(os.Environ(), append(env, serveEnv+"=1", "ASSAY_DEMO_PASSWORD="+password)...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that a wrapper is killed with what it runs
	out, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	addr := make(chan string, 1)
	go p.follow(out, addr)
	select {
	case a := <-addr:
		p.url = "http://" + a
	case <-p.logged:
		t.Fatalf("the server ended:\n%s", p.log)
	case <-time.After(patience):
		t.Fatal("the server does not serve")
	}
	p.call("POST", "/v1/session", map[string]string{"email": "rep@demo.test", "password": password}, http.StatusOK, nil)
	return p
}

var served = regexp.MustCompile(`msg=serving addr=(\S+)`)

// follow keeps what the server logs, and tells its address.
func (p *process) follow(out io.Reader, addr chan<- string) {
	defer close(p.logged)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		fmt.Fprintln(p.log, lines.Text())
		if m := served.FindStringSubmatch(lines.Text()); m != nil {
			addr <- m[1]
		}
	}
}

// kill ends the process at once, as a power cut would end it: it gets no chance
// to finish anything.
func (p *process) kill() {
	if p.cmd.ProcessState != nil {
		return
	}
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // or it has ended
	<-p.logged
	_ = p.cmd.Wait() // says that it was killed
	p.client.CloseIdleConnections()
}

// call sends JSON, wants a status, and decodes the answer unless into is nil.
func (p *process) call(method, path string, body any, want int, into any) {
	p.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequest(method, p.url+path, bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != want {
		p.t.Fatalf("%s %s: %d %s, %v; want %d", method, path, answer.StatusCode, got, err, want)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(got, into); err != nil {
		p.t.Fatalf("%s %s: %v in %s", method, path, err, got)
	}
}
