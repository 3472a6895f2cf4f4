package sqlitestore

import (
	"errors"
	"fmt"

	"assay/server/internal/lead"
)

var _ lead.Tx = (*tx)(nil)

// tx is one unit of work under its savepoint.
type tx struct {
	c    *conn
	site string
	held []*heldTouch
	err  error // the first fault of the database

	lately *lately
	sieve  *sieve
	young  *young
	number uint64 // of the transaction
	leads  int    // that it inserted
}

// wrote tells drafts that a key has another value from this transaction on.
func (t *tx) wrote(key uint64) { t.lately.wrote(key, t.number) }

// wroteAll tells them that more has than can be named.
func (t *tx) wroteAll() { t.lately.everything(t.number) }

// fault notes a fault of the database and says what was being done.
func (t *tx) fault(doing string, err error) error {
	err = fmt.Errorf("sqlitestore: %s: %w", doing, err)
	if t.err == nil {
		t.err = err
	}
	return err
}

// exec runs a statement and gives the number of rows that it changed. After a fault
// it runs none: SQLite may have ended the transaction, and would keep it for good.
func (t *tx) exec(doing, q string, args ...any) (int64, error) {
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.c.exec(q, args...)
	if err != nil {
		return 0, t.fault(doing, err)
	}
	return n, nil
}

// insert runs a statement that inserts rows and gives the number of the last.
func (t *tx) insert(doing, q string, args ...any) (int64, error) {
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.c.insert(q, args...)
	if err != nil {
		return 0, t.fault(doing, err)
	}
	return n, nil
}

// Lead is lead.Tx's.
func (t *tx) Lead(id string) (*lead.Lead, error) {
	l, err := scanLead(t.c.row(selectLead, t.site, id), t.site)
	if err != nil && !errors.Is(err, lead.ErrNotFound) {
		return nil, t.fault("read lead", err)
	}
	return l, err
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
