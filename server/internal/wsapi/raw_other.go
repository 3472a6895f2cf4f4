//go:build !unix

package wsapi

import (
	"net"
	"syscall"
)

// rawOf gives nil: here all writing is left to a goroutine.
func rawOf(*net.TCPConn) syscall.RawConn { return nil }

func writeRaw(syscall.RawConn, []byte) (int, error) { return 0, nil }
