package sqlitestore

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

// Migrations are numbered from 1 in the order of their file names. A released
// one is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// errOlderServer: a schema that a running server does not know would break it.
var errOlderServer = errors.New("sqlitestore: a running server of another version has this store: " +
	"use the assay of its version, or stop it first; when it only just began, try again")

// migrate applies those migrations that the file does not have yet, each in a
// transaction that also counts it, so that a crash between two loses nothing.
// mayNot tells why the file must stay as it is; it is asked when there is
// something to do.
func migrate(c *conn, mayNot func() error) error {
	files, err := migrationFiles()
	if err != nil {
		return fmt.Errorf("sqlitestore: migrate: %w", err)
	}
	have, err := schemaOf(c)
	if err != nil {
		return err
	}
	if have > len(files) {
		return fmt.Errorf("sqlitestore: the file has schema %d, this program knows %d: use the newer program", have, len(files))
	}
	if have < len(files) {
		// A large store is rewritten: what is sorted meanwhile is more than memory should hold.
		if err := c.once("PRAGMA temp_store = FILE"); err != nil {
			return fmt.Errorf("sqlitestore: migrate: %w", err)
		}
	}
	for i := have; i < len(files); i++ {
		if err := migrateTo(c, files[i], i+1, mayNot); err != nil {
			return fmt.Errorf("sqlitestore: migration %d: %w", i+1, err)
		}
	}
	return c.once("PRAGMA temp_store = MEMORY")
}

// migrationFiles gives the names of all migrations, the first one first.
func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

// migrateTo applies one migration, unless another process has meanwhile: only
// who may write sees for sure what the file has.
func migrateTo(c *conn, file string, number int, mayNot func() error) (err error) {
	if err := c.once("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.once("ROLLBACK"))
		}
	}()
	have, err := schemaOf(c)
	if err != nil {
		return err
	}
	if have < number {
		if err := mayNot(); err != nil {
			return err
		}
		if err := apply(c, file, number); err != nil {
			return err
		}
	}
	return c.once("COMMIT")
}

func schemaOf(c *conn) (number int, err error) {
	if err = c.row("PRAGMA user_version").Scan(&number); err != nil {
		err = fmt.Errorf("sqlitestore: read schema version: %w", err)
	}
	return number, err
}

func apply(c *conn, file string, number int) error {
	script, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	return c.once(fmt.Sprintf("%s;\nPRAGMA user_version = %d", script, number))
}
