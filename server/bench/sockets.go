package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
)

// mostPerSocket is the promise: resident KB of the server for each idle socket.
const mostPerSocket = 13

// held is what open sockets cost a server.
type held struct {
	idle, used float64 // resident KB per socket: opened, and after some alerts
	goroutines float64 // per socket
}

// sockets measures the memory of idle sockets beside the yardstick. Each round
// has servers of its own, since a process gives little back.
func sockets(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("sockets", flag.ContinueOnError)
	rounds := fs.Int("rounds", 3, "rounds of each server")
	n := fs.Int("sockets", 5000, "open sockets")
	if err := fs.Parse(args); err != nil {
		return err
	}
	fmt.Printf("sockets: resident memory of the server for each of %d, after a full collection\n", *n)
	fmt.Printf("  %-6s %6s %12s %20s %12s\n", "server", "round", "idle KB", "after 5 alerts KB", "goroutines")
	var server []*held
	for round := range *rounds {
		floor, assay, stop, err := fanServers("")
		for _, s := range []*fanServer{floor, assay} {
			if err != nil {
				break
			}
			var h *held
			if h, err = s.hold(ctx, *n); err != nil {
				break
			}
			fmt.Printf("  %-6s %6d %12.1f %20.1f %12.1f\n", s.name, round+1, h.idle, h.used, h.goroutines)
			if s == assay {
				server = append(server, h)
			}
		}
		if err := errors.Join(err, stop()); err != nil {
			return err
		}
	}
	return promise("sockets: the server's median memory for an idle socket", "at most",
		medianOf(server, func(h *held) float64 { return h.idle }), mostPerSocket, " KB")
}

// hold opens sockets and weighs the server before, then, and after some alerts.
func (s *fanServer) hold(ctx context.Context, n int) (_ *held, err error) {
	if s.size = 1000; s.name == "assay" { // an alert first: what alerts need once is no socket's
		if _, _, err := s.publish(ctx); err != nil {
			return nil, err
		}
	}
	before, alone, err := s.weight()
	if err != nil {
		return nil, err
	}
	receivers, err := s.connect(n)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, receivers.stop()) }()
	idle, crowded, err := s.weight()
	if err != nil {
		return nil, err
	}
	for range 5 {
		if err := s.alert(ctx, receivers, &fanRound{}); err != nil {
			return nil, err
		}
	}
	used, _, err := s.weight()
	each := func(bytes int64) float64 { return float64(bytes-before) / 1024 / float64(n) }
	return &held{each(idle), each(used), float64(crowded-alone) / float64(n)}, err
}

// weight gives the server's resident memory after it gave back what it could.
func (s *fanServer) weight() (bytes int64, goroutines int, err error) {
	var now state
	if err := s.child.ask("free", &now); err != nil {
		return 0, 0, err
	}
	bytes, err = s.child.memory()
	return bytes, now.Goroutines, err
}
