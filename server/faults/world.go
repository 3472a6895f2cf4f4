package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// password is that of the demo's people in servers that are tried.
const password = "not a secret: the fault suite's"

// emails are whom the feed is open for, of every role that works.
var emails = []string{"rep@demo.test", "rep2@demo.test", "marketer@demo.test", "admin@demo.test"}

// world is one or two servers over one store, and everybody who has to do with
// them: visitors, reps, and what all of them know.
type world struct {
	*counts
	codes   *tally
	dir     string // of all files
	rng     *rand.Rand
	client  *http.Client
	servers []*process
	crowd   *crowd
	reps    []*rep
	board   board
	history *history
	answers chan struct{}  // gets something when a touch is accepted and somebody waits for that
	quiet   int64          // goroutines of the first server before there was any load
	after   func() error   // what is left to look at once all was checked; may be nil
	ends    []func() error // what else ends with the world

	mu    sync.Mutex
	found []string // violations in words
	stop  context.CancelFunc
	load  sync.WaitGroup // visitors and those who claim
	feeds sync.WaitGroup // reps
	hang  context.CancelFunc
}

// answerWithin is how long a client waits for an answer: longer than a server
// may take over a request.
const answerWithin = 15 * time.Second

// newWorld makes a world of n servers, which are not started yet.
func (s *suite) newWorld(t *trial, n int) (*world, error) {
	dir, err := os.MkdirTemp(s.dir, t.name+"-")
	if err != nil {
		return nil, err
	}
	w := &world{counts: t.counts, codes: t.codes, dir: dir, rng: t.rng, history: newHistory(), answers: make(chan struct{}), board: board{known: map[string]bool{}},
		client: &http.Client{Timeout: answerWithin, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	keys := filepath.Join(dir, "keys.json")
	if w.crowd, err = newCrowd(keys, filepath.Base(dir)); err != nil {
		return nil, err
	}
	for i := range n {
		name := fmt.Sprintf("server-%d", i+1)
		w.servers = append(w.servers, &process{name: name, kind: kindServer, binary: s.binary, logFile: filepath.Join(dir, name+".log"),
			settings: settings{dir: filepath.Join(dir, name), keys: keys, password: password}})
	}
	return w, nil
}

// open starts the servers, and then the reps' feeds.
func (w *world) open() error {
	for _, p := range w.servers {
		if err := p.start(); err != nil {
			return err
		}
	}
	ctx, hang := context.WithCancel(context.Background())
	w.hang = hang
	for _, email := range emails {
		r, err := w.newRep(email)
		if err != nil {
			return err
		}
		w.reps = append(w.reps, r)
		w.feeds.Go(func() { r.listen(ctx) })
	}
	return nil
}

// pressure is how much load there is.
type pressure struct {
	visitors int
	visit    time.Duration // each one's pause after a person
	claim    time.Duration // pause after a race for a lead
}

// begin puts the servers under load until settle.
func (w *world) begin(p pressure) {
	ctx, stop := context.WithCancel(context.Background())
	w.stop = stop
	for range p.visitors {
		rng := w.fork()
		w.load.Go(func() { w.visit(ctx, rng, p.visit) })
	}
	rng := w.fork()
	w.load.Go(func() { w.race(ctx, rng, p.claim) })
}

// fork gives randomness for one more goroutine.
func (w *world) fork() *rand.Rand { return rand.New(rand.NewPCG(w.rng.Uint64(), w.rng.Uint64())) }

// close ends everything: the servers in peace, which have to leave nothing
// behind.
func (w *world) close() {
	if w.stop != nil {
		w.stop()
		w.load.Wait()
	}
	for _, p := range w.servers {
		if p.url.Load() == nil {
			p.kill()
		} else if err := p.terminate(); err != nil {
			w.violate(&w.other, "%v", err)
		}
		if p.settings.mongo != "" {
			continue
		}
		if err := w.findAll(p); err != nil {
			w.violate(&w.other, "what %s left: %v", p.name, err)
		}
	}
	w.readLogs()
	if w.hang != nil {
		w.hang()
		w.feeds.Wait()
	}
	w.client.CloseIdleConnections()
	for _, end := range w.ends {
		if err := end(); err != nil {
			w.violate(&w.other, "%v", err)
		}
	}
}

// anyURL gives the address of one of the servers that serve now, or "".
func (w *world) anyURL() string {
	up := make([]string, 0, 2)
	for _, p := range w.servers {
		if url := p.url.Load(); url != nil {
			up = append(up, *url)
		}
	}
	if len(up) == 0 {
		return ""
	}
	return up[rand.IntN(len(up))]
}

// tally counts things by name.
type tally struct {
	mu sync.Mutex
	n  map[string]int
}

func (t *tally) add(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == nil {
		t.n = map[string]int{}
	}
	t.n[name]++
}

// String gives all of them, sorted.
func (t *tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := ""
	for _, name := range slices.Sorted(maps.Keys(t.n)) {
		text += fmt.Sprintf("; %s: %d", name, t.n[name])
	}
	if text == "" {
		return "none"
	}
	return text[2:]
}
