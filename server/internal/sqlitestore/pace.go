package sqlitestore

import "time"

// pace is how much may wait before something is done about it.
type pace struct {
	tidy tidyLimits
	fold time.Duration // between two looks at the log
	log  int           // pages of the longest log
}

var (
	usual   = pace{tidy: tidyLimits{names: 262_144, leads: 8192, rows: 256}, fold: 250 * time.Millisecond, log: mostLog}
	hurried = pace{tidy: tidyLimits{names: 64, leads: 16, rows: 4}, fold: 2 * time.Millisecond, log: 64}

	// paceOfAll is that of every store that is opened.
	paceOfAll = &usual
)

// Hurry has every store that this process opens from now on put new names in order
// after some tens of them, and fold its log all the time and begin it anew after 64
// pages: what happens to a store at its usual pace once in minutes then happens many
// times a second. It is for programs that kill servers to see what is lost. It must
// be called before the first store is opened, by the one goroutine that there is.
func Hurry() { paceOfAll = &hurried }
