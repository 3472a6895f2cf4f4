package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"assay/server/internal/lead"
)

var races = []check{
	{name: "64 writers of one lead lose no update", run: noLostUpdate},
	{name: "of two writers over one revision, one wins", run: oneWriterWins},
	{name: "of two claims of a lead, one wins", run: oneClaimWins},
	{name: "of two claims of an identity, one wins", run: oneIdentityWins},
	{name: "of many inserts of a touch, one wins", run: oneInsertWins},
	{name: "a touch that joins while its lead is merged is not lost", run: mergeAgainstTouch},
	{name: "a touch that joins while its lead is taken apart is not lost", run: unmergeAgainstTouch},
	{name: "nothing is taken apart before its touches are marked", run: unmergeBeforeMark},
}

const rounds = 20

// together runs f n times at once.
func together(n int, f func(i int)) {
	var ready, end sync.WaitGroup
	start := make(chan struct{})
	ready.Add(n)
	for i := range n {
		end.Go(func() {
			ready.Done()
			<-start
			f(i)
		})
	}
	ready.Wait()
	close(start)
	end.Wait()
}

func noLostUpdate(t *testing.T, s Store) {
	const writers, each = 64, 2
	save(t, s, site, newLead("l1"))
	together(writers, func(i int) {
		for range each {
			change(t, s, site, "l1", func(l *lead.Lead) { l.Visitors = append(l.Visitors, fmt.Sprint(i)) })
		}
	})
	l, err := s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "updates", len(l.Visitors), writers*each)
	equal(t, "revision", l.Rev, 1+writers*each)
}

// oneOf wants one of two to have won, and the other to have lost by an error; it
// gives who won.
func oneOf(t *testing.T, won [2]error, lost error) (winner int) {
	t.Helper()
	if won[0] != nil {
		winner = 1
	}
	ok(t, won[winner])
	is(t, "the other", won[1-winner], lost)
	return winner
}

func oneWriterWins(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"))
	for round := range rounds {
		read, err := s.Lead(bg, site, "l1")
		ok(t, err)
		var won [2]error
		together(2, func(i int) {
			won[i] = s.Update(bg, site, func(tx lead.Tx) error {
				mine := *read
				mine.Owner = fmt.Sprint(round, i)
				return tx.SaveLead(&mine)
			})
		})
		winner := oneOf(t, won, lead.ErrConflict)
		l, err := s.Lead(bg, site, "l1")
		ok(t, err)
		equal(t, "owner", l.Owner, fmt.Sprint(round, winner))
	}
}

func oneClaimWins(t *testing.T, s Store) {
	errTaken := errors.New("somebody has it")
	for round := range rounds {
		id := fmt.Sprint("l", round)
		save(t, s, site, newLead(id))
		var won [2]error
		together(2, func(i int) {
			won[i] = try(s, site, func(tx lead.Tx) error {
				l, err := tx.Lead(id)
				if err != nil {
					return err
				}
				if l.Owner != "" {
					return errTaken
				}
				l.Owner = fmt.Sprint("p", i)
				return tx.SaveLead(l)
			})
		})
		if (won[0] == nil) == (won[1] == nil) {
			t.Fatalf("round %d: %v and %v", round, won[0], won[1])
		}
		is(t, "the other", errors.Join(won[:]...), errTaken)
	}
}

func oneIdentityWins(t *testing.T, s Store) {
	for round := range rounds {
		var owners [2]string
		together(2, func(i int) {
			err := try(s, site, func(tx lead.Tx) (err error) {
				hash := fmt.Sprint("h", round)
				tied, err := tx.ClaimIdentities(fmt.Sprint("l", i), hash)
				owners[i] = tied[hash]
				return err
			})
			if err != nil {
				t.Errorf("claim: %v", err)
			}
		})
		equal(t, "owner that both see", owners[0], owners[1])
	}
}

func oneInsertWins(t *testing.T, s Store) {
	for round := range rounds {
		var inserted [8]bool
		together(len(inserted), func(i int) {
			err := try(s, site, func(tx lead.Tx) (err error) {
				inserted[i], err = tx.InsertTouch(newTouch(fmt.Sprint("t", round)))
				return err
			})
			if err != nil {
				t.Errorf("insert: %v", err)
			}
		})
		n := 0
		for _, yes := range inserted {
			if yes {
				n++
			}
		}
		equal(t, "inserts that counted", n, 1)
	}
}
