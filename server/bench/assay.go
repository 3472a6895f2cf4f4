package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"assay/server/internal/app"
	"assay/server/internal/config"
	"assay/server/internal/demo"
)

// password is that of the demo's people in servers that are measured.
const password = "not a secret: the benchmark's"

// rep is who listens.
const rep = demo.Guide

// people are who can sign in.
var people = []string{demo.Guide, "rep2@demo.test", "marketer@demo.test", "admin@demo.test"}

// serveAssay runs the whole server with the demo site on a free port, as
// bin/assay would, its log included, but for a profile that can be taken of it.
func serveAssay(s *settings) (*served, error) {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	c := &config.Config{Addr: "127.0.0.1:0", DataDir: filepath.Join(s.dir, "assay"), KeyFile: s.keys, Demo: true, DemoPassword: password}
	ctx, stop := context.WithCancel(context.Background())
	a, err := app.Open(ctx, c, log)
	if err != nil {
		stop()
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	return &served{url: a.URL, close: func() error {
		stop()
		return errors.Join(<-ended, a.Close())
	}}, nil
}
