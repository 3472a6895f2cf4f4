package sqlitestore

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Migrations are numbered from 1 in the order of their file names. A released
// one is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// errOlderServer: a schema that a running server does not know would break it.
var errOlderServer = errors.New("sqlitestore: a running server of another version has this store: " +
	"use the assay of its version, or stop it first; when it only just began, try again")

// upgrade brings the schema of a file up to date.
type upgrade struct {
	c      *conn
	files  []string         // of all migrations
	mayNot func() error     // tells why the file must stay as it is
	room   func(need) error // tells whether the disk has so much left
	asked  bool             // of the room, for all that there is to do
}

// migrate applies those migrations that the file does not have yet, each in a
// transaction that also counts it, so that a crash between two loses nothing; a file
// that is new gets them in one. What SQLite sorts meanwhile it puts into the file's
// folder, and nowhere else: it is contact data, and its room has been asked for. The
// pragma for that is deprecated and holds for all of the process; the other way, an
// environment variable, is read before we run.
func migrate(c *conn, dir string, mayNot func() error, room func(need) error) (err error) {
	u := upgrade{c: c, mayNot: mayNot, room: room}
	if u.files, err = migrationFiles(); err != nil {
		return fmt.Errorf("sqlitestore: migrate: %w", err)
	}
	have, err := schemaOf(c)
	if err != nil {
		return err
	}
	if err := knows(have, len(u.files)); err != nil {
		return err
	}
	if have > 0 && have < len(u.files) { // else there is nothing that memory should not hold
		sortIn := func(store, dir string) error {
			return c.once(fmt.Sprintf("PRAGMA temp_store = %s; PRAGMA temp_store_directory = '%s'", store, strings.ReplaceAll(dir, "'", "''")))
		}
		if err := sortIn("FILE", dir); err != nil {
			return fmt.Errorf("sqlitestore: migrate: %w", err)
		}
		defer func() { err = errors.Join(err, sortIn("MEMORY", "")) }()
	}
	for have < len(u.files) {
		if have, err = u.step(have); err != nil {
			return fmt.Errorf("sqlitestore: migration %d: %w", have+1, err)
		}
	}
	return nil
}

// migrationFiles gives the names of all migrations, the first one first.
func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

// step applies the next migration, or all of them to a new file, and gives the schema
// that the file has then. Another process may have done so meanwhile: only who may
// write sees for sure what the file has.
func (u *upgrade) step(have int) (_ int, err error) {
	if err := u.c.once("BEGIN IMMEDIATE"); err != nil {
		return have, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, u.c.once("ROLLBACK"))
		}
	}()
	if have, err = schemaOf(u.c); err != nil {
		return have, err
	}
	if err := knows(have, len(u.files)); err != nil {
		return have, err
	}
	if have < len(u.files) {
		if err := u.allowed(have); err != nil {
			return have, err
		}
	}
	last := min(have+1, len(u.files))
	if have == 0 {
		last = len(u.files)
	}
	for ; have < last; have++ {
		if err := apply(u.c, u.files[have], have+1); err != nil {
			return have, err
		}
	}
	return have, u.c.once("COMMIT")
}

// knows tells why a file is left alone: a newer program has changed its schema, and
// what this one wrote there would be wrong.
func knows(have, known int) error {
	if have > known {
		return fmt.Errorf("sqlitestore: the file has schema %d, this program knows %d: use the newer program", have, known)
	}
	return nil
}

// stillKnown looks whether a newer program has changed the schema of an open file.
func stillKnown(c *conn) error {
	files, err := migrationFiles()
	if err != nil {
		return err
	}
	have, err := schemaOf(c)
	if err != nil {
		return err
	}
	return knows(have, len(files))
}

// allowed tells why the file cannot be changed. The room for all that there is to do
// is asked for before the first of it is done.
func (u *upgrade) allowed(have int) error {
	if err := u.mayNot(); err != nil || have == 0 || u.asked {
		return err
	}
	u.asked = true
	need, err := growth(u.c, have+1)
	if err != nil {
		return err
	}
	return u.room(need)
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
