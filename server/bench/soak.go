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

// mostGrowth is what the last third of a soak may need as a part of the middle
// third: memory that leaks grows on.
const mostGrowth = 1.10

// window is how long the load runs between two looks at the server.
const window = 10 * time.Second

// look is what a soak saw of the server at one time.
type look struct {
	state
	memory int64 // resident bytes
}

// soak sends half of what the server can take, for minutes.
func soak(ctx context.Context, args []string) (err error) {
	fs := flag.NewFlagSet("soak", flag.ContinueOnError)
	minutes := fs.Float64("minutes", 10, "how long")
	rate := fs.Int("rate", 0, "requests a second (default: half of what a short burst shows)")
	if err := fs.Parse(args); err != nil {
		return err
	}
	windows := int(*minutes * float64(time.Minute) / float64(window))
	if windows < 3 {
		return fmt.Errorf("-minutes=%g: want at least half a minute, to compare its thirds", *minutes)
	}
	dir, err := os.MkdirTemp("", "assay-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	o := ingestOptions{only: "assay"}
	all, err := o.contenders(dir)
	defer func() {
		for _, c := range all {
			err = errors.Join(err, c.stop())
		}
	}()
	if err != nil {
		return err
	}
	m, err := newMaker(filepath.Join(dir, "keys.json"))
	if err != nil {
		return err
	}
	server := all[0]
	if *rate == 0 {
		if *rate, err = server.half(ctx, m); err != nil {
			return err
		}
	}
	looks, err := server.soak(ctx, m, *rate, windows)
	if err != nil {
		return err
	}
	return printSoak(looks)
}

// half gives half of the rate that the server can take.
func (c *contender) half(ctx context.Context, m *maker) (int, error) {
	const warmup, burst = 4000, 20000
	if _, err := c.round(ctx, m, warmup); err != nil {
		return 0, err
	}
	r, err := c.round(ctx, m, burst)
	if err != nil {
		return 0, err
	}
	return int(r.rate / 2), nil
}

// soak sends a paced load, window by window, over connections that stay, and
// looks at the server after each. A window's requests are made while the one before runs.
func (c *contender) soak(ctx context.Context, m *maker, rate, windows int) (looks []look, err error) {
	p, err := dial(c.child.addr(), clients)
	if err != nil {
		return nil, err
	}
	defer p.close()
	ctx, stop := context.WithCancel(ctx)
	n := rate * int(window/time.Second)
	made, failed := make(chan *load), make(chan error, 1)
	go func() { failed <- c.make(ctx, m, made, n, windows) }()
	defer func() {
		stop()
		err = errors.Join(err, <-failed)
	}()
	fmt.Printf("soak: %d touches a second from %d connections for %s; p99 counts the wait of a request that starts late\n",
		rate, clients, time.Duration(windows)*window)
	fmt.Printf("  %8s %11s %8s %8s %14s %8s %9s %11s\n", "after", "requests/s", "p99 ms", "max ms", "alerts behind", "RSS MB", "live MB", "goroutines")
	for i := range windows {
		l, ok := <-made
		if !ok {
			return looks, ctx.Err()
		}
		d, err := p.drive(ctx, l, window/time.Duration(n))
		if err != nil {
			return looks, err
		}
		c.sent += int64(n)
		seen, err := c.look()
		if err != nil {
			return looks, err
		}
		looks = append(looks, seen)
		fmt.Printf("  %8s %11.0f %8.2f %8.1f %14d %8.0f %9.1f %11d\n", time.Duration(i+1)*window, float64(n)/d.end.Sub(d.start).Seconds(),
			ms(d.at(.99)), ms(d.at(1)), c.sent-c.feed.alerts.Load(), mb(seen.memory), mb(seen.Live), seen.Goroutines)
	}
	_, err = c.feed.await(c.sent)
	return looks, err
}

// make prepares the windows' requests, one window ahead.
func (c *contender) make(ctx context.Context, m *maker, made chan<- *load, n, windows int) error {
	defer close(made)
	for range windows {
		l, err := m.load(c.child.addr(), n)
		if err != nil {
			return err
		}
		select {
		case made <- l:
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

// look tells how the server is, without making it collect.
func (c *contender) look() (l look, err error) {
	if err := c.child.ask("state", &l.state); err != nil {
		return l, err
	}
	l.memory, err = c.child.memory()
	return l, err
}

// printSoak says whether the promises hold.
func printSoak(looks []look) error {
	return errors.Join(
		promise("soak: resident memory in the last third as a part of the middle third", "at most",
			growth(looks, func(l look) float64 { return float64(l.memory) }), mostGrowth, ""),
		promise("soak: goroutines in the last third as a part of the middle third", "at most",
			growth(looks, func(l look) float64 { return float64(l.Goroutines) }), mostGrowth, ""))
}

// growth gives the median of the last third as a part of that of the middle
// third. There must be three looks.
func growth(looks []look, f func(look) float64) float64 {
	third := len(looks) / 3
	last, middle := looks[len(looks)-third:], looks[len(looks)-2*third:len(looks)-third]
	return medianOf(last, f) / medianOf(middle, f)
}
