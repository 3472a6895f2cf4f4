// Package sqlitestore keeps everything in one SQLite file: the embedded
// default, for one machine. It serves the store interfaces of intake, desk,
// alert and auth.
//
// One goroutine writes. It takes all units of work that wait, writes them in one
// transaction, and answers them when that is on the disk: many share one sync
// (group commit), and no two ever race. Most units are done beside it, as
// drafts, on what the readers see; it looks whether anything that a draft read
// was written since, and runs such a unit itself, under a savepoint of its own.
// Reads go through a few read-only connections, which see what was committed.
//
// What is looked up by keys that are spread evenly is written in the order in which
// it comes, and put in order later, a little with each group (tidy). The log is folded
// into the file beside the writer (folder).
package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
)

var (
	_ intake.Store = (*Store)(nil)
	_ desk.Store   = (*Store)(nil)
	_ alert.Store  = (*Store)(nil)
	_ auth.Store   = (*Store)(nil)
)

// ErrClosed: the store was closed before the call.
var ErrClosed = errors.New("sqlitestore: closed")

// Options tune a store. The zero value is what production uses.
type Options struct {
	// Synchronous is SQLite's setting: FULL (default) syncs every commit;
	// NORMAL and OFF may lose acknowledged writes on power loss; EXTRA syncs
	// the folder too.
	Synchronous string
	// Queue is how many units of work may wait (default 1024). One more is
	// refused with intake.ErrBusy.
	Queue int
	// Alone locks the folder for this process: ErrInUse when a server has it. A
	// server sets it; a command that may run beside one does not, and keeps a
	// restore away instead: ErrRestoring.
	Alone bool
	// Readers is the number of connections for reading (default 4).
	Readers int
	// Hurried has the store put new names in order after some tens of them, fold its
	// log all the time, and begin it anew after 64 pages: what happens at the usual
	// pace once in minutes then happens many times a second. It is for programs that
	// kill servers to see what is lost.
	Hurried bool

	pace pace // tests set their own
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	read    *reader
	writeDB *sql.DB
	writer  *writer
	lock    *lock
	present presences

	commits atomic.Uint64 // transactions of this process that readers see
	sieve   *sieve
	young   *young
	folder  *folder
	tidier  *tidier
	beside  sync.WaitGroup     // what goes on beside the writer
	stop    context.CancelFunc // ends that

	mu     sync.RWMutex // held for reading while something is queued
	closed bool
	queue  chan *job
	done   chan struct{} // closed when the writer has drained the queue
}

// Open opens the database in a folder, makes both if they are not there, and
// brings the schema up to date.
func Open(dir string, o Options) (_ *Store, err error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	path, err := prepare(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{queue: make(chan *job, o.Queue), done: make(chan struct{}), young: newYoung(), tidier: newTidier(o.pace.tidy)}
	var opened []func() error
	defer func() {
		for _, end := range slices.Backward(opened) {
			if err != nil {
				err = errors.Join(err, end())
			}
		}
	}()
	if s.lock, err = o.take(dir); err != nil {
		return nil, err
	}
	opened = append(opened, s.lock.release)
	room, known := roomIn(dir)
	log := logPages(room, known, o.pace.log)
	if s.writeDB, err = sql.Open("sqlite", writerDSN(path, o.Synchronous, log)); err != nil {
		return nil, fmt.Errorf("sqlitestore: open: %w", err)
	}
	opened = append(opened, s.writeDB.Close)
	s.writeDB.SetMaxOpenConns(1)
	c, err := firstConn(s.writeDB, time.Now().Add(busyWait*time.Millisecond))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: open: %w", err)
	}
	s.writer = &writer{c: newConn(c), lately: newLately(), young: s.young, tidied: tidy{tidier: s.tidier}, commits: &s.commits, erased: true} // a crash may have left something in the log
	opened = append(opened, s.writer.c.close)
	mayNot := func() error { return ifAServerRuns(dir) }
	if o.Alone {
		mayNot = func() error { return nil }
	}
	if err := migrate(s.writer.c, filepath.Dir(path), mayNot, func(n need) error { return roomFor(dir, n) }); err != nil {
		return nil, err
	}
	if s.read, err = openReader(path, o.Readers); err != nil {
		return nil, err
	}
	opened = append(opened, s.read.close)
	if s.folder, err = openFolder(path, &o, log); err != nil {
		return nil, err
	}
	opened = append(opened, s.folder.db.Close)
	if err := errors.Join(s.writer.begin(), s.sift()); err != nil {
		return nil, err
	}
	s.begin()
	return s, nil
}

// begin starts what goes on until the store is closed.
func (s *Store) begin() {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.beside.Go(func() { s.keepFilled(ctx) })
	s.beside.Go(func() { s.keepFolded(ctx) })
	s.beside.Go(func() { s.keepTidy(ctx) })
	go s.write()
}

// Close refuses further work, finishes what waits, and closes the file. The
// write-ahead log is folded into it. ErrRemains: other processes' readers kept
// what was erased in that log.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		<-s.done
		return nil
	}
	s.closed = true
	close(s.queue)
	s.mu.Unlock()
	<-s.done
	s.stop()
	s.beside.Wait()
	err := errors.Join(s.read.close(), s.folder.db.Close(), s.writer.forgetAtLast(forgetLast), s.writer.c.close(), s.writeDB.Close(), s.lock.release())
	if err != nil {
		return fmt.Errorf("sqlitestore: close: %w", err)
	}
	return nil
}
