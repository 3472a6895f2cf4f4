package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// patience bounds every wait for something that must happen.
const patience = time.Minute

// drainWithin is how long a server may take to end when it is asked to.
const drainWithin = 20 * time.Second

// process is a child that can be started again and again, one at a time. Its
// address changes with every start; others may read it at any time.
type process struct {
	name, kind string
	binary     string
	settings   settings
	logFile    string // what all starts wrote to their standard error

	url   atomic.Pointer[string] // nil while it does not serve
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   io.ReadCloser
	told  *json.Decoder // of out
	ended chan struct{} // closed when the process is gone
	exit  error         // how it ended; to be read then
}

// launch starts the process without waiting until it serves.
func (p *process) launch() error {
	log, err := os.OpenFile(p.logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	p.cmd = exec.Command(p.binary, p.settings.args(p.kind)...)
	p.cmd.Stderr = log
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return err
	}
	if p.out, err = p.cmd.StdoutPipe(); err != nil {
		return err
	}
	p.told = json.NewDecoder(p.out)
	if err := p.cmd.Start(); err != nil {
		return err
	}
	p.ended = make(chan struct{})
	go func() {
		state, err := p.cmd.Process.Wait()
		if p.exit = err; err == nil && !state.Success() {
			p.exit = errors.New(state.String())
		}
		close(p.ended)
	}()
	return nil
}

// start starts the process and waits until it serves.
func (p *process) start() error {
	if err := p.launch(); err != nil {
		return err
	}
	return p.await()
}

// await waits until the process serves.
func (p *process) await() error {
	var url string
	if err := p.hear(&url); err != nil {
		return err
	}
	p.url.Store(&url)
	return nil
}

// hear reads what the process tells, or kills it when it tells nothing.
func (p *process) hear(into any) error {
	late := time.AfterFunc(patience, func() { _ = p.cmd.Process.Kill() })
	defer late.Stop()
	if err := p.told.Decode(into); err != nil {
		p.kill()
		return fmt.Errorf("%s does not answer: %w\n%s", p.name, errors.Join(err, p.exit), p.lastWords())
	}
	return nil
}

// kill ends the process at once: it gets no chance to finish anything.
func (p *process) kill() {
	if p.cmd == nil || p.cmd.Process == nil {
		return
	}
	p.url.Store(nil)
	_ = p.cmd.Process.Kill() // or it has ended
	p.gone()
}

// gone waits for the end, and gives back what was kept for the process.
func (p *process) gone() {
	<-p.ended
	_ = errors.Join(p.in.Close(), p.out.Close()) // whose other ends are gone
}

// terminate asks the process to end, which it must do soon and without a fault.
func (p *process) terminate() error {
	p.url.Store(nil)
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // or it has ended, which is found below
	select {
	case <-p.ended:
	case <-time.After(drainWithin):
		p.kill()
		return fmt.Errorf("%s did not end within %s of SIGTERM", p.name, drainWithin)
	}
	p.gone()
	if p.exit != nil {
		return fmt.Errorf("%s ended with a fault: %w\n%s", p.name, p.exit, p.lastWords())
	}
	return nil
}

// jump moves the process's clock.
func (p *process) jump(by time.Duration) error {
	if _, err := fmt.Fprintf(p.in, "%s%d\n", jumpCommand, int64(by/time.Second)); err != nil {
		return err
	}
	var done string
	return p.hear(&done)
}

// lastWords gives the end of the log.
func (p *process) lastWords() string {
	const most = 3000
	b, err := os.ReadFile(p.logFile)
	if err != nil {
		return err.Error()
	}
	return string(b[max(len(b)-most, 0):])
}

// gauge reads a metric without labels.
func (p *process) gauge(client *http.Client, name string) (int64, error) {
	url := p.url.Load()
	if url == nil {
		return 0, errDown
	}
	answer, err := client.Get(*url + "/metrics")
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if text, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			v, err := strconv.ParseFloat(text, 64)
			return int64(v), err
		}
	}
	return 0, fmt.Errorf("%s tells no %s: %s", p.name, name, answer.Status)
}

// errDown: nobody serves now.
var errDown = errors.New("the server is down")
