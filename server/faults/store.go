package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// gentle is the load that the stand-in for MongoDB bears: each of its reads
// looks at every document.
var gentle = pressure{visitors: 4, visit: 40 * millisecond, claim: 60 * millisecond}

// mongo starts the stand-in for MongoDB. End must be called.
func (s *suite) mongo() (p *process, end func() error, err error) {
	dir, err := os.MkdirTemp(s.dir, "mongo-")
	if err != nil {
		return nil, nil, err
	}
	p = &process{name: "MongoDB's stand-in", kind: kindStandIn, binary: s.binary, logFile: filepath.Join(dir, "log"), settings: settings{dir: dir}}
	return p, p.terminate, p.start()
}

// uri is the connection string of a world's database at an address. The
// stand-in can hang when it has more than 40 connections.
func (w *world) uri(addr string) string {
	return "mongodb://" + addr + "/" + strings.ReplaceAll(filepath.Base(w.dir), "-", "_") + "?maxPoolSize=12&directConnection=true"
}

// tryStore disturbs the connections of two servers to their store.
func (s *suite) tryStore(t *trial) (err error) {
	store, end, err := s.mongo()
	if err != nil {
		return err
	}
	defer func() { err = joined(err, end()) }()
	for range t.rounds {
		var lines []*line
		err := s.round(t, 2, gentle, func(w *world) (err error) {
			lines, err = w.connect(*store.url.Load())
			return err
		}, func(w *world) error { return w.disturb(lines) })
		if err != nil {
			return err
		}
	}
	return nil
}

// line is a server's way to its store.
type line struct{ proxy *toxiproxy.Proxy }

// connect gives each server a line of its own.
func (w *world) connect(store string) (lines []*line, err error) {
	zerolog.SetGlobalLevel(zerolog.Disabled) // toxics have a logger of their own
	api := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	for _, p := range w.servers {
		l := &line{toxiproxy.NewProxy(api, p.name, "127.0.0.1:0", store)}
		if err := l.proxy.Start(); err != nil {
			return lines, err
		}
		w.ends = append(w.ends, func() error {
			l.proxy.Stop()
			return nil
		})
		p.settings.mongo = w.uri(l.proxy.Listen)
		lines = append(lines, l)
	}
	return lines, nil
}

// disturbances are what happens to lines: toxics of toxiproxy, and the empty
// one, which cuts them off.
var disturbances = []struct {
	name       string
	toxic      string
	attributes map[string]int
}{
	{"cut", "", nil},
	{"slow", "latency", map[string]int{"latency": 150, "jitter": 100}},   // ms
	{"narrow", "bandwidth", map[string]int{"rate": 20}},                  // KB/s
	{"reset", "reset_peer", map[string]int{"timeout": 20}},               // ms
	{"ends amid a message", "limit_data", map[string]int{"bytes": 3000}}, // then the connection ends
	{"silent", "timeout", map[string]int{"timeout": 0}},                  // nothing passes, and nothing ends
}

// disturb has several disturbances come and go, of one server or of both.
func (w *world) disturb(lines []*line) error {
	const times = 4
	w.rounds.Add(1)
	for range times {
		w.pause(100, 400)
		hit := lines
		if w.rng.IntN(2) == 0 {
			i := w.rng.IntN(len(lines))
			hit = lines[i : i+1]
		}
		d := disturbances[w.rng.IntN(len(disturbances))]
		direction := []string{"upstream", "downstream"}[w.rng.IntN(2)]
		for _, l := range hit {
			if err := l.harm(d.toxic, direction, d.attributes); err != nil {
				return err
			}
			w.injected.Add(1)
		}
		w.codes.add("line " + d.name + " " + direction)
		w.pause(200, 900)
		for _, l := range hit {
			if err := l.heal(d.toxic); err != nil {
				return err
			}
		}
	}
	w.pause(100, 400)
	return nil
}

const toxicName = "harm"

func (l *line) harm(toxic, direction string, attributes map[string]int) error {
	if toxic == "" {
		l.proxy.Stop()
		return nil
	}
	b, err := json.Marshal(map[string]any{"name": toxicName, "type": toxic, "stream": direction, "attributes": attributes})
	if err != nil {
		return err
	}
	if _, err := l.proxy.Toxics.AddToxicJson(strings.NewReader(string(b))); err != nil {
		return fmt.Errorf("toxic %s: %w", b, err)
	}
	return nil
}

func (l *line) heal(toxic string) error {
	if toxic == "" {
		return l.proxy.Start()
	}
	return l.proxy.Toxics.RemoveToxic(context.Background(), toxicName)
}
