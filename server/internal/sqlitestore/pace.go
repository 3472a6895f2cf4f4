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
)
