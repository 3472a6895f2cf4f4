//go:build unix

package wsapi

import (
	"errors"
	"net"
	"syscall"
)

// rawOf gives a socket's descriptor for writeRaw, nil where there is none.
func rawOf(c *net.TCPConn) syscall.RawConn {
	raw, err := c.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// writeRaw writes as much as the system takes at once, which may be nothing.
func writeRaw(raw syscall.RawConn, b []byte) (n int, err error) {
	werr := raw.Write(func(fd uintptr) bool {
		for {
			n, err = syscall.Write(int(fd), b)
			if !errors.Is(err, syscall.EINTR) {
				return true
			}
		}
	})
	switch {
	case werr != nil:
		return 0, werr
	case errors.Is(err, syscall.EAGAIN):
		return 0, nil
	}
	return max(n, 0), err
}
