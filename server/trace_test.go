package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// traced are the ids of the touches that traceTouches sends.
var traced = func() (ids []string) {
	for i := range 50 {
		ids = append(ids, fmt.Sprintf("traced-touch-%02d", i))
	}
	return ids
}()

// call is a system call; begin and end are lines of the trace, in the order in
// which the kernel reported them.
type call struct {
	name, args string
	begin, end int
}

type trace []call

// traceTouches sends touches, one after the other, to a server whose system
// calls are traced from its start, and gives the trace.
func traceTouches(t *testing.T, env ...string) trace {
	t.Helper()
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal("strace is missing, and without it durability cannot be shown: `make test` installs it")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "trace")
	// 4200 bytes of each argument hold a page of the store, and a request.
	p := start(t, filepath.Join(dir, "data"), env, "strace", "-f", "-y", "-s", "4200", "-o", file,
		"-e", "trace=read,recvfrom,write,writev,sendto,pwrite64,fsync,fdatasync")
	for _, id := range traced {
		p.touch(buyer(id, id+"@works.test"))
	}
	p.terminate(pid(t, file))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return parseTrace(string(text))
}

// pid gives the process that a trace begins with.
func pid(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), " ")
	id, err := strconv.Atoi(first)
	if err != nil {
		t.Fatalf("a trace that begins with %q", first)
	}
	return id
}

// terminate ends a server that runs under another command, and waits for both.
func (p *process) terminate(server int) {
	p.t.Helper()
	if err := syscall.Kill(server, syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	<-p.logged
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("after SIGTERM: %v\n%s", err, p.log)
	}
}

// parseTrace reads what strace -f wrote. A call during which another thread
// made one stands in two lines.
func parseTrace(text string) trace {
	var calls trace
	open := map[string]call{} // by thread
	n := 0
	for line := range strings.Lines(text) {
		n++
		thread, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		if name, ok := strings.CutPrefix(rest, "<... "); ok {
			_, more, _ := strings.Cut(name, " resumed>")
			c := open[thread]
			calls = append(calls, call{c.name, c.args + more, c.begin, n})
			continue
		}
		name, args, ok := strings.Cut(rest, "(")
		if !ok || strings.ContainsAny(name, " -+") { // a signal, or an exit
			continue
		}
		if args, ok = strings.CutSuffix(args, "<unfinished ...>"); ok {
			open[thread] = call{name, args, n, 0}
			continue
		}
		calls = append(calls, call{name, args, n, n})
	}
	return calls
}

var errNotSynced = errors.New("the store's log was not synced between the touch's write and its 202")

// synced tells whether a touch was on the disk before its answer began: its
// bytes were read, then written to the store's log, and then the log was synced.
func (t trace) synced(id string) error {
	read := t.find(0, id, "read", "recvfrom")
	if read == nil {
		return errors.New("no read of the touch")
	}
	answer := t.find(read.end, `"HTTP/1.1 202`, "write", "writev", "sendto")
	if answer == nil || !strings.Contains(answer.args, id) {
		return errors.New("no 202 for the touch")
	}
	var written *call
	for i, c := range t {
		if c.name == "pwrite64" && isLog(c) && strings.Contains(c.args, id) && c.begin > read.end && c.end < answer.begin {
			written = &t[i] // the first: later ones may be the feed's, which no answer waits for
			break
		}
	}
	if written == nil {
		return errors.New("no write of the touch to the store's log")
	}
	for _, c := range t {
		sync := c.name == "fdatasync" || c.name == "fsync"
		if sync && isLog(c) && strings.HasSuffix(c.args, "= 0") && c.begin > written.end && c.end < answer.begin {
			return nil
		}
	}
	return errNotSynced
}

// find gives the first of some calls that began after a line and holds a text.
func (t trace) find(after int, text string, names ...string) *call {
	for i, c := range t {
		for _, name := range names {
			if c.begin > after && c.name == name && strings.Contains(c.args, text) {
				return &t[i]
			}
		}
	}
	return nil
}

// isLog tells whether a call is about the store's write-ahead log.
func isLog(c call) bool {
	file, _, _ := strings.Cut(c.args, ">")
	return strings.HasSuffix(file, "-wal")
}
