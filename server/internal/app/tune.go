package app

import (
	"os"
	"runtime/debug"
)

// garbage is how much the heap may grow, in percent of what is in use, before
// it is collected. A server uses little and makes much garbage: under submits,
// Go's own 100 spent some 5 % of the processor's time on marking and this spends
// some 2 %, for 20 MB more of resident memory.
const garbage = 300

// tune sets what suits a server, unless the operator has said it (GOGC).
func tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
}
