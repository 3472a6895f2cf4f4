package sqlitestore

import (
	"math"
	"syscall"
)

// roomIn gives how many bytes a folder's disk has left for us.
func roomIn(dir string) (bytes int64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil || s.Bsize <= 0 {
		return 0, false
	}
	return int64(min(s.Bavail, math.MaxInt64/uint64(s.Bsize))) * int64(s.Bsize), true
}
