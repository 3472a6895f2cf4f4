//go:build race

package sqlitestore

import "flag"

// The race detector makes a store some ten times slower to open: fewer rounds, of
// which each looks for races as well.
func init() { _ = flag.Set("rapid.checks", "12") }
