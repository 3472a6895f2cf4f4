package sqlitestore

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"assay/server/internal/intake"

	sqlite3 "modernc.org/sqlite/lib"
)

const group = 256 // the most units of work that one transaction takes

// emptyAgain is how long the log is left alone that was emptied for want of room.
const emptyAgain = time.Second

// writer owns the writing connection.
type writer struct {
	c       *conn
	erased  bool      // the log may still hold what was erased
	owes    bool      // and it was erased by us
	emptied time.Time // the log, for want of room
	lately  *lately
	sieve   *sieve
	young   *young
	tidied  tidy
	commits *atomic.Uint64 // transactions that readers see

	unwritten atomic.Pointer[unwritten] // nil: the disk took the last write
}

// write is the writing goroutine: it ends when the queue is closed and empty.
// As long as the log may hold what was erased, it tries again to empty it.
func (s *Store) write() {
	defer close(s.done)
	again := time.After(0)
	jobs := make([]*job, 0, group)
	for {
		select {
		case first, open := <-s.queue:
			if !open {
				return
			}
			jobs = append(jobs[:0], first)
			for len(jobs) < group && len(s.queue) > 0 {
				jobs = append(jobs, <-s.queue)
			}
			s.writer.run(jobs)
			clear(jobs)
		case <-s.folder.now:
			s.writer.fold()
		case <-again:
			again = nil
			s.writer.forget()
		}
		if s.writer.erased && again == nil {
			again = time.After(forgetAgain)
		}
	}
}

// run does a group of jobs and answers them once it is known what became of
// them all.
func (w *writer) run(jobs []*job) {
	mine := jobs[:0]
	for _, j := range jobs {
		if j.take() {
			mine = append(mine, j)
		}
	}
	if len(mine) == 0 {
		return
	}
	tidying := w.tidying()
	for _, j := range tidying {
		mine = append(mine, j.job)
	}
	err := w.commit(mine)
	erased, full := false, false
	for _, j := range mine {
		if err != nil {
			j.err = err
		}
		w.note(j)
		erased = erased || j.erases && j.err == nil
		full = full || faultOf(j.err) == sqlite3.SQLITE_FULL
	}
	if full {
		w.makeRoom()
	}
	if erased {
		w.erased, w.owes = true, true
		w.forget()
	}
	w.noteTidied(tidying)
	for _, j := range mine {
		close(j.done)
	}
}

// makeRoom gives a full disk the log's room back, as far as the file has some for what
// is in it.
func (w *writer) makeRoom() {
	if time.Since(w.emptied) > emptyAgain {
		w.empty()
		w.emptied = time.Now()
	}
}

// note looks what a job's end says of the disk. That it takes a little again is
// no proof that it has room; a probe is.
func (w *writer) note(j *job) {
	j.err = forNow(j.err)
	switch {
	case errors.Is(j.err, intake.ErrUnavailable):
		w.unwritten.Store(&unwritten{j.err, time.Now()})
	case j.probes && j.err == nil:
		w.unwritten.Store(nil)
	}
}

// commit does jobs in one transaction. An error is the transaction's, and so
// every job's.
func (w *writer) commit(jobs []*job) error {
	err := w.transact(jobs)
	if errors.Is(err, errStale) {
		for _, j := range jobs {
			j.drop()
		}
		err = w.transact(jobs)
	}
	return err
}

func (w *writer) transact(jobs []*job) error {
	if _, err := w.c.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("sqlitestore: begin: %w", err)
	}
	number := w.commits.Load() + 1
	if err := w.watch(number); err != nil {
		w.abandon()
		return err
	}
	for _, j := range jobs {
		if err := w.do(j, number); err != nil {
			w.abandon()
			return err
		}
	}
	if _, err := w.c.exec("COMMIT"); err != nil {
		w.abandon()
		return fmt.Errorf("sqlitestore: commit: %w", err)
	}
	w.young.committed()
	w.commits.Store(number)
	return nil
}

// watch looks whether another process has written: of what, nobody here knows. It
// may have erased somebody, and our readers may have kept it from emptying the log;
// it may be a newer program that changed the schema, and then this one writes no more.
func (w *writer) watch(number uint64) error {
	version, err := w.version()
	if err == nil && version != w.lately.version {
		if err := stillKnown(w.c); err != nil {
			return err
		}
		w.lately.everything(number)
		w.erased = true
		w.sieve.outdate()
		if err = errors.Join(w.young.load(w.c, w.sieve), w.countOthers()); err == nil { // else it is read again
			w.lately.version = version
		}
	}
	return err
}

// begin takes the file as it is for known: no draft has been begun. A newer program
// may have changed its schema since this one did.
func (w *writer) begin() (err error) {
	if w.lately.version, err = w.version(); err != nil {
		return err
	}
	return stillKnown(w.c)
}

// version gives a number that changes when another connection writes the file.
func (w *writer) version() (version int64, err error) {
	if err = w.c.row("PRAGMA data_version").Scan(&version); err != nil {
		err = fmt.Errorf("sqlitestore: read version: %w", err)
	}
	return version, err
}

// do writes a job's draft down, or else does the job. An error is the
// transaction's.
func (w *writer) do(j *job, number uint64) error {
	t := &tx{c: w.c, site: j.site, lately: w.lately, sieve: w.sieve, young: w.young, number: number}
	defer func() { w.tidied.leads += t.leads }()
	if j.draft != nil && w.lately.holds(j.draft) {
		if written, err := j.draft.write(t); written || err != nil {
			return err
		}
	}
	j.drop()
	return w.attempt(j, t)
}

// abandon ends a transaction that failed. SQLite may have ended it already,
// and then this fails, which is just as well.
func (w *writer) abandon() {
	_, _ = w.c.exec("ROLLBACK")
	w.young.abandoned()
}

// attempt does one job under its own savepoint: a job that fails takes back
// its own writes and no others. An error is the transaction's.
func (w *writer) attempt(j *job, t *tx) error {
	if _, err := w.c.exec("SAVEPOINT unit"); err != nil {
		return fmt.Errorf("sqlitestore: begin unit: %w", err)
	}
	hints, next := len(w.young.undo), w.young.next
	j.err = call(j, t)
	if j.err != nil {
		w.young.takeBack(hints, next)
		if _, err := w.c.exec("ROLLBACK TO unit"); err != nil {
			// A full disk has ended the transaction: that is what there is to tell.
			return errors.Join(t.err, fmt.Errorf("sqlitestore: take back unit: %w", err))
		}
	}
	if _, err := w.c.exec("RELEASE unit"); err != nil {
		return fmt.Errorf("sqlitestore: end unit: %w", err)
	}
	return nil
}
