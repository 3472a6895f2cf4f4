package lead

import (
	"strings"
	"testing"
)

func TestPrioritiesOrderTheGrid(t *testing.T) {
	next := MaxPriority
	for _, grade := range strings.Fields(cells) {
		if got := Priority(grade); got != next {
			t.Errorf("%s has priority %d, want %d", grade, got, next)
		}
		next--
	}
	for _, grade := range []string{"", "A", "1 ", "A11", "E1", "A5", "1 A2"} {
		if got := Priority(grade); got != 0 {
			t.Errorf("%q, which is no grade, has priority %d", grade, got)
		}
	}
}
