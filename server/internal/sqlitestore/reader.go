package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// reader is the pool of read-only connections with its prepared statements.
type reader struct {
	db    *sql.DB
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
	return &reader{db: db, stmts: map[string]*sql.Stmt{}}, nil
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

// row runs a query for one row; the error is Scan's.
func (r *reader) row(ctx context.Context, q string, args ...any) scanner {
	st, err := r.stmt(ctx, q)
	if err != nil {
		return failed{err}
	}
	return st.QueryRowContext(ctx, args...)
}

// each runs a query and calls f for each of its rows.
func (r *reader) each(ctx context.Context, f func(row scanner) error, q string, args ...any) error {
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
