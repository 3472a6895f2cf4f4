package desk

import (
	"fmt"
	"strings"
	"time"

	"assay/server/internal/lead"
	"assay/shared/model"
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

// coolsAt gives the first instant, to the second, at which the band is lower
// than now although nothing happens; nil when it never is.
func coolsAt(l *lead.Lead, s *score.Result, r *lead.Rater, now time.Time) *time.Time {
	at, level := now, s.Level
	for s.Band > score.Cold && level <= model.Levels {
		next, ok, err := r.Leaves(l, at, level)
		if err != nil || !ok {
			return nil
		}
		later, err := r.Rate(l, next)
		if err != nil {
			return nil
		}
		if later.Band < s.Band {
			return &next
		}
		at, level = next, later.Level
	}
	return nil
}
