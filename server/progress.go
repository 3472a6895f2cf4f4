package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// How often a terminal and a log see a line.
const (
	onScreen = 200 * time.Millisecond
	inLog    = 10 * time.Second
)

// progress says how far a long command is: on a terminal in one line that
// changes, elsewhere in plain lines.
type progress struct {
	out   io.Writer
	live  bool
	one   string // of what is counted
	more  string // of it
	total int64  // bytes to read; 0: nobody knows
	read  func() int64
	begun time.Time
	last  time.Time
}

func newProgress(out io.Writer, one, more string, total int64, read func() int64) *progress {
	now := time.Now()
	return &progress{out: out, live: terminal(out), one: one, more: more, total: total, read: read, begun: now, last: now}
}

// at tells of n done, now and then.
func (p *progress) at(n int, more string) {
	now := time.Now()
	every := inLog
	if p.live {
		every = onScreen
	}
	if now.Sub(p.last) < every {
		return
	}
	p.last = now
	line := p.line(n, now.Sub(p.begun)) + more
	if p.live {
		fmt.Fprintf(p.out, "\r\x1b[K%s", line)
	} else {
		fmt.Fprintln(p.out, line)
	}
}

// line is such as "12,345 rows, 8,200/s, 43 %, 1m20s to go".
func (p *progress) line(n int, took time.Duration) string {
	text := fmt.Sprintf("%s, %s/s", many(n, p.one, p.more), thousands(int(float64(n)/max(took.Seconds(), 1e-3))))
	if p.total > 0 {
		done := float64(min(p.read(), p.total)) / float64(p.total)
		text += fmt.Sprintf(", %.0f %%", 100*done)
		if done > 0 && done < 1 {
			text += fmt.Sprintf(", %s to go", time.Duration(float64(took)*(1-done)/done).Round(time.Second))
		}
	}
	return text
}

// end clears the line of a terminal.
func (p *progress) end() {
	if p.live {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// counter counts the bytes that are read through it, by one goroutine while
// another asks.
type counter struct {
	io.Reader
	n atomic.Int64
}

// Read implements io.Reader.
func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}
