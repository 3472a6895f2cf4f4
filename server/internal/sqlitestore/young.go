package sqlitestore

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// young tells where in names_new a name may stand, so that nobody needs to read it
// through. It knows at least all rows that this process wrote and, from the writer's
// next transaction on, all of other processes: drafts that asked it before are done
// again then. What it tells may be gone, or be another name's row.
type young struct {
	mu    sync.RWMutex
	rows  map[uint64]int64 // by the name's key
	old   map[uint64]int64 // those that are being put in order; nil for none
	mark  int64            // the newest of them
	last  int64            // the newest row that the file surely has
	next  int64            // the same, once the writer's transaction is committed
	first int64            // the oldest row that the file had when it was last looked at
	undo  []hint           // of what the writer's transaction wrote, in that order
}

// hint is where a name was thought to stand before; 0 for nowhere.
type hint struct {
	key uint64
	row int64
}

func newYoung() *young { return &young{rows: map[uint64]int64{}} }

// find gives the row where a name with this key was written last; 0 for none.
func (y *young) find(key uint64) int64 {
	y.mu.RLock()
	defer y.mu.RUnlock()
	if row := y.rows[key]; row > 0 {
		return row
	}
	return y.old[key]
}

// size is how many names it knows, without those that are being put in order.
func (y *young) size() int {
	y.mu.RLock()
	defer y.mu.RUnlock()
	return len(y.rows)
}

// wrote notes that the writer's transaction gives a row to a name.
func (y *young) wrote(key uint64, row int64) {
	y.mu.Lock()
	y.undo = append(y.undo, hint{key, y.rows[key]})
	y.rows[key] = row
	y.mu.Unlock()
	y.next = row
}

// takeBack drops what was written since there were n hints and the newest row was
// next: somebody who asked for such a name would look through all of names_new.
func (y *young) takeBack(n int, next int64) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, h := range slices.Backward(y.undo[n:]) {
		if h.row > 0 {
			y.rows[h.key] = h.row
		} else {
			delete(y.rows, h.key)
		}
	}
	y.undo, y.next = y.undo[:n], next
}

// turn sets all names that it knows apart, to be put in order, unless some are: it
// gives the newest of these.
func (y *young) turn() int64 {
	if y.turned() {
		return y.mark
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.old, y.rows, y.mark = y.rows, map[uint64]int64{}, y.last
	return y.mark
}

func (y *young) turned() bool { return y.old != nil }

// forgetOld drops those that were put in order.
func (y *young) forgetOld() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.old = nil
}

// committed and abandoned tell what became of the writer's transaction.
func (y *young) committed() { y.last, y.undo = y.next, y.undo[:0] }
func (y *young) abandoned() { y.takeBack(0, y.last) }

// forget drops what another process has put in order.
func (y *young) forget(until int64) {
	y.mu.Lock()
	defer y.mu.Unlock()
	maps.DeleteFunc(y.rows, func(_ uint64, row int64) bool { return row <= until })
}

// learn notes a row that the file has.
func (y *young) learn(key uint64, row int64) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.rows[key] = row
	y.last, y.next = row, row
}

// load reads the rows that it does not know, and forgets those that another process
// has put in order.
func (y *young) load(c *conn, s *sieve) error {
	rows, err := c.rows(`SELECT k, site, name FROM names_new WHERE k > ? ORDER BY k`, y.last)
	if err != nil {
		return fmt.Errorf("sqlitestore: read new names: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var (
			row        int64
			site, name string
		)
		if err := rows.Scan(&row, &site, &name); err != nil {
			return fmt.Errorf("sqlitestore: read new names: %w", err)
		}
		y.learn(s.key(site, name), row)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sqlitestore: read new names: %w", err)
	}
	var first int64
	if err := c.row(`SELECT coalesce((SELECT k FROM names_new ORDER BY k LIMIT 1), 0)`).Scan(&first); err != nil {
		return fmt.Errorf("sqlitestore: read new names: %w", err)
	}
	if first > y.first {
		y.first = first
		y.forget(first - 1)
	}
	return nil
}
