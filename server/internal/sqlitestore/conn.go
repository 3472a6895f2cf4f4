package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
)

// conn is the writing connection with its prepared statements. It is used by
// one goroutine at a time.
type conn struct {
	c     *sql.Conn
	stmts map[string]*sql.Stmt // by their text; the texts are constants
}

func newConn(c *sql.Conn) *conn { return &conn{c: c, stmts: map[string]*sql.Stmt{}} }

func (c *conn) stmt(q string) (*sql.Stmt, error) {
	if st := c.stmts[q]; st != nil {
		return st, nil
	}
	st, err := c.c.PrepareContext(context.Background(), q)
	if err == nil {
		c.stmts[q] = st
	}
	return st, err
}

// exec runs a statement and gives the number of rows that it changed.
func (c *conn) exec(q string, args ...any) (int64, error) {
	r, err := c.run(q, args)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert runs a statement that inserts rows and gives the number of the last.
func (c *conn) insert(q string, args ...any) (int64, error) {
	r, err := c.run(q, args)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (c *conn) run(q string, args []any) (sql.Result, error) {
	st, err := c.stmt(q)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(context.Background(), args...)
}

// once runs a text, of several statements perhaps, that is not kept prepared.
func (c *conn) once(q string) error {
	_, err := c.c.ExecContext(context.Background(), q)
	return err
}

// scanner is one row, or the fault of reading it.
type scanner interface{ Scan(dest ...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// row runs a query for one row; the error is Scan's.
func (c *conn) row(q string, args ...any) scanner {
	st, err := c.stmt(q)
	if err != nil {
		return failed{err}
	}
	return st.QueryRowContext(context.Background(), args...)
}

// rows runs a query for many rows, which must be closed before anything else is
// done.
func (c *conn) rows(q string, args ...any) (*sql.Rows, error) {
	st, err := c.stmt(q)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(context.Background(), args...)
}

func (c *conn) close() error {
	var errs []error
	for _, st := range c.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, c.c.Close())...)
}
