package intake

import (
	"sync/atomic"

	"assay/server/internal/lead"
)

// Stats counts touches that were made durable, by verdict. All of it only
// grows.
type Stats struct {
	Verified, Corrected, Unverified, Suspect atomic.Int64
	Duplicates                               atomic.Int64 // known already: nothing was changed

	leaves [leaveOutcomes]atomic.Int64
}

// count counts a touch; one that was known has no verdict.
func (s *Stats) count(verdict lead.Verdict) {
	switch verdict {
	case lead.Verified:
		s.Verified.Add(1)
	case lead.Corrected:
		s.Corrected.Add(1)
	case lead.Unverified:
		s.Unverified.Add(1)
	case lead.Suspect:
		s.Suspect.Add(1)
	default:
		s.Duplicates.Add(1)
	}
}

// ByVerdict gives the counts of those that were new.
func (s *Stats) ByVerdict() map[string]int64 {
	return map[string]int64{string(lead.Verified): s.Verified.Load(), string(lead.Corrected): s.Corrected.Load(),
		string(lead.Unverified): s.Unverified.Load(), string(lead.Suspect): s.Suspect.Load()}
}

// leaveOutcome is what became of a left form that a page told of.
type leaveOutcome int

const (
	leaveNone     leaveOutcome = iota // it failed, and is tried again if at all
	leaveKept                         // durable
	leaveKnown                        // its id was known already: nothing was changed
	leaveUnwanted                     // the site, the visitor's consent or an objection speaks against it
	leaveUnsigned                     // no session of ours that can be believed
	leaveSuspect                      // evidence that is not plausible
	leaveFull                         // the day's bound
	leaveOutcomes
)

var leaveWords = [leaveOutcomes]string{"", "kept", "known", "unwanted", "unsigned", "suspect", "full"}

func (s *Stats) countLeave(o leaveOutcome) { s.leaves[o].Add(1) }

// ByLeave gives the counts of left forms by what became of them.
func (s *Stats) ByLeave() map[string]int64 {
	counts := map[string]int64{}
	for o := leaveKept; o < leaveOutcomes; o++ {
		counts[leaveWords[o]] = s.leaves[o].Load()
	}
	return counts
}
