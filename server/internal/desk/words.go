package desk

import (
	"strings"

	"assay/shared/lifecycle"
)

// Bands are those that a query can ask for.
var Bands = []string{"cold", "warm", "hot"}

// Stages gives the names of the stages that a query can ask for.
func Stages() []string {
	names := make([]string, 0, lifecycle.Stages)
	for s := range lifecycle.Stages {
		names = append(names, s.String())
	}
	return names
}

// GradeWords say what a query's grade can be.
const GradeWords = "a letter (A to D, ?) or a cell (A1 to ?4)"

// IsGrade reports whether a query can ask for a grade.
func IsGrade(s string) bool {
	cell := len(s) == 2 && s[1] >= '1' && s[1] <= '4' || len(s) == 1
	return cell && strings.Contains("ABCD?", s[:1])
}
