package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// reader is the pool of read-only connections with its prepared statements. A place
// is taken for each read, so that one waits for a connection here alone.
type reader struct {
	db    *sql.DB
	taken chan struct{} // holds one for each connection in use
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

func openReader(path string, conns int) (*reader, error) {
	db, err := sql.Open("sqlite", readerDSN(path))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: open for reading: %w", err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := db.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("sqlitestore: open for reading: %w", err), db.Close())
	}
	return &reader{db: db, taken: make(chan struct{}, conns), stmts: map[string]*sql.Stmt{}}, nil
}

// stmt prepares a query once. Queries are made of a fixed number of parts, so
// that there are never many.
func (r *reader) stmt(ctx context.Context, q string) (*sql.Stmt, error) {
	r.mu.RLock()
	st := r.stmts[q]
	r.mu.RUnlock()
	if st != nil {
		return st, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if st := r.stmts[q]; st != nil {
		return st, nil
	}
	st, err := r.db.PrepareContext(ctx, q)
	if err == nil {
		r.stmts[q] = st
	}
	return st, err
}

// enter takes a connection's place, which leave gives back, or fails when the
// context ends before one is free.
func (r *reader) enter(ctx context.Context) error {
	select {
	case r.taken <- struct{}{}:
		return nil
	default:
	}
	select {
	case r.taken <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *reader) leave() { <-r.taken }

// row runs a query for one row, which must be scanned; the error is Scan's.
func (r *reader) row(ctx context.Context, q string, args ...any) scanner {
	return r.rowAfter(ctx, ctx, q, args...)
}

// rowAfter is row with another context for the time until it has a connection.
func (r *reader) rowAfter(wait, ctx context.Context, q string, args ...any) scanner {
	if err := r.enter(wait); err != nil {
		return failed{err}
	}
	st, err := r.stmt(ctx, q)
	if err != nil {
		r.leave()
		return failed{err}
	}
	return leaving{st.QueryRowContext(ctx, args...), r}
}

// leaving gives its connection's place back once it is scanned.
type leaving struct {
	row *sql.Row
	r   *reader
}

// Scan is scanner's.
func (l leaving) Scan(dest ...any) error {
	defer l.r.leave()
	return l.row.Scan(dest...)
}

// each runs a query and calls f for each of its rows. f reads nothing else: four
// that each waited for a second connection would wait for ever.
func (r *reader) each(ctx context.Context, f func(row scanner) error, q string, args ...any) error {
	return r.eachAfter(ctx, ctx, f, q, args...)
}

// eachAfter is each with another context for the time until it has a connection.
func (r *reader) eachAfter(wait, ctx context.Context, f func(row scanner) error, q string, args ...any) error {
	if err := r.enter(wait); err != nil {
		return err
	}
	defer r.leave()
	st, err := r.stmt(ctx, q)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *reader) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var errs []error
	for _, st := range r.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, r.db.Close())...)
}
