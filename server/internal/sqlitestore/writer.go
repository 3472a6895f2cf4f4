package sqlitestore

import "fmt"

// group is the most units of work that one transaction takes.
const group = 256

// writer owns the writing connection.
type writer struct {
	c      *conn
	erased bool // the log still holds what was erased
}

// write is the writing goroutine: it ends when the queue is closed and empty.
func (s *Store) write() {
	defer close(s.done)
	jobs := make([]*job, 0, group)
	for first := range s.queue {
		jobs = append(jobs[:0], first)
		for len(jobs) < group && len(s.queue) > 0 {
			jobs = append(jobs, <-s.queue)
		}
		s.writer.run(jobs)
		clear(jobs)
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
	err := w.commit(mine)
	for _, j := range mine {
		if err != nil {
			j.err = err
		}
		w.erased = w.erased || j.erases && j.err == nil
	}
	w.forget()
	for _, j := range mine {
		close(j.done)
	}
}

// commit does jobs in one transaction. An error is the transaction's, and so
// every job's.
func (w *writer) commit(jobs []*job) error {
	if _, err := w.c.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("sqlitestore: begin: %w", err)
	}
	for _, j := range jobs {
		if err := w.attempt(j); err != nil {
			w.abandon()
			return err
		}
	}
	if _, err := w.c.exec("COMMIT"); err != nil {
		w.abandon()
		return fmt.Errorf("sqlitestore: commit: %w", err)
	}
	return nil
}

// abandon ends a transaction that failed. SQLite may have ended it already,
// and then this fails, which is just as well.
func (w *writer) abandon() { _, _ = w.c.exec("ROLLBACK") }

// attempt does one job under its own savepoint: a job that fails takes back
// its own writes and no others. An error is the transaction's.
func (w *writer) attempt(j *job) error {
	if _, err := w.c.exec("SAVEPOINT unit"); err != nil {
		return fmt.Errorf("sqlitestore: begin unit: %w", err)
	}
	j.err = call(j, &tx{c: w.c, site: j.site})
	if j.err != nil {
		if _, err := w.c.exec("ROLLBACK TO unit"); err != nil {
			return fmt.Errorf("sqlitestore: take back unit: %w", err)
		}
	}
	if _, err := w.c.exec("RELEASE unit"); err != nil {
		return fmt.Errorf("sqlitestore: end unit: %w", err)
	}
	return nil
}

// forget empties the log after an erasure: bytes overwritten in the file would
// live on there. Readers can be in the way; then it waits for the next group.
func (w *writer) forget() {
	if !w.erased {
		return
	}
	var busy, frames, folded int
	err := w.c.row("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	w.erased = err != nil || busy != 0
}
