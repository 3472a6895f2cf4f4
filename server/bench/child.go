package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"runtime/pprof"
	"strings"
)

// childCommand is the first argument of a process that is a server.
const childCommand = "child"

// settings are what a child is told.
type settings struct {
	dir     string // folder of its own
	keys    string // file of the keys that sign sessions
	profile string // file for a CPU profile, or empty
}

// served is a server that runs in a child.
type served struct {
	url   string
	do    func(command string) (any, error) // what only this kind of child can do; may be nil
	close func() error
}

// kinds are what a child can be.
var kinds = map[string]func(s *settings) (*served, error){
	"assay":       serveAssay,
	"bare-ingest": serveBareIngest,
	"bare-fanout": serveBareFanout,
	"receivers":   serveReceivers,
}

// state is what a child tells of itself.
type state struct {
	Goroutines int
	Live       int64 // bytes of the heap that the last collection found in use
}

func stateNow() state {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return state{runtime.NumGoroutine(), int64(live[0].Value.Uint64())}
}

// child is a server in a process of its own. It is told what to do by lines on
// its standard input, answers with JSON, and ends when that input does: none
// outlives its parent.
type child struct {
	kind string
	url  string
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *json.Decoder
	log  *os.File // what it writes to its standard error, as an operator would keep it
}

// nothing is the answer of a command that has nothing to tell.
type nothing struct{}

// startChild starts a child and waits until it serves.
func startChild(kind string, s settings) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{kind: kind, cmd: exec.Command(self, childCommand,
		"-dir="+s.dir, "-keys="+s.keys, "-cpuprofile="+s.profile, kind)}
	if c.log, err = os.CreateTemp(s.dir, kind+"-*.log"); err != nil {
		return nil, err
	}
	c.cmd.Stderr = c.log
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = json.NewDecoder(out)
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	if err := c.out.Decode(&c.url); err != nil {
		return nil, errors.Join(fmt.Errorf("%s did not start: %w", kind, err), c.stop())
	}
	return c, nil
}

// addr is where the child listens.
func (c *child) addr() string { return strings.TrimPrefix(c.url, "http://") }

// ask sends a command and decodes its answer.
func (c *child) ask(command string, answer any) error {
	_, err := fmt.Fprintln(c.in, command)
	if err == nil {
		err = c.out.Decode(answer)
	}
	if err != nil {
		return fmt.Errorf("%s: %s: %w", c.kind, command, err)
	}
	return nil
}

// stop ends the child and waits for it. The fault of one that fails ends with
// the last lines of its log.
func (c *child) stop() error {
	defer c.log.Close()
	err := errors.Join(c.in.Close(), c.cmd.Wait())
	if err == nil {
		return os.Remove(c.log.Name())
	}
	const most = 2000
	b, rerr := os.ReadFile(c.log.Name())
	return errors.Join(fmt.Errorf("%s: %w\n%s", c.kind, err, b[max(len(b)-most, 0):]), rerr)
}

// beChild is what a child runs.
func beChild(args []string) (err error) {
	fs := flag.NewFlagSet(childCommand, flag.ContinueOnError)
	var s settings
	fs.StringVar(&s.dir, "dir", "", "")
	fs.StringVar(&s.keys, "keys", "", "")
	fs.StringVar(&s.profile, "cpuprofile", "", "")
	if err := fs.Parse(args); err != nil {
		return err
	}
	serve := kinds[fs.Arg(0)]
	if serve == nil {
		return fmt.Errorf("there is no kind of child %q", fs.Arg(0))
	}
	stop, err := profileTo(s.profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	server, err := serve(&s)
	if err != nil {
		return fmt.Errorf("%s: %w", fs.Arg(0), err)
	}
	return errors.Join(obey(server), server.close())
}

// obey answers commands until there are no more.
func obey(s *served) error {
	out := json.NewEncoder(os.Stdout)
	if err := out.Encode(s.url); err != nil {
		return err
	}
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		var answer any
		var err error
		switch command := commands.Text(); {
		case command == "state":
			answer = stateNow()
		case command == "free": // what can be given back, and then the state
			for range 3 { // pools let go after the second
				debug.FreeOSMemory()
			}
			answer = stateNow()
		case s.do != nil:
			answer, err = s.do(command)
		default:
			err = fmt.Errorf("there is no command %q", command)
		}
		if err != nil {
			return err
		}
		if err := out.Encode(answer); err != nil {
			return err
		}
	}
	return commands.Err()
}

// profileTo begins a CPU profile, unless there is no file for it.
func profileTo(file string) (stop func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}
