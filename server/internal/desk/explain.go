package desk

import (
	"fmt"
	"strings"
	"time"

	"assay/server/internal/lead"
	"assay/shared/model"
	"assay/shared/score"
)

// explain says in words what a row was earned by, and what happened to its
// points.
func explain(l *lead.Lead, r *lead.Rater, row score.Row) string {
	var parts []string
	if f, ok := r.Answer(row); ok {
		parts = append(parts, l.Field(f.String()))
	}
	if row.Rule < score.RuleFact && row.Count > 1 {
		parts = append(parts, fmt.Sprintf("%d times", row.Count))
	}
	for _, cut := range cuts {
		if row.Flags&cut.flag != 0 && row.Rule < score.RuleGroup {
			parts = append(parts, cut.words)
		}
	}
	return strings.Join(parts, ", ")
}

var cuts = []struct {
	flag  score.RowFlags
	words string
}{{score.RowSessionCap, "capped by the visit"}, {score.RowDayCap, "capped by the day"}, {score.RowTotalCap, "capped"}, {score.RowAged, "less with age"}}

// coolsAt gives the first instant, to the second, at which the band is lower
// than now although nothing happens; nil when it never is.
func coolsAt(l *lead.Lead, s *score.Result, r *lead.Rater, now time.Time) *time.Time {
	at, level := now, s.Level
	for s.Band > score.Cold && level <= model.Levels {
		next, ok, err := r.Leaves(l, at, level, time.Time{})
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
