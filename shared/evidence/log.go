package evidence

import "assay/shared/fault"

// Bounds of one visit's log.
const (
	Version    = 1        // first byte of a log
	MaxBytes   = 4096     // length of a log; MaxSignals of the longest kind take 2,561
	MaxSignals = 512      // signals in a log
	MaxMillis  = 86400000 // time of a signal in ms after the visit's start: 24 hours
)

// What can be wrong with a log.
const (
	ErrEmpty     fault.Code = 1 // no bytes at all
	ErrVersion   fault.Code = 2 // the first byte is not Version
	ErrTooLong   fault.Code = 3 // more than MaxBytes
	ErrTooMany   fault.Code = 4 // more than MaxSignals
	ErrKind      fault.Code = 5 // a kind of 0 or above MaxKind
	ErrTruncated fault.Code = 6 // the last signal is cut off
	ErrTime      fault.Code = 7 // a time above MaxMillis or not in its shortest form
)

// Signal is one entry of a log.
type Signal struct {
	Kind   Kind
	Millis uint32 // ms since the visit's start, at most MaxMillis
}

// Log is a visit's log under construction. The zero value is an empty log;
// its size is fixed, so that nothing is allocated while a visitor types.
type Log struct {
	buf  [MaxBytes]byte
	n    int32
	last uint32
	many int32
}

// Reset empties the log.
func (l *Log) Reset() { l.n, l.last, l.many = 0, 0, 0 }

// Bytes gives the encoded log, valid until the next change of it.
func (l *Log) Bytes() []byte {
	if l.n == 0 {
		l.buf[0] = Version
		l.n = 1
	}
	return l.buf[:l.n]
}

// Append adds a signal. A time before the last signal's counts as the last
// one's: clocks of different events may disagree by a little, their order does
// not. It fails with ErrKind, ErrTime or ErrTooMany, and then changes
// nothing.
func (l *Log) Append(k Kind, millis uint32) error { return l.Add(k, millis).Err() }

// Add is Append with a bare code, 0 for none.
func (l *Log) Add(k Kind, millis uint32) fault.Code {
	if k == 0 || k > MaxKind {
		return ErrKind
	}
	if millis > MaxMillis {
		return ErrTime
	}
	if l.many >= MaxSignals {
		return ErrTooMany
	}
	n := int32(len(l.Bytes())) // five bytes a signal at most: the log holds MaxSignals
	if millis < l.last {
		millis = l.last
	}
	l.buf[n] = byte(k)
	n++
	for delta := millis - l.last; ; delta >>= 7 {
		if delta < 0x80 {
			l.buf[n] = byte(delta)
			n++
			break
		}
		l.buf[n] = byte(delta) | 0x80
		n++
	}
	l.n, l.last = n, millis
	l.many++
	return 0
}

// Reader walks a log in order. It reads in place and allocates nothing.
type Reader struct {
	log    []byte
	at     int32
	millis uint32
	many   int32
	err    fault.Code
}

// Read starts at the log's first signal. The bytes may be anybody's: every
// bound is checked on the way.
func (r *Reader) Read(log []byte) {
	*r = Reader{log: log, at: 1}
	switch {
	case len(log) == 0:
		r.err = ErrEmpty
	case len(log) > MaxBytes:
		r.err = ErrTooLong
	case log[0] != Version:
		r.err = ErrVersion
	}
}

// Next gives the next signal, or false at the log's end or its first fault,
// which Err then names.
func (r *Reader) Next() (Signal, bool) {
	if r.err != 0 || int(r.at) >= len(r.log) {
		return Signal{}, false
	}
	if r.many >= MaxSignals {
		return r.fail(ErrTooMany)
	}
	kind := Kind(r.log[r.at])
	if kind == 0 || kind > MaxKind {
		return r.fail(ErrKind)
	}
	at := r.at + 1
	delta := uint32(0)
	for shift := uint32(0); ; shift += 7 {
		if int(at) >= len(r.log) {
			return r.fail(ErrTruncated)
		}
		b := r.log[at]
		at++
		delta |= uint32(b&0x7f) << shift
		if b < 0x80 {
			if b == 0 && shift > 0 {
				return r.fail(ErrTime) // a shorter form exists: one log, one encoding
			}
			break
		}
		if shift == 21 {
			return r.fail(ErrTime) // four bytes hold more than MaxMillis
		}
	}
	millis := r.millis + delta
	if millis > MaxMillis {
		return r.fail(ErrTime)
	}
	r.at, r.millis = at, millis
	r.many++
	return Signal{kind, millis}, true
}

func (r *Reader) fail(e fault.Code) (Signal, bool) {
	r.err = e
	return Signal{}, false
}

// Fault is the log's fault, or 0 when all that was read so far is sound.
func (r *Reader) Fault() fault.Code { return r.err }

// Err is the same as an error.
func (r *Reader) Err() error { return r.err.Err() }

// Check reads the whole log and gives the number of its signals and the time
// of the last one in ms.
func Check(log []byte) (signals int, last uint32, err error) {
	var r Reader
	r.Read(log)
	for {
		if _, ok := r.Next(); !ok {
			break
		}
	}
	return int(r.many), r.millis, r.Err()
}

// Extends reports whether a log begins with every byte of an earlier one, as
// the log of one visit always does.
func Extends(log, earlier []byte) bool {
	if len(log) < len(earlier) {
		return false
	}
	for i := range earlier {
		if log[i] != earlier[i] {
			return false
		}
	}
	return true
}

// Visit is one visit's evidence: when it began by the server's clock, and its
// log.
type Visit struct {
	Start int64 // unix seconds
	Log   []byte
}
