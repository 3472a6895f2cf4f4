package lead_test

import (
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

// twoMinds stores a lead that p2 disqualified, and one that p1 accepted later.
func twoMinds(t *testing.T) *shelf {
	t.Helper()
	s := newShelf(t)
	s.next()
	s.put(t, "a", "download", fits)
	s.put(t, "b", "download", nil)
	s.change(t, "a", func(l *lead.Lead) error {
		return l.Act(&lead.Doing{Do: "disqualify", By: "p2", Reason: lifecycle.NoNeed}, s.r, monday)
	})
	s.change(t, "b", func(l *lead.Lead) error {
		return l.Act(&lead.Doing{Do: "accept", By: "p1"}, s.r, monday.Add(time.Hour))
	})
	return s
}

// Domain rule 7: nobody overrules another person by way of a merge.
func TestAMergeThatWouldReplaceAnothersDecisionOverrules(t *testing.T) {
	s := twoMinds(t)
	s.put(t, "c", "download", nil)
	a, b, c := s.lead(t, "a"), s.lead(t, "b"), s.lead(t, "c")
	for by, want := range map[string]bool{"p1": true, "p2": false, "p3": true} {
		if lead.Overrules(a, b, by) != want || lead.Overrules(b, a, by) != want {
			t.Errorf("a merge by %s overrules: want %v", by, want)
		}
	}
	if lead.Overrules(a, c, "p1") || lead.Overrules(c, a, "p1") {
		t.Error("a merge with whom nobody decided on overrules")
	}
}

func TestAnAutomaticJoinLetsTheDecisionOnTheKnownRecordStand(t *testing.T) {
	s := twoMinds(t)
	s.unit(t, func(tx lead.Tx) error {
		whole, err := lead.Merge(tx, s.lead(t, "b"), s.lead(t, "a"), "", s.r, today)
		if err != nil {
			return err
		}
		return tx.SaveLead(whole)
	})
	if l := s.lead(t, "a"); l.Stage != "disqualified" || l.DecidedBy != "p2" || len(l.Members) != 1 {
		t.Errorf("%s by %q, members %v", l.Stage, l.DecidedBy, l.Members)
	}
}
