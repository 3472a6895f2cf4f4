package desk

import (
	"fmt"
	"strings"
	"time"

	"assay/server/internal/lead"
	"assay/shared/score"
)

// explain says in words what happened to a row's points.
func explain(row score.Row) string {
	var parts []string
	if row.Rule < score.RuleFact && row.Count > 1 {
		parts = append(parts, fmt.Sprintf("%d times", row.Count))
	}
	if row.Flags&score.RowDayCap != 0 {
		parts = append(parts, "capped by the day")
	}
	if row.Flags&score.RowTotalCap != 0 {
		parts = append(parts, "capped")
	}
	if row.Flags&score.RowAged != 0 {
		parts = append(parts, "less with age")
	}
	return strings.Join(parts, ", ")
}

// horizon is how far ahead a lead's cooling is looked for.
const horizon = 60 * 24 * time.Hour

// coolsAt gives the first instant, to the second, at which the band is lower
// than now although nothing happens; nil when that is not within the horizon.
// It looks hour by hour and then halves the hour, so a band that falls and
// rises within one hour is not seen.
func coolsAt(l *lead.Lead, s *score.Result, r *lead.Rater, now time.Time) *time.Time {
	if s.Band == score.Cold {
		return nil
	}
	cooler := func(at time.Time) bool {
		later, err := r.Rate(l, at)
		return err == nil && later.Band < s.Band
	}
	for at := now.Add(time.Hour); at.Sub(now) < horizon; at = at.Add(time.Hour) {
		if !cooler(at) {
			continue
		}
		from := at.Add(-time.Hour)
		for at.Sub(from) > time.Second {
			if mid := from.Add(at.Sub(from) / 2); cooler(mid) {
				at = mid
			} else {
				from = mid
			}
		}
		at = at.Truncate(time.Second)
		return &at
	}
	return nil
}
