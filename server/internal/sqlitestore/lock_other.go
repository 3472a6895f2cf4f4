//go:build !unix

package sqlitestore

import "os"

// lockFile locks nothing where there is no flock: operators take care that one
// server runs on a folder.
func lockFile(*os.File, sharing) error { return nil }
