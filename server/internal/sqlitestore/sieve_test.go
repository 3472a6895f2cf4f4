package sqlitestore

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"assay/server/internal/lead"
)

func TestASieveNeverLosesANameAndSeldomMakesOneUp(t *testing.T) {
	s := newSieve(0)
	if s.lacks("s", "h") {
		t.Error("it tells before it is full")
	}
	s.filled.Store(s.age.Load())
	const names = 200_000
	for i := range names {
		s.add("s", fmt.Sprint("h", i))
	}
	wrong := 0
	for i := range names {
		if s.lacks("s", fmt.Sprint("h", i)) {
			t.Fatalf("h%d is lost", i)
		}
		if !s.lacks("s", fmt.Sprint("g", i)) {
			wrong++
		}
		if i < 1000 && !s.lacks("other", fmt.Sprint("h", i)) {
			wrong++
		}
	}
	t.Logf("%d of %d made up", wrong, names)
	if wrong > names/100 {
		t.Errorf("%d of %d made up", wrong, names)
	}
}

// What the file holds is found again by the next process.
func TestASieveIsFilledFromTheFile(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{})
	err := s.Update(bg, "s", func(tx lead.Tx) error {
		if _, err := tx.ClaimIdentities("l1", "h1"); err != nil {
			return err
		}
		return tx.SaveLead(&lead.Lead{ID: "l1", Owner: "p1", Domain: "works.test"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openIn(t, dir, Options{})
	filled(t, s)
	err = s.Update(bg, "s", func(tx lead.Tx) error {
		tied, err1 := tx.Identities("h1", "h2")
		owners, err2 := tx.Owners("works.test", 5)
		none, err3 := tx.Owners("other.test", 5)
		if err1 != nil || err2 != nil || err3 != nil || tied["h1"] != "l1" || len(tied) != 1 || fmt.Sprint(owners) != "[p1]" || len(none) > 0 {
			t.Error(tied, owners, none, err1, err2, err3)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// filled waits until a store's sieve is full.
func filled(t *testing.T, s *Store) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !s.sieve.full(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("the sieve does not fill")
		}
	}
}

// For a server that was open, nobody ever owned the leads that an import beside it
// gave an owner.
func TestWhatAnotherProcessWroteIsNotTakenForNew(t *testing.T) {
	dir := t.TempDir()
	server, other := openIn(t, dir, Options{}), openIn(t, dir, Options{})
	filled(t, server)
	for _, round := range []string{"first", "second"} { // the second goes by a sieve that is filled again
		domain := round + ".test"
		if err := other.Update(bg, "s", save(&lead.Lead{ID: round, Owner: "p1", Domain: domain})); err != nil {
			t.Fatal(err)
		}
		var owners []string
		look := func(tx lead.Tx) (err error) { owners, err = tx.Owners(domain, 2); return err }
		if err := server.Update(bg, "s", look); err != nil || fmt.Sprint(owners) != "[p1]" {
			t.Errorf("%s: %v, owners %v", round, err, owners)
		}
		if server.sieve.full() && server.sieve.lacks("s", company(domain)) {
			t.Errorf("%s: the sieve lacks it", round)
		}
		if round == "first" {
			filled(t, server)
			if server.sieve.lacks("s", company(domain)) || !server.sieve.lacks("s", company("nobody.test")) {
				t.Error("what the sieve holds now is wrong")
			}
		}
	}
}
