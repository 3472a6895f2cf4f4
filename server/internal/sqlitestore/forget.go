package sqlitestore

import (
	"errors"
	"fmt"
	"time"
)

const (
	forgetAgain = time.Second     // between two tries to empty the log
	forgetWait  = 100             // ms for readers that are in the way of one
	forgetLast  = 5 * time.Second // for the tries of a store that closes
)

// ErrRemains: who was erased is in the store no more, but the bytes are still in
// its log.
var ErrRemains = errors.New("sqlitestore: it is erased, but the bytes remain in " + File + "-wal for now, since another process was reading all the time: " +
	"the server's next write removes them, or any assay command once the reader has left")

// forget empties the log after an erasure: bytes overwritten in the file would
// live on there. Readers can be in the way, and writers must not wait for them
// long; then it is tried again.
func (w *writer) forget() {
	if w.erased {
		w.empty()
	}
}

// empty folds the log into the file and makes it as short as can be, unless readers
// are in the way for long.
func (w *writer) empty() {
	// These are not prepared: they take effect when they are compiled.
	err := w.c.once(fmt.Sprintf("PRAGMA busy_timeout = %d", forgetWait))
	if err != nil {
		return
	}
	var busy, frames, folded int
	err = w.c.row("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	if err == nil && busy == 0 {
		w.erased = false
	}
	if err := w.c.once(fmt.Sprintf("PRAGMA busy_timeout = %d", busyWait)); err != nil {
		w.erased = true // and so it is tried again
	}
	w.owes = w.owes && w.erased
}

// forgetAtLast is for a store that closes, whose own readers have left: what it
// erased itself it does not leave in the log, or says so (ErrRemains).
func (w *writer) forgetAtLast(wait time.Duration) error {
	again := time.NewTicker(forgetWait * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(wait); w.owes; <-again.C {
		w.forget()
		if w.owes && time.Now().After(end) {
			return ErrRemains
		}
	}
	return nil
}
