package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Contents is what a store's file holds.
type Contents struct {
	Bytes   int64 // of the file
	Schema  int   // the number of migrations that it has seen
	Leads   int64 // contacts at any stage
	Touches int64
}

// Check reads a file that no server uses, and fails when it is damaged, is no
// store of ours, or has the schema of a newer program.
func Check(ctx context.Context, path string) (*Contents, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", snapshotDSN(whole))
	if err != nil {
		return nil, err
	}
	c := &Contents{Bytes: info.Size()}
	if err := errors.Join(c.read(ctx, db), db.Close()); err != nil {
		return nil, fmt.Errorf("%s is no sound store: %w", path, err)
	}
	return c, nil
}

func (c *Contents) read(ctx context.Context, db *sql.DB) error {
	var found string // the first of at most 100 faults
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("it is damaged: %s", found)
	}
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&c.Schema); err != nil {
		return err
	}
	if err := knownSchema(c.Schema); err != nil {
		return err
	}
	return db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM leads), (SELECT count(*) FROM touches)`).Scan(&c.Leads, &c.Touches)
}

// knownSchema fails for a schema that this program cannot bring up to date.
func knownSchema(number int) error {
	files, err := migrationFiles()
	switch {
	case err != nil:
		return err
	case number == 0:
		return errors.New("it holds no store")
	case number > len(files):
		return fmt.Errorf("it has schema %d, and this program knows up to %d: use the newer program", number, len(files))
	}
	return nil
}
