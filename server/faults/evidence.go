package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// mostFound is how many violations of a world are kept in words.
const mostFound = 200

// violate notes a violation of some kind.
func (w *world) violate(kind *atomic.Int64, format string, args ...any) {
	kind.Add(1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.found) < mostFound {
		w.found = append(w.found, fmt.Sprintf(format, args...))
	}
}

// violated gives the violations in words.
func (w *world) violated() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.found...)
}

// alarming is what no server may ever log, whatever happens to it.
var alarming = []string{"DATA RACE", "panic", "fatal error:"}

// readLogs looks for it.
func (w *world) readLogs() {
	for _, p := range w.servers {
		log, err := os.ReadFile(p.logFile)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			w.violate(&w.other, "%v", err)
		}
		for line := range strings.Lines(string(log)) {
			if slices.ContainsFunc(alarming, func(text string) bool { return strings.Contains(line, text) }) {
				w.violate(&w.other, "%s logged: %s", p.name, strings.TrimSpace(line))
			}
		}
	}
}

// keep writes what shows a violation beside the servers' logs and data, which
// stay where they are.
func (w *world) keep() error {
	var faults []error
	faults = append(faults, os.WriteFile(filepath.Join(w.dir, "violations.txt"), []byte(strings.Join(w.violated(), "\n")+"\n"), 0o600))
	for _, r := range w.reps {
		r.mu.Lock()
		seen := r.seen
		r.mu.Unlock()
		faults = append(faults, w.write("seen-"+r.email+".json", seen))
	}
	type sent struct {
		ID       string
		Tries    int32
		Accepted bool
	}
	people := map[string][]sent{}
	for _, p := range w.crowd.all() {
		for _, t := range p.touches {
			people[p.email] = append(people[p.email], sent{t.id, t.tries.Load(), t.accepted.Load()})
		}
	}
	return errors.Join(append(faults, w.write("touches.json", people))...)
}

func (w *world) write(name string, v any) error {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, name), b, 0o600)
}
