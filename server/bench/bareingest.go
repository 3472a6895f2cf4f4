package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the driver
)

// group is the most touches that share a commit of the yardstick.
const group = 256

// bareTouch waits for the commit of its group.
type bareTouch struct {
	id   string
	body []byte
	done chan error // holds one
}

// bareStore is the least that makes a touch durable and idempotent: one table,
// one writer with a prepared statement, one commit for all that wait.
type bareStore struct {
	db    *sql.DB
	queue chan *bareTouch
	ended chan error
}

// serveBareIngest is the yardstick of ingest: a bare net/http handler that
// decodes a touch and commits its body to SQLite with synchronous=FULL before
// it answers. It knows no session, engine, lead or feed.
func serveBareIngest(s *settings) (*served, error) {
	store, err := openBare(filepath.Join(s.dir, "bare.db"))
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(store.accept)}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return &served{url: "http://" + listener.Addr().String(), close: func() error {
		err := server.Shutdown(context.Background())
		if serr := <-ended; !errors.Is(serr, http.ErrServerClosed) {
			err = errors.Join(err, serr)
		}
		return errors.Join(err, store.close())
	}}, nil
}

func openBare(path string) (*bareStore, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-65536)&_pragma=wal_autocheckpoint(8000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE IF NOT EXISTS touches (id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT`); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	s := &bareStore{db: db, queue: make(chan *bareTouch, 4*group), ended: make(chan error, 1)}
	go func() { s.ended <- s.write() }()
	return s, nil
}

func (s *bareStore) close() error {
	close(s.queue)
	return errors.Join(<-s.ended, s.db.Close())
}

var waits = sync.Pool{New: func() any { return make(chan error, 1) }}

func (s *bareStore) accept(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	var t touch
	if err == nil {
		err = json.Unmarshal(body, &t)
	}
	if err != nil || t.ID == "" {
		http.Error(w, "want a touch", http.StatusBadRequest)
		return
	}
	done := waits.Get().(chan error)
	s.queue <- &bareTouch{t.ID, body, done}
	err = <-done
	waits.Put(done)
	if err != nil {
		http.Error(w, "not stored", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, `{"id":"`+t.ID+`","accepted":true}`)
}

// write commits what waits, in groups, until the queue is closed.
func (s *bareStore) write() error {
	ctx := context.Background()
	c, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	var texts [3]*sql.Stmt
	for i, text := range []string{`BEGIN IMMEDIATE`, `INSERT INTO touches (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING`, `COMMIT`} {
		if texts[i], err = c.PrepareContext(ctx, text); err != nil {
			return err
		}
		defer texts[i].Close()
	}
	waiting := make([]*bareTouch, 0, group)
	for first := range s.queue {
		waiting = s.gather(append(waiting[:0], first))
		err := commit(ctx, texts, waiting)
		for _, t := range waiting {
			t.done <- err
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gather adds what else waits, up to a group.
func (s *bareStore) gather(waiting []*bareTouch) []*bareTouch {
	for len(waiting) < group {
		select {
		case t, ok := <-s.queue:
			if !ok {
				return waiting
			}
			waiting = append(waiting, t)
		default:
			return waiting
		}
	}
	return waiting
}

func commit(ctx context.Context, texts [3]*sql.Stmt, waiting []*bareTouch) error {
	if _, err := texts[0].ExecContext(ctx); err != nil {
		return err
	}
	for _, t := range waiting {
		if _, err := texts[1].ExecContext(ctx, t.id, t.body); err != nil {
			return err
		}
	}
	_, err := texts[2].ExecContext(ctx)
	return err
}
