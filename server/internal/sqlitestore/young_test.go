package sqlitestore

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
)

func claim(id string, hashes ...string) func(lead.Tx) error {
	return func(tx lead.Tx) error {
		_, err := tx.ClaimIdentities(id, hashes...)
		return err
	}
}

// Who asks for a name that is said to stand where it does not looks through all that
// waits.
func TestOfAUnitThatFailedNoNameIsSaidToStandAnywhere(t *testing.T) {
	s := open(t, Options{})
	at := func(hash string) int64 { return s.young.find(s.sieve.key("s", hash)) }
	failing := byWriter(func(tx lead.Tx) error {
		if err := claim("l1", "h1", "h2")(tx); err != nil {
			return err
		}
		return errTakenBack
	})
	inOneGroup(t, s, claim("l2", "h3"), failing, claim("l3", "h4"))
	if at("h1") != 0 || at("h2") != 0 {
		t.Errorf("taken back with the unit, and said to stand at %d and %d", at("h1"), at("h2"))
	}
	if at("h3") == 0 || at("h4") != at("h3")+1 {
		t.Errorf("the others stand at %d and %d", at("h3"), at("h4"))
	}
	ends := byWriter(func(lead.Tx) error { // as a full disk ends a transaction
		_, err := s.writer.c.exec("ROLLBACK")
		return err
	})
	inOneGroup(t, s, claim("l5", "h5"), ends)
	if at("h5") != 0 {
		t.Errorf("taken back with the transaction, and said to stand at %d", at("h5"))
	}
}

// Two names may have one key: what one is taken back for, the other keeps.
func TestWhatIsTakenBackHidesNothingOlder(t *testing.T) {
	y := newYoung()
	y.wrote(1, 7)
	y.committed()
	y.wrote(1, 8)
	y.wrote(2, 9)
	y.wrote(1, 10)
	y.takeBack(1, 8)
	if y.find(1) != 8 || y.find(2) != 0 {
		t.Errorf("after a unit: %d and %d", y.find(1), y.find(2))
	}
	y.abandoned()
	if y.find(1) != 7 || y.next != 7 {
		t.Errorf("after the transaction: %d, and %d is the newest", y.find(1), y.next)
	}
}

// After a step that failed none is done for a while; however much comes meanwhile, no
// group has to do all of it.
func TestNoGroupCatchesUpWithAllOfARest(t *testing.T) {
	w := &writer{young: newYoung(), tidied: tidy{tidier: newTidier(tidyLimits{names: 1000, leads: 100, rows: 1})}}
	run := &w.tidied.runs[ofTerms]
	run.plan, run.rest = &tidyPlan{kind: ofTerms, steps: make([]tidyStep, 100)}, time.Now().Add(time.Hour)
	for range 100 {
		w.tidied.leads++
		if n := len(w.tidying()); n > 0 {
			t.Fatalf("%d steps while it rests", n)
		}
	}
	run.rest = time.Time{}
	w.tidied.leads++
	if n := len(w.tidying()); n < tidySteps || n > 2*tidySteps {
		t.Errorf("%d steps after a rest, in which %d came", n, w.tidied.leads)
	}
}

func TestLeadsOfAnotherProcessArePutInOrder(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir, Options{pace: tidied(1000, 10, 4)})
	add := func(to *Store, leads int) {
		t.Helper()
		for i := range leads {
			if err := to.Update(bg, "s", save(personOf(fmt.Sprint(leads, "-", i), 0))); err != nil {
				t.Fatal(err)
			}
		}
	}
	add(openIn(t, dir, Options{}), 30) // which leaves as many as it makes
	const own = 6                      // too few to begin for, and enough to go on by
	add(s, own)
	until(t, "the others' are in order", func() bool {
		if err := s.Update(bg, "s", claim("l1", "h1")); err != nil { // a beat
			t.Fatal(err)
		}
		var left int
		if err := s.read.row(bg, `SELECT count(*) FROM terms_new`).Scan(&left); err != nil {
			t.Fatal(err)
		}
		return left <= own
	})
}
