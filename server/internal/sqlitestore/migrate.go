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
// mayNot tells why the file must stay as it is, and room whether the disk has so many
// bytes left; they are asked when there is something to do.
func migrate(c *conn, mayNot func() error, room func(bytes int64) error) error {
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
		if err := migrateTo(c, files[i], i+1, mayNot, room); err != nil {
			return fmt.Errorf("sqlitestore: migration %d: %w", i+1, err)
		}
		room = func(int64) error { return nil } // the first asked for them all
	}
	return c.once("PRAGMA temp_store = MEMORY")
}

// migrationFiles gives the names of all migrations, the first one first.
func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

// migrateTo applies one migration, unless another process has meanwhile: only
// who may write sees for sure what the file has.
func migrateTo(c *conn, file string, number int, mayNot func() error, room func(bytes int64) error) (err error) {
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
		bytes, err := growth(c, number)
		if err == nil {
			err = room(bytes)
		}
		if err != nil {
			return err
		}
		if err := apply(c, file, number); err != nil {
			return err
		}
	}
	return c.once("COMMIT")
}

// rewritten are the tables that a migration writes anew.
var rewritten = map[int][]string{7: {"leads"}, 8: {"touches", "identities"}}

// A table that is written anew stands in the log, with what overwrites the old one
// (secure_delete), and then in the file, beside the old one. The rest is new indexes:
// a part of the file.
const (
	timesRewritten = 3
	partOfFile     = 5
)

// selectSize adds up a table with its indexes.
const selectSize = `SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)`

// growth gives how many bytes of the disk the migrations from one on take at most: a
// store that stops half way serves no program. It was measured with files of leads
// alone, of touches alone, and of both.
func growth(c *conn, from int) (bytes int64, err error) {
	var file int64
	if err := c.row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&file); err != nil {
		return 0, fmt.Errorf("sqlitestore: read size: %w", err)
	}
	bytes = file / partOfFile
	for number, tables := range rewritten {
		if number < from {
			continue
		}
		for _, table := range tables {
			var size int64
			if err := c.row(selectSize, table).Scan(&size); err != nil {
				return 0, fmt.Errorf("sqlitestore: read size of %s: %w", table, err)
			}
			bytes += timesRewritten * size
		}
	}
	return bytes, nil
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
