package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/config"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/mongostore"
	"assay/server/internal/sqlitestore"
)

// store is what the server asks of either store.
type store interface {
	intake.Store
	desk.Store
	alert.Store
	auth.Store
	// Queue gives how many units of work wait, and how many may.
	Queue() (depth, capacity int)
	// Reads and Writes fail when the store takes none.
	Reads(context.Context) error
	Writes(context.Context) error
	Close() error
}

var (
	_ store = (*sqlitestore.Store)(nil)
	_ store = (*mongostore.Store)(nil)
)

// openStore opens the store that the configuration names, the embedded one alone
// where no other server may have it. Servers that share a
// MongoDB share their keys, or one would take every visitor for a stranger whom
// the others know: the database keeps a fingerprint of the first server's.
func openStore(ctx context.Context, c *config.Config, keys *config.Keys, alone bool) (store, error) {
	if c.MongoURI == "" {
		return sqlitestore.Open(c.DataDir, sqlitestore.Options{Alone: alone, Hurried: c.Hurried})
	}
	s, err := mongostore.Open(ctx, mongostore.Options{URI: c.MongoURI})
	if err != nil {
		return nil, err
	}
	print := sha256.Sum256(append(append([]byte("assay keys\x00"), keys.Identity...), keys.Session...))
	if err := s.Agree(ctx, hex.EncodeToString(print[:16])); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}
