package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// clients is how many send touches at once.
const clients = 64

// leastIngest is the promise: the server's rate as a part of the yardstick's.
const leastIngest = 0.30

// ingestOptions say how ingest is measured.
type ingestOptions struct {
	rounds   int
	requests int // of a round; 0: what fills about five seconds
	only     string
	profile  string
}

// ingestRound is what one round of one server showed.
type ingestRound struct {
	*driven
	rate    float64       // requests a second, until the last answer and the last alert
	behind  time.Duration // from the last answer to the last alert
	cpu     time.Duration // of the server, per request
	memory  int64         // resident bytes at the end
	returns int64         // times that the rep was too slow
	others  float64       // share of the machine that other programs used
}

// contender is a server whose ingest is measured.
type contender struct {
	name   string
	child  *child
	feed   *listener // nil for the yardstick
	sent   int64
	count  int // requests of a round
	rounds []*ingestRound
}

// ingest measures durable ingest beside the yardstick.
func ingest(ctx context.Context, args []string) (err error) {
	var o ingestOptions
	fs := flag.NewFlagSet("ingest", flag.ContinueOnError)
	fs.IntVar(&o.rounds, "rounds", 5, "rounds of each server")
	fs.IntVar(&o.requests, "requests", 0, "requests of a round (default: what fills five seconds)")
	fs.StringVar(&o.only, "only", "", "measure assay or floor alone")
	fs.StringVar(&o.profile, "cpuprofile", "", "file for a CPU profile of assay's server, or of the one measured alone")
	if err := fs.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "assay-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	m, err := newMaker(filepath.Join(dir, "keys.json"))
	if err != nil {
		return err
	}
	all, err := o.contenders(dir)
	defer func() {
		for _, c := range all {
			err = errors.Join(err, c.stop())
		}
	}()
	if err != nil {
		return err
	}
	if err := o.measure(ctx, m, all); err != nil {
		return err
	}
	return printIngest(all)
}

// contenders starts the servers.
func (o *ingestOptions) contenders(dir string) (all []*contender, err error) {
	for _, c := range []struct{ name, kind string }{{"floor", "bare-ingest"}, {"assay", "assay"}} {
		if o.only != "" && o.only != c.name {
			continue
		}
		s := settings{dir: dir, keys: filepath.Join(dir, "keys.json")}
		if c.name == "assay" || o.only != "" {
			s.profile = o.profile
		}
		server, err := startChild(c.kind, s)
		if err != nil {
			return all, err
		}
		one := &contender{name: c.name, child: server}
		all = append(all, one)
		if c.name == "assay" {
			if one.feed, err = listen(server.url); err != nil {
				return all, err
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("-only=%s: want assay or floor", o.only)
	}
	return all, nil
}

// measure warms every server up and then lets them take turns.
func (o *ingestOptions) measure(ctx context.Context, m *maker, all []*contender) error {
	const warmup, length = 4000, 5 // requests; seconds
	for _, c := range all {
		r, err := c.round(ctx, m, warmup)
		if err != nil {
			return err
		}
		c.count = o.requests
		if c.count == 0 {
			c.count = int(r.rate) * length
		}
	}
	for range o.rounds {
		for _, c := range all {
			r, err := c.round(ctx, m, c.count)
			if err != nil {
				return err
			}
			c.rounds = append(c.rounds, r)
		}
	}
	return nil
}

// round sends n touches and waits until all that follows from them is done:
// what a server puts off is its work, too.
func (c *contender) round(ctx context.Context, m *maker, n int) (*ingestRound, error) {
	l, err := m.load(c.child.addr(), n)
	if err != nil {
		return nil, err
	}
	machine, err := newMeter(c.child)
	if err != nil {
		return nil, err
	}
	before, err := c.child.cpu()
	if err != nil {
		return nil, err
	}
	r := &ingestRound{}
	if r.driven, err = drive(ctx, c.child.addr(), l, clients, 0); err != nil {
		return nil, fmt.Errorf("%s: %w", c.name, err)
	}
	c.sent += int64(n)
	if c.feed != nil {
		came, err := c.feed.await(c.sent)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		r.behind = max(came.Sub(r.end), 0)
		r.returns = c.feed.returns.Swap(0)
	}
	r.rate = float64(n) / (r.end.Sub(r.start) + r.behind).Seconds()
	after, err := c.child.cpu()
	if err != nil {
		return nil, err
	}
	r.cpu = (after - before) / time.Duration(n)
	if r.others, err = machine.others(); err != nil {
		return nil, err
	}
	r.memory, err = c.child.memory()
	return r, err
}

func (c *contender) stop() error {
	if c.feed != nil {
		c.feed.close()
	}
	return c.child.stop()
}
