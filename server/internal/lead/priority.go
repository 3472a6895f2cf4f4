package lead

import "strings"

// cells lists the grades from the best to the worst: a step of fit weighs as
// much as a step of engagement, and between equals fit decides. Unknown fit
// ranks between C and D. A grade that is not among them ranks last.
const cells = "A1 A2 B1 A3 B2 C1 A4 B3 C2 ?1 B4 C3 ?2 D1 C4 ?3 D2 ?4 D3 D4 "

// MaxPriority is the highest number that Priority gives.
const MaxPriority = int64(len(cells) / 3)

// Priority numbers a grade so that a better one has the higher number: 1 to
// MaxPriority, and 0 for what is no grade.
func Priority(grade string) int64 {
	at := strings.Index(cells, grade+" ")
	if at < 0 || len(grade) != 2 {
		return 0
	}
	return int64(len(cells)-at) / 3
}

// Fold makes texts comparable without regard to case, as searches compare them.
func Fold(s string) string { return strings.ToLower(s) }
