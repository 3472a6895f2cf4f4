package desk

import (
	"time"

	"assay/server/internal/lead"
	"assay/shared/score"
)

// Raise is the open answer that would raise a lead's grade most: what a rep
// gains most by asking.
type Raise struct {
	Field      string `json:"field"`      // of the profile
	Grade      string `json:"grade"`      // that the best answer makes
	Fit        int    `json:"fit"`        // points that it adds
	Engagement int    `json:"engagement"` // points that it adds
}

// raise gives nil when no answer would earn anything.
func raise(l *lead.Lead, r *lead.Rater, now time.Time) *Raise {
	best, err := r.Raise(l, now)
	if err != nil || best.Field == score.NoField {
		return nil
	}
	return &Raise{Field: best.Field.String(), Grade: string([]byte{best.Letter, '0' + best.Level}),
		Fit: int(best.Fit), Engagement: int(best.Engagement)}
}
