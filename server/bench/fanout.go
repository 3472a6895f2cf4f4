package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Promises of fan-out, as parts of the yardstick's figures.
const (
	mostFanoutTime = 1.15
	mostFanoutCPU  = 1.6
)

// fanRound is what some alerts showed, one after the other.
type fanRound struct {
	first, last []time.Duration // from the publishing to the first and the last receipt, ascending
	post        []time.Duration // the last receipt, from when the touch was sent; of the yardstick it is last
	cpu         time.Duration   // of the server, per delivery
	others      float64         // share of the machine that other programs used
}

func (r *fanRound) time() float64 { return ms(percentile(r.last, .5)) }

// fanServer is a server whose fan-out is measured.
type fanServer struct {
	name    string
	child   *child
	path    string
	cookies []string
	publish func(ctx context.Context) (sent, published time.Time, err error)
	size    int // of the last alert in bytes
	rounds  []*fanRound
}

// fanout measures one alert to many sockets beside the yardstick.
func fanout(ctx context.Context, args []string) (err error) {
	fs := flag.NewFlagSet("fanout", flag.ContinueOnError)
	rounds := fs.Int("rounds", 5, "rounds of each server")
	alerts := fs.Int("alerts", 20, "alerts of a round")
	sockets := fs.Int("sockets", 5000, "open sockets")
	profile := fs.String("cpuprofile", "", "file for a CPU profile of assay's server")
	if err := fs.Parse(args); err != nil {
		return err
	}
	floor, assay, stop, err := fanServers(*profile)
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	for range *rounds {
		for _, s := range []*fanServer{assay, floor} { // the floor's messages are as long as the server's last alert
			floor.size = max(assay.size, 1)
			r, err := s.round(ctx, *sockets, *alerts)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			s.rounds = append(s.rounds, r)
		}
	}
	return printFanout(floor, assay, *sockets)
}

// fanServers starts both servers in a folder of their own.
func fanServers(profile string) (floor, assay *fanServer, stop func() error, err error) {
	var children []*child
	dir, err := os.MkdirTemp("", "assay-bench-")
	stop = func() error {
		var faults []error
		for _, c := range children {
			faults = append(faults, c.stop())
		}
		return errors.Join(append(faults, os.RemoveAll(dir))...)
	}
	if err != nil {
		return nil, nil, stop, err
	}
	floor, assay = &fanServer{name: "floor", path: "/", cookies: []string{"none=none"}}, &fanServer{name: "assay", path: "/v1/alerts/stream"}
	keys := filepath.Join(dir, "keys.json")
	for kind, s := range map[string]*fanServer{"bare-fanout": floor, "assay": assay} {
		told := settings{dir: dir, keys: keys}
		if s == assay {
			told.profile = profile
		}
		if s.child, err = startChild(kind, told); err != nil {
			return nil, nil, stop, err
		}
		children = append(children, s.child)
	}
	for _, email := range people {
		cookie, err := signIn(assay.child.url, email)
		if err != nil {
			return nil, nil, stop, err
		}
		assay.cookies = append(assay.cookies, cookie)
	}
	m, err := newMaker(keys)
	if err != nil {
		return nil, nil, stop, err
	}
	floor.publish, assay.publish = floor.say, func(ctx context.Context) (time.Time, time.Time, error) { return assay.post(ctx, m) }
	return floor, assay, stop, nil
}

// say publishes one message of the yardstick's.
func (s *fanServer) say(context.Context) (sent, published time.Time, err error) {
	var at int64
	err = s.child.ask(fmt.Sprintf("publish %d", s.size), &at)
	return time.Unix(0, at), time.Unix(0, at), err
}

// post publishes an alert as everybody does: by a buyer's touch. It counts as
// published when the touch is answered, by when its alert waits in the store.
func (s *fanServer) post(ctx context.Context, m *maker) (sent, published time.Time, err error) {
	l, err := m.load(s.child.addr(), 1)
	if err != nil {
		return sent, published, err
	}
	d, err := drive(ctx, s.child.addr(), l, 1, 0)
	if err != nil {
		return sent, published, err
	}
	return d.start, d.end, nil
}

// connect opens sockets to the server, in a process of their own.
func (s *fanServer) connect(sockets int) (*child, error) {
	r, err := startChild("receivers", settings{})
	if err != nil {
		return nil, err
	}
	err = r.ask(fmt.Sprintf("connect %d %s %s %s", sockets, s.child.url, s.path, strings.Join(s.cookies, " ")), &nothing{})
	if err != nil {
		return nil, errors.Join(err, r.stop())
	}
	return r, nil
}

// round connects, and measures some alerts after two that nobody counts. It
// ends before the server's first ping.
func (s *fanServer) round(ctx context.Context, sockets, alerts int) (_ *fanRound, err error) {
	receivers, err := s.connect(sockets)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, receivers.stop(), s.alone()) }()
	for range 2 {
		if err := s.alert(ctx, receivers, &fanRound{}); err != nil {
			return nil, err
		}
	}
	machine, err := newMeter(s.child, receivers)
	if err != nil {
		return nil, err
	}
	before, err := s.child.cpu()
	if err != nil {
		return nil, err
	}
	r := &fanRound{}
	for range alerts {
		if err := s.alert(ctx, receivers, r); err != nil {
			return nil, err
		}
	}
	after, err := s.child.cpu()
	if err != nil {
		return nil, err
	}
	r.cpu = (after - before) / time.Duration(alerts*sockets)
	r.sort()
	r.others, err = machine.others()
	return r, err
}

// alert publishes one alert and notes when it arrived.
func (s *fanServer) alert(ctx context.Context, receivers *child, r *fanRound) error {
	if err := receivers.ask("expect", &nothing{}); err != nil {
		return err
	}
	sent, published, err := s.publish(ctx)
	if err != nil {
		return err
	}
	var a arrival
	if err := receivers.ask("wait", &a); err != nil {
		return err
	}
	s.size = a.Size
	first, last := time.Unix(0, a.First), time.Unix(0, a.Last)
	if first.Before(published) { // the answer was read late: it came no later than the first alert
		published = first
	}
	r.first = append(r.first, first.Sub(published))
	r.last = append(r.last, last.Sub(published))
	r.post = append(r.post, last.Sub(sent))
	return nil
}

// alone waits until the server has noticed that everybody left.
func (s *fanServer) alone() error {
	for late := time.Now().Add(patience); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		var now state
		if err := s.child.ask("free", &now); err != nil {
			return err
		}
		if now.Goroutines < 100 {
			return nil
		}
	}
	return errors.New("sockets stay open although their clients are gone")
}
