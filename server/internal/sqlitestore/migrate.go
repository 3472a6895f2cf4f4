package sqlitestore

import (
	"embed"
	"fmt"
	"io/fs"
)

// Migrations are numbered from 1 in the order of their file names. A released
// one is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies those migrations that the file does not have yet, each in a
// transaction that also counts it, so that a crash between two loses nothing.
func migrate(c *conn) error {
	files, err := migrationFiles()
	if err != nil {
		return fmt.Errorf("sqlitestore: migrate: %w", err)
	}
	var have int
	if err := c.row("PRAGMA user_version").Scan(&have); err != nil {
		return fmt.Errorf("sqlitestore: read schema version: %w", err)
	}
	if have > len(files) {
		return fmt.Errorf("sqlitestore: the file has schema %d, this program knows %d", have, len(files))
	}
	for i := have; i < len(files); i++ {
		if err := apply(c, files[i], i+1); err != nil {
			return fmt.Errorf("sqlitestore: migration %d: %w", i+1, err)
		}
	}
	return nil
}

// migrationFiles gives the names of all migrations, the first one first.
func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

func apply(c *conn, file string, number int) error {
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	return c.once(fmt.Sprintf("BEGIN IMMEDIATE;\n%s;\nPRAGMA user_version = %d;\nCOMMIT", script, number))
}
