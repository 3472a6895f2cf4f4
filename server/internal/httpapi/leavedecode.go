package httpapi

import "assay/server/internal/lead"

// Bounds of how far somebody came with a form. They are far above what a person
// does with one: what is beyond them is no form's.
const (
	maxLeftCount   = 1000
	maxLeftSeconds = 24 * 60 * 60 // as long as a session gathers evidence
)

// decodeLeft reads what a leave tells instead of what was entered, of which it
// takes nothing.
func decodeLeft(m *members) (left lead.Left, unknown int) {
	for _, name := range []string{"profile", "answers"} {
		if o := m.object(name); o != nil && len(o.list) > 0 {
			m.fault(name, "unexpected", "want nothing of what was entered in a form that was left")
		}
	}
	o := m.object("left")
	if o == nil {
		if !m.has("left") {
			m.fault("left", "required", "want an object")
		}
		return left, 0
	}
	count := func(name string, most int64) int {
		n, _ := o.whole(name, most)
		return int(n)
	}
	left = lead.Left{Field: o.text("field", maxName), Answered: count("answered", maxLeftCount), Corrected: count("corrected", maxLeftCount),
		Invalid: count("invalid", maxLeftCount), Hesitated: count("hesitated", maxLeftCount), Seconds: count("seconds", maxLeftSeconds)}
	return left, o.unknown()
}
