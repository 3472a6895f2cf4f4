package transfer

import (
	"bytes"
	"io"
)

// splitter cuts a file into rows of at most MaxRow bytes. It finds its way back
// from a quote that is never closed, which costs one line and not all behind it.
type splitter struct {
	in    io.Reader
	delim byte // of CSV; 0: every line is a row
	width int  // values of a row, once the header is known
	buf   []byte
	start int
	end   int
	eof   bool
}

func newSplitter(in io.Reader, delim byte) *splitter {
	return &splitter{in: in, delim: delim, buf: make([]byte, 2*MaxRow)}
}

// state is what a look at a window of the file tells of its first row.
type state int

const (
	ended    state = iota // the row is there
	open                  // it goes on behind the window
	unclosed              // it goes on, and a quote is open
	broken                // a text goes on behind its closing quote
)

var (
	errQuote = &Fault{Code: "unclosed_quote", Detail: "a quote is not closed, or not doubled within a text"}
	errLong  = &Fault{Code: "row_too_long", Detail: "a row has at most 262,144 bytes"}
)

// next gives the bytes of the next row without its line's end, valid until the
// next call, or the fault of one that cannot be read; io.EOF after the last.
func (s *splitter) next() (raw []byte, fault *Fault, err error) {
	for {
		window := s.buf[s.start:s.end]
		if s.eof && len(window) == 0 {
			return nil, nil, io.EOF
		}
		n, st := s.look(window)
		line := bytes.IndexByte(window, '\n')
		switch {
		case st == ended && n > MaxRow:
			return s.take(n, errLong)
		case st == ended:
			return s.take(n, nil)
		case st != open && line >= 0 && (st == broken || s.eof || len(window) > MaxRow && s.resumes(window[line+1:])):
			return s.take(line, errQuote)
		case s.eof:
			return s.take(len(window), errQuote)
		case len(window) > MaxRow:
			return nil, errLong, s.skip(st == unclosed)
		}
		if err := s.fill(); err != nil {
			return nil, nil, err
		}
	}
}

// take gives n bytes and goes on behind the line's end that follows them.
func (s *splitter) take(n int, fault *Fault) ([]byte, *Fault, error) {
	raw := s.buf[s.start : s.start+n]
	s.start = min(s.start+n+1, s.end)
	return bytes.TrimSuffix(raw, []byte("\r")), fault, nil
}

// look finds the end of a window's first row.
func (s *splitter) look(b []byte) (n int, st state) {
	if s.delim == 0 {
		return s.line(b)
	}
	begins, quoted, closed := true, false, false
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case quoted && c == '"' && i+1 < len(b) && b[i+1] == '"':
			i++
		case quoted && c == '"':
			quoted, closed = false, true
		case quoted:
		case c == '\n':
			return i, ended
		case c == s.delim:
			begins, closed = true, false
		case c == '"' && begins:
			begins, quoted = false, true
		case closed && c != '\r' && c != ' ':
			return 0, broken
		default:
			begins = false
		}
	}
	switch {
	case quoted:
		return 0, unclosed
	case s.eof:
		return len(b), ended
	}
	return 0, open
}

func (s *splitter) line(b []byte) (n int, st state) {
	if n := bytes.IndexByte(b, '\n'); n >= 0 {
		return n, ended
	}
	if s.eof {
		return len(b), ended
	}
	return 0, open
}

// resumes reports whether what follows a line looks like rows again: its first
// line has as many values as the header.
func (s *splitter) resumes(b []byte) bool {
	n := bytes.IndexByte(b, '\n')
	return n > 0 && s.width > 1 && len(fields(b[:n], s.delim)) == s.width
}

// skip goes on behind the row that the window is part of.
func (s *splitter) skip(quoted bool) error {
	for {
		s.start = s.end
		if s.eof {
			return nil
		}
		if err := s.fill(); err != nil {
			return err
		}
		for i, c := range s.buf[s.start:s.end] {
			if c == '"' && s.delim != 0 {
				quoted = !quoted
			}
			if c == '\n' && !quoted {
				s.start += i + 1
				return nil
			}
		}
	}
}

// fill reads more behind the window.
func (s *splitter) fill() error {
	copy(s.buf, s.buf[s.start:s.end])
	s.start, s.end = 0, s.end-s.start
	n, err := s.in.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof, err = true, nil
	}
	return err
}

// fields takes a row of CSV apart. A quote within a text that has none around it
// is a letter like any other.
func fields(raw []byte, delim byte) (list []string) {
	for {
		if len(raw) == 0 || raw[0] != '"' {
			n := bytes.IndexByte(raw, delim)
			if n < 0 {
				return append(list, string(raw))
			}
			list, raw = append(list, string(raw[:n])), raw[n+1:]
			continue
		}
		value, rest := quoted(raw[1:])
		list = append(list, value)
		n := bytes.IndexByte(rest, delim)
		if n < 0 {
			return list
		}
		raw = rest[n+1:]
	}
}

// quoted gives a text up to its closing quote, and what follows that.
func quoted(raw []byte) (value string, rest []byte) {
	var b []byte
	for {
		n := bytes.IndexByte(raw, '"')
		switch {
		case n < 0:
			return string(append(b, raw...)), nil
		case n+1 < len(raw) && raw[n+1] == '"':
			b, raw = append(b, raw[:n+1]...), raw[n+2:]
		case b == nil:
			return string(raw[:n]), raw[n+1:]
		default:
			return string(append(b, raw[:n]...)), raw[n+1:]
		}
	}
}
