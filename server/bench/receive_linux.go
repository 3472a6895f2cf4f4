package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// arrival is when an alert reached the receivers, in unix ns.
type arrival struct {
	First, Last int64
	Size        int // of the alert in bytes
}

// receivers are many sockets in one process: as cheap as they can be, since they
// run on the server's machine. One goroutine waits for all of them with epoll,
// reads, and of each frame looks at the beginning alone. It serves any server.
type receivers struct {
	epoll   int
	conns   map[int32]*receiver // by file descriptor; complete before the reading starts
	failed  chan error          // holds what ended the reading
	expects atomic.Int64        // alerts still to come
	first   atomic.Int64
	size    atomic.Int64
	done    chan int64 // holds when the last one came
}

// receiver is one socket.
type receiver struct {
	file *os.File // keeps the descriptor open
	fd   int
	part []byte // of a frame that is not complete
}

// serveReceivers runs receivers. Commands: "connect N URL PATH COOKIE…" opens N
// sockets and is answered when all are open; "expect" is answered when the
// receivers are ready to count; "wait" with the arrival of an alert at all.
func serveReceivers(*settings) (*served, error) {
	epoll, err := syscall.EpollCreate1(0)
	if err != nil {
		return nil, err
	}
	r := &receivers{epoll: epoll, conns: map[int32]*receiver{}, failed: make(chan error, 1), done: make(chan int64, 1)}
	return &served{do: r.obey, close: func() error { return nil }}, nil // the process ends, and all sockets with it
}

func (r *receivers) obey(command string) (any, error) {
	words := strings.Fields(command)
	switch words[0] {
	case "connect":
		var n int
		if _, err := fmt.Sscan(words[1], &n); err != nil {
			return nil, err
		}
		if err := r.connect(n, words[2], words[3], words[4:]); err != nil {
			return nil, err
		}
		go func() { r.failed <- r.read() }()
	case "expect":
		r.expects.Store(int64(len(r.conns)))
	case "wait":
		return r.wait()
	}
	return nothing{}, nil
}

// connect opens sockets, some at a time.
func (r *receivers) connect(n int, url, path string, cookies []string) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	if uint64(n+100) > limit.Cur {
		return fmt.Errorf("%d sockets need more open files than the %d allowed: raise the limit (ulimit -Hn)", n, limit.Cur)
	}
	numbers := make(chan int, n)
	for i := range n {
		numbers <- i
	}
	close(numbers)
	opened, faults := make([]*receiver, n), make([]error, 32)
	var end sync.WaitGroup
	for worker := range faults {
		end.Go(func() {
			for i := range numbers {
				if opened[i], faults[worker] = open(url, path, cookies[i%len(cookies)]); faults[worker] != nil {
					return
				}
			}
		})
	}
	end.Wait()
	if err := errors.Join(faults...); err != nil {
		return err
	}
	for _, one := range opened {
		fd := int32(one.fd)
		r.conns[fd] = one
		if err := syscall.EpollCtl(r.epoll, syscall.EPOLL_CTL_ADD, int(fd), &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: fd}); err != nil {
			return err
		}
	}
	return nil
}

// open upgrades one connection.
func open(url, path, cookie string) (*receiver, error) {
	host := strings.TrimPrefix(url, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	defer conn.Close() // its file below is a copy
	_ = conn.SetDeadline(time.Now().Add(patience))
	_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: assay.v1\r\n\r\n", path, host, url, cookie)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReader(conn)
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusSwitchingProtocols {
		return nil, fmt.Errorf("a socket was refused: %s", answer.Status)
	}
	early, _ := in.Peek(in.Buffered())
	file, err := conn.(*net.TCPConn).File()
	if err != nil {
		return nil, err
	}
	return &receiver{file: file, fd: int(file.Fd()), part: append([]byte{}, early...)}, nil
}

// read takes what comes until a socket fails.
func (r *receivers) read() error {
	events, buf := make([]syscall.EpollEvent, 256), make([]byte, 64<<10)
	for {
		n, err := syscall.EpollWait(r.epoll, events, -1)
		if err != nil && !errors.Is(err, syscall.EINTR) {
			return err
		}
		for _, e := range events[:max(n, 0)] {
			if err := r.receive(r.conns[e.Fd], buf); err != nil {
				return err
			}
		}
	}
}

// receive reads what one socket has and counts the alerts.
func (r *receivers) receive(c *receiver, buf []byte) error {
	n, err := syscall.Read(c.fd, buf)
	if err != nil || n == 0 {
		return fmt.Errorf("the server ended a socket: %v", err)
	}
	rest := buf[:n]
	if len(c.part) > 0 {
		rest = append(c.part, rest...)
	}
	for {
		f, after, whole, err := nextFrame(rest)
		if err != nil {
			return err
		}
		if !whole {
			c.part = append(c.part[:0], after...)
			return nil
		}
		rest = after
		switch {
		case f.isAlert():
			r.count(len(f.payload))
		case f.opcode == opPing:
			_, err = syscall.Write(c.fd, []byte{0x8a, 0x80, 0, 0, 0, 0}) // a masked pong
		case f.opcode == opClose:
			err = errors.New("the server closed a socket")
		}
		if err != nil {
			return err
		}
	}
}

func (r *receivers) count(size int) {
	left, now := r.expects.Add(-1), time.Now().UnixNano()
	if left == int64(len(r.conns))-1 {
		r.first.Store(now)
		r.size.Store(int64(size))
	}
	if left == 0 {
		r.done <- now
	}
}

func (r *receivers) wait() (any, error) {
	select {
	case last := <-r.done:
		return arrival{r.first.Load(), last, int(r.size.Load())}, nil
	case err := <-r.failed:
		return nil, err
	case <-time.After(patience):
		return nil, fmt.Errorf("an alert did not reach %d of %d sockets", r.expects.Load(), len(r.conns))
	}
}
