package httpapi

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"
)

// slow is how long a request may take before it is worth a line to everybody.
const slow = time.Second

// clientLeft is the status of a request whose client hung up before there was
// an answer. Nobody is sent it; proxies log it under this number, too.
const clientLeft = 499

// exchange is a request with its answer, as far as it may be logged: nothing
// that anybody said.
type exchange struct {
	method, template, id string
	status               int
	bytes                int64 // of the body as it was sent
	took                 time.Duration
	problem              *Problem // or nil
	err                  error    // what led to it
}

// access logs an exchange, in one line: what went wrong on our side as an error,
// what took long as a warning, all else at debug level. Of 503s one a second
// is a warning, with how many there were: they come in crowds.
func (a *API) access(ctx context.Context, x *exchange) {
	level, text := slog.LevelDebug, "request"
	var more []slog.Attr
	var fault *panicked
	switch {
	case errors.As(x.err, &fault):
		level, text = slog.LevelError, "panic"
		more = []slog.Attr{slog.Any("cause", fault.cause), slog.String("stack", string(fault.stack))}
	case x.problem != nil && x.problem.Status == http.StatusServiceUnavailable:
		if n := a.turnedAway.add(a.now()); n > 0 {
			level, text = slog.LevelWarn, "requests were turned away"
			more = []slog.Attr{slog.Int("requests", n), slog.String("code", x.problem.Code), slog.Any("err", x.err)}
		}
	case x.problem != nil && x.problem.Status >= 500:
		level, text = slog.LevelError, "request failed"
		more = []slog.Attr{slog.String("code", x.problem.Code), slog.Any("err", x.err)}
	case x.took >= slow:
		level, text = slog.LevelWarn, "request was slow"
	}
	if !a.log.Enabled(ctx, level) {
		return
	}
	a.log.LogAttrs(ctx, level, text, append([]slog.Attr{slog.String("route", x.method+" "+x.template), slog.Int("status", x.status),
		slog.Float64("ms", float64(x.took.Microseconds())/1000), slog.Int64("bytes", x.bytes), slog.String("request", x.id)}, more...)...)
}

// requestID gives the id under which a request is logged: the one that a proxy
// gave it, when that is 32 hexadecimal digits, with or without the dashes of a
// UUID. Anything else could be somebody's name or number, and a new id takes its
// place. Ids tell requests apart; nothing depends on nobody guessing them.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); isTraceID(id) {
		return id
	}
	var b [16]byte
	binary.NativeEndian.PutUint64(b[:8], rand.Uint64())
	binary.NativeEndian.PutUint64(b[8:], rand.Uint64())
	return hex.EncodeToString(b[:])
}

func isTraceID(id string) bool {
	if len(id) != 32 && len(id) != 36 {
		return false
	}
	digits := 0
	for _, c := range []byte(id) {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
			digits++
		case c != '-':
			return false
		}
	}
	return digits == 32
}
