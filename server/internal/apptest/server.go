// Package apptest runs the whole server for tests: the real program on a free
// loopback port, over the real store in a folder of the test's own.
package apptest

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"assay/server/internal/app"
	"assay/server/internal/config"
	"assay/server/internal/sqlitetest"
)

// Password is that of the demo's people.
const Password = "correct horse battery staple"

// Server is a running server with the demo site.
type Server struct {
	*app.App
	Config config.Config

	t    *testing.T
	stop context.CancelFunc
	done chan error
}

// Start runs a server until the test ends, or Stop is called.
func Start(t *testing.T, change ...func(*config.Config)) *Server {
	t.Helper()
	dir := sqlitetest.Folder(t)
	s := &Server{t: t, Config: config.Config{Addr: "127.0.0.1:0", DataDir: dir, KeyFile: filepath.Join(dir, "keys.json"),
		Demo: true, DemoPassword: Password}}
	for _, f := range change {
		f(&s.Config)
	}
	if _, err := config.LoadKeys(s.Config.KeyFile); err != nil { // no server makes any for a store that is there
		t.Fatal(err)
	}
	s.start()
	t.Cleanup(func() { s.Stop() })
	return s
}

func (s *Server) start() {
	s.t.Helper()
	log := slog.New(slog.NewTextHandler(s.t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if s.App, err = app.Open(s.t.Context(), &s.Config, log); err != nil {
		s.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop, s.done = stop, make(chan error, 1)
	go func() { s.done <- s.Run(ctx) }()
}

// Stop drains and closes the server, as a signal would. It may be called again.
func (s *Server) Stop() {
	s.t.Helper()
	if s.stop == nil {
		return
	}
	s.stop()
	s.stop = nil
	if err := <-s.done; err != nil {
		s.t.Errorf("run: %v", err)
	}
	if err := s.Close(); err != nil {
		s.t.Errorf("close: %v", err)
	}
}

// Restart stops the server and starts another one on the same data.
func (s *Server) Restart() {
	s.t.Helper()
	s.Stop()
	s.start()
}

// Eventually waits for a condition, asking again and again; it fails the test
// with what was waited for after ten seconds.
func Eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("still not: %s", what)
		case <-again.C:
		}
	}
}
