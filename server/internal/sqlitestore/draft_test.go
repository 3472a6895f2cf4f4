package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"assay/server/internal/lead"
)

// drafted counts how often units ran as drafts and by the writer.
type drafted struct {
	mu            sync.Mutex
	draft, writer int
}

func (d *drafted) count(fn func(lead.Tx) error) func(lead.Tx) error {
	return func(t lead.Tx) error {
		d.mu.Lock()
		if _, ok := t.(*draft); ok {
			d.draft++
		} else {
			d.writer++
		}
		d.mu.Unlock()
		return fn(t)
	}
}

func (d *drafted) want(t *testing.T, draft, writer int) {
	t.Helper()
	if d.draft != draft || d.writer != writer {
		t.Errorf("%d drafts and %d runs by the writer, want %d and %d", d.draft, d.writer, draft, writer)
	}
}

func TestAUnitThatNobodyDisturbsIsADraft(t *testing.T) {
	s := open(t, Options{})
	var d drafted
	for i := range 50 {
		if err := s.Update(bg, "s", d.count(arrival(fmt.Sprint(i)))); err != nil {
			t.Fatal(err)
		}
	}
	d.want(t, 50, 0)
	if last := must(s.Last(bg, "s"))(t); last != 50 {
		t.Errorf("the feed ends at %d", last)
	}
	if list := must(s.Touches(bg, "s", "7", 10))(t); len(list) != 1 {
		t.Errorf("%d touches", len(list))
	}
}

// Two units that read the same are drafted behind a held writer; the second
// must see what the first wrote.
func TestWhatADraftReadAndAnotherWroteIsReadAgain(t *testing.T) {
	s := open(t, Options{})
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l1"})); err != nil {
		t.Fatal(err)
	}
	claim := func(person string) func(lead.Tx) error {
		return func(tx lead.Tx) error {
			l, err := tx.Lead("l1")
			if err != nil || l.Owner != "" {
				return err
			}
			l.Owner = person
			return tx.SaveLead(l)
		}
	}
	tie := func(id string) func(lead.Tx) error {
		return func(tx lead.Tx) error {
			owners, err := tx.ClaimIdentities(id, "h1")
			if err != nil || owners["h1"] != id {
				return err
			}
			return tx.SaveLead(&lead.Lead{ID: id})
		}
	}
	same := func(tx lead.Tx) error {
		inserted, err := tx.InsertTouch(touchOf("t1"))
		if err != nil || !inserted {
			return err
		}
		l := &lead.Lead{ID: "of-t1"}
		if err := tx.SaveLead(l); err != nil {
			return err
		}
		return tx.SetApplied("t1", l.ID)
	}
	var d drafted
	for i, err := range inOneGroup(t, s, d.count(claim("p1")), d.count(claim("p2")), d.count(tie("a")), d.count(tie("b")), d.count(same), d.count(same)) {
		if err != nil {
			t.Errorf("unit %d: %v", i, err)
		}
	}
	d.want(t, 6, 3)
	if l := must(s.Lead(bg, "s", "l1"))(t); l.Owner != "p1" || l.Rev != 2 {
		t.Errorf("owner %s, revision %d", l.Owner, l.Rev)
	}
	if l, err := s.Lead(bg, "s", "b"); err == nil {
		t.Errorf("whoever lost the identity was written: %+v", l)
	}
	if n := len(must(s.Touches(bg, "s", "of-t1", 10))(t)); n != 1 {
		t.Errorf("%d touches", n)
	}
}

// What a caller handed to a unit is as it was when the unit runs again.
func TestALeadOfADroppedDraftIsSavedAsIfForTheFirstTime(t *testing.T) {
	s := open(t, Options{})
	shared := &lead.Lead{ID: "l2", Outbox: []lead.Event{{ID: "e1", Lead: "l2"}}}
	second := func(tx lead.Tx) error {
		if _, err := tx.Identities("h1"); err != nil {
			return err
		}
		return tx.SaveLead(shared)
	}
	first := func(tx lead.Tx) error {
		_, err := tx.ClaimIdentities("l1", "h1")
		return err
	}
	var d drafted
	for i, err := range inOneGroup(t, s, first, d.count(second)) {
		if err != nil {
			t.Errorf("unit %d: %v", i, err)
		}
	}
	d.want(t, 1, 1)
	if shared.Rev != 1 || len(shared.Outbox) != 0 || must(s.Last(bg, "s"))(t) != 1 {
		t.Errorf("revision %d, %d in the outbox", shared.Rev, len(shared.Outbox))
	}
}

// The command line may write beside a server.
func TestADraftNoticesWhatAnotherProcessWrote(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	other := must(sql.Open("sqlite", filepath.Join(dir, File)))(t)
	defer other.Close()
	var d drafted
	release := hold(t, s)
	var wg sync.WaitGroup
	wg.Go(func() {
		err := s.Update(bg, "s", d.count(func(tx lead.Tx) error {
			owners, err := tx.ClaimIdentities("mine", "h1")
			if err != nil || owners["h1"] != "mine" {
				return err
			}
			return tx.SaveLead(&lead.Lead{ID: "mine"})
		}))
		if err != nil {
			t.Error(err)
		}
	})
	queued(t, s, 1)
	release() // the writer's transaction ends, and the next one finds the claim
	must(other.Exec(`PRAGMA busy_timeout = 10000`))(t)
	wg.Wait()
	d.want(t, 1, 0)

	must(other.Exec(`INSERT INTO names_new (site, name, value) VALUES ('s', 'h2', 'theirs')`))(t)
	err := s.Update(bg, "s", d.count(func(tx lead.Tx) error {
		_, err := tx.Identities("h2")
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	d.want(t, 2, 1) // nobody here knows what else was written
}

// A unit with a deadline waited for ever for lists that had no end.
func TestADraftWaitsForReadersNoLongerThanItsCaller(t *testing.T) {
	s := open(t, Options{Readers: 2})
	// Of a domain that nobody owns, the sieve tells without a reader once it is filled.
	if err := s.Update(bg, "s", save(&lead.Lead{ID: "l1", Owner: "p1", Domain: "works.test"})); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.read.enter(bg); err != nil {
			t.Fatal(err)
		}
		defer s.read.leave()
	}
	ctx, cancel := context.WithTimeout(bg, 20*time.Millisecond)
	defer cancel()
	for what, read := range map[string]func(lead.Tx) error{
		"a lead": func(tx lead.Tx) error { _, err := tx.Lead("l1"); return err },
		"owners": func(tx lead.Tx) error { _, err := tx.Owners("works.test", 1); return err },
	} {
		if err := s.Update(ctx, "s", read); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
