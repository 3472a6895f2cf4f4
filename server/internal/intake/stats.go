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
