package app

import (
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"assay/server/internal/config"
)

// running gives a server that serves until the test ends, with the log that it
// is given.
func running(t *testing.T, log *slog.Logger) *App {
	t.Helper()
	dir := t.TempDir()
	c := &config.Config{Addr: "127.0.0.1:0", DataDir: dir, KeyFile: filepath.Join(dir, "keys.json"), Demo: true}
	a, err := Open(t.Context(), c, log)
	if err != nil {
		t.Fatal(err)
	}
	ran := make(chan error, 1)
	go func() { ran <- a.Run(t.Context()) }() // the test's context ends before its cleanups
	t.Cleanup(func() {
		<-ran
		_ = a.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	for !a.ready.Load() {
		runtime.Gosched()
	}
	return a
}

// get asks for a path and gives status and body.
func get(t *testing.T, a *App, path string) (int, string) {
	t.Helper()
	answer, err := http.Get("http://" + a.Addr + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b)
}

// send posts a touch and gives the answer, its body read.
func send(t *testing.T, a *App, body string) *http.Response {
	t.Helper()
	answer, err := http.Post("http://"+a.Addr+"/v1/touches", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer
}

// ask is a touch of somebody who asks for a demo.
func ask(id, email string) string {
	return `{"id":"` + id + `","type":"submit","site":"demo","form":"book-a-demo","at":"` + time.Now().UTC().Format(time.RFC3339) +
		`","profile":{"email":"` + email + `","colour":"red"}}`
}

// unready wants a 503 for a reason, and the process to be alive all the same.
func unready(t *testing.T, a *App, reason string) {
	t.Helper()
	if status, body := get(t, a, "/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, `"reason":"`+reason+`"`) {
		t.Errorf("%d %s, want 503 for %s", status, body, reason)
	}
	if status, _ := get(t, a, "/healthz"); status != http.StatusOK {
		t.Errorf("alive: %d", status)
	}
}

func TestReadinessMeansThatAllThatServesWorks(t *testing.T) {
	a := running(t, slog.New(slog.DiscardHandler))
	if status, body := get(t, a, "/readyz"); status != http.StatusOK || body != `{"status":"ready"}`+"\n" {
		t.Fatalf("%d %s", status, body)
	}
	a.ready.Store(false) // as drain does first
	unready(t, a, "draining")
	a.ready.Store(true)
	if err := a.store.Close(); err != nil {
		t.Fatal(err)
	}
	unready(t, a, "store")
}

func TestAWorkerThatStandsStillForThirtySecondsIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p pulse
		if !p.still() {
			t.Error("a worker that never began goes round")
		}
		p.beat()
		time.Sleep(stillWithin) // of the bubble's clock
		if p.still() {
			t.Error("still after 30 s")
		}
		time.Sleep(time.Nanosecond)
		if !p.still() {
			t.Error("going round after more than 30 s")
		}
	})
}

func TestAStillWorkerIsNamed(t *testing.T) {
	long := time.Now().Add(-time.Minute)
	for reason, worker := range map[string]func(a *App) *pulse{
		"alerts":   func(a *App) *pulse { return &a.dispatch },
		"recovery": func(a *App) *pulse { return &a.recovery },
	} {
		a := running(t, slog.New(slog.DiscardHandler))
		a.workers() // both end here
		a.working.Wait()
		worker(a).at.Store(&long)
		unready(t, a, reason)
	}
}

func TestMetricsShowWhatHappened(t *testing.T) {
	a := running(t, slog.New(slog.DiscardHandler))
	post := func(body string) { send(t, a, body) }
	touch := ask("t1", "ann@northbeck.test")
	post(touch)
	post(touch)
	post(strings.Replace(touch, "submit", "marry", 1))
	post("{")
	get(t, a, "/v1/leads/ann-northbeck")
	get(t, a, "/ann-northbeck")
	status, text := get(t, a, "/metrics")
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	for _, want := range []string{
		"assay_touches_accepted_total 2", `assay_touches_total{verdict="unverified"} 1`, `assay_touches_total{verdict="suspect"} 0`,
		"assay_touches_duplicate_total 1", `assay_touches_refused_total{code="invalid_touch"} 1`, `assay_touches_refused_total{code="invalid_json"} 1`,
		"assay_unknown_members_total 3", "assay_store_queue_depth 0", "assay_store_queue_capacity 1024", "assay_subscribers 0", "assay_panics_total 0",
		`assay_request_duration_seconds_count{method="POST",route="/v1/touches",status="2xx"} 2`,
		`assay_request_duration_seconds_count{method="POST",route="/v1/touches",status="4xx"} 2`,
		`assay_request_duration_seconds_count{method="GET",route="/v1/leads/{id}",status="4xx"} 1`,
		`assay_request_duration_seconds_count{method="any",route="unknown",status="4xx"} 1`,
		`assay_worker_rounds_failed_total{worker="recovery"} 0`,
	} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(text, "northbeck") || strings.Contains(text, "demo\"") {
		t.Errorf("metrics tell of people or sites:\n%s", text)
	}
}
