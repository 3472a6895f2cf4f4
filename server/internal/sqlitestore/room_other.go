//go:build !linux

package sqlitestore

// roomIn knows nothing of other systems' disks.
func roomIn(string) (bytes int64, known bool) { return 0, false }
