package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.uber.org/goleak"

	"assay/server/internal/app"
	"assay/server/internal/config"
	"assay/server/internal/mongotest"
)

// childCommand is the first argument of a process that is a server.
const childCommand = "child"

// Kinds of children.
const (
	kindServer  = "server"   // the whole of Assay
	kindStandIn = "stand-in" // for MongoDB
)

// settings are what a child is told.
type settings struct {
	dir      string // folder of its own
	keys     string // file of the keys that sign sessions
	mongo    string // connection string, or empty for the embedded store
	password string // of the demo's people
	clock    bool   // its clock will jump
	hurried  bool   // the embedded store puts names in order and folds its log all the time
}

func (s *settings) flags() *flag.FlagSet {
	fs := flag.NewFlagSet(childCommand, flag.ContinueOnError)
	fs.StringVar(&s.dir, "dir", s.dir, "")
	fs.StringVar(&s.keys, "keys", s.keys, "")
	fs.StringVar(&s.mongo, "mongo", s.mongo, "")
	fs.StringVar(&s.password, "password", s.password, "")
	fs.BoolVar(&s.clock, "clock", s.clock, "")
	fs.BoolVar(&s.hurried, "hurried", s.hurried, "")
	return fs
}

// args gives what beChild reads.
func (s *settings) args(kind string) []string {
	args := []string{childCommand}
	s.flags().VisitAll(func(f *flag.Flag) { args = append(args, "-"+f.Name+"="+f.Value.String()) })
	return append(args, kind)
}

// beChild is what a child runs. It ends at SIGTERM as the server's own command
// does, and at once when its parent is gone.
func beChild(args []string) error {
	var s settings
	fs := s.flags()
	if err := fs.Parse(args); err != nil {
		return err
	}
	if s.clock { // while nothing else runs
		if err := jump(0); err != nil {
			return err
		}
	}
	go obey()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	switch fs.Arg(0) {
	case kindServer:
		return serve(ctx, &s)
	case kindStandIn:
		return standIn(ctx, &s)
	}
	return fmt.Errorf("there is no kind of child %q", fs.Arg(0))
}

// serve runs the server as its own command does, and tells when it serves. What
// is left of it after it ended is a leak.
func serve(ctx context.Context, s *settings) error {
	before := goleak.IgnoreCurrent()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	a, err := app.Open(ctx, &config.Config{Addr: "127.0.0.1:0", DataDir: s.dir, KeyFile: s.keys, MongoURI: s.mongo,
		Demo: true, DemoPassword: s.password, Hurried: s.hurried}, log)
	if err != nil {
		return err
	}
	if err := tell(a.URL); err != nil {
		return errors.Join(err, a.Close())
	}
	if err := errors.Join(a.Run(ctx), a.Close()); err != nil {
		return err
	}
	return goleak.Find(before)
}

func standIn(ctx context.Context, s *settings) error {
	p, stop, err := mongotest.Run(s.dir)
	if err != nil {
		return err
	}
	if err := tell(p.Addr()); err != nil {
		return errors.Join(err, stop())
	}
	<-ctx.Done()
	return stop()
}

// tell gives the parent the address.
func tell(at string) error { return json.NewEncoder(os.Stdout).Encode(at) }

// jumpCommand, with a number of seconds, moves this process's clock.
const jumpCommand = "jump "

// obey does what the parent says, until there is no parent.
func obey() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		seconds, err := strconv.ParseInt(strings.TrimPrefix(lines.Text(), jumpCommand), 10, 64)
		if err == nil {
			err = jump(time.Duration(seconds) * time.Second)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "faults: child:", err)
			os.Exit(failure)
		}
		if err := tell("jumped"); err != nil {
			break
		}
	}
	os.Exit(failure) // the parent is gone
}
