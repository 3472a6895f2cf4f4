package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/config"
	"assay/server/internal/desk"
	"assay/server/internal/install"
	"assay/server/internal/intake"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
)

// Tools are what commands work with, also beside a running server on the same
// store: its workers tell reps what commands leave to be told.
type Tools struct {
	Auth   *auth.Service
	Sites  *catalog.Catalog
	Intake *intake.Service
	Desk   *desk.Service
	// Shared: a server has the embedded store too, and waits while a command
	// writes.
	Shared bool

	store  store
	folder string // of the embedded store, or ""
}

// OpenTools opens the store of a configuration for a command. Unless it is to be
// made, the store and its keys must be there.
func OpenTools(ctx context.Context, c *config.Config, make bool) (*Tools, error) {
	loaded, err := serverKeys(c, make)
	if err != nil {
		return nil, err
	}
	s, err := openStore(ctx, c, loaded, false)
	if err != nil {
		return nil, err
	}
	shared := false
	if c.MongoURI == "" {
		if shared, err = sqlitestore.InUse(c.DataDir); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	lists, err := mailLists()
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	sites := catalog.New(s, lists, time.Now)
	untold := func(string) {}
	return &Tools{Auth: auth.New(s, false, time.Now), Sites: sites, Shared: shared, store: s, folder: storeFolder(c),
		Intake: intake.New(s, intake.Keys{Session: loaded.Session, Identity: loaded.Identity}, time.Now, untold),
		Desk:   desk.New(s, sites, time.Now, untold)}, nil
}

// serverKeys reads the server's keys. With others, nobody who is known would be
// recognised: keys are made for a new store alone, and a MongoDB that knows other
// ones refuses them.
func serverKeys(c *config.Config, make bool) (*config.Keys, error) {
	if c.MongoURI != "" && make {
		return config.LoadKeys(c.KeyFile)
	}
	if c.MongoURI == "" {
		_, err := os.Stat(filepath.Join(c.DataDir, sqlitestore.File))
		switch {
		case errors.Is(err, fs.ErrNotExist) && make:
			return config.LoadKeys(c.KeyFile)
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("there is no store in %s: name its folder with -data-dir", c.DataDir)
		case err != nil:
			return nil, err
		}
	}
	keys, err := config.ReadKeys(c.KeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: name the key file that this store's server made with -keys, or bring it back from a backup", err)
	}
	return keys, err
}

// AddSite makes a site with the starter model published.
func (t *Tools) AddSite(ctx context.Context, s *auth.Site) error {
	starter, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		return err
	}
	s.Model, s.Models = starter.Version, map[string][]byte{starter.Version: modeling.StarterSource}
	return t.Auth.AddSite(ctx, s)
}

// Installer gives what checks customers' pages for a server at a public address;
// local lets it check pages on this machine, too.
func (t *Tools) Installer(public string, local bool) (*install.Checker, error) {
	return installer(public, local, t.folder)
}

// Close finishes what is being written.
func (t *Tools) Close() error { return t.store.Close() }
