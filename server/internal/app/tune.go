package app

import (
	"os"
	"runtime/debug"
)

// garbage is how much the heap may grow, in percent of what is in use, before
// it is collected. A server uses little and makes much garbage: at Go's own 100
// a tenth of the processor's time goes into collecting, here a third of that, for
// some 60 MB more.
const garbage = 300

// tune sets what suits a server, unless the operator has said it (GOGC).
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
}
