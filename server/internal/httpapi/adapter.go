package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// handler answers a request or returns why it did not; then it has written
// nothing.
type handler func(w http.ResponseWriter, r *http.Request) error

// handle is the one place where errors and panics become answers, where a
// request is measured and where it is logged. The template stands for the path,
// which may hold what somebody said.
func (a *API) handle(method, template string, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := a.now()
		rec := &recorder{ResponseWriter: w}
		x := exchange{method: method, template: template, id: requestID(r)}
		w.Header()["X-Request-Id"] = []string{x.id}
		if err := attempt(h, rec, r); err != nil {
			a.answer(rec, r, &x, err)
		}
		x.status, x.bytes, x.took = rec.outcome(), rec.bytes, a.now().Sub(begun)
		if a.Observe != nil {
			a.Observe(method, template, x.status, x.took)
		}
		a.access(r.Context(), &x)
	})
}

// panicked is a handler's panic as its error.
type panicked struct {
	cause any
	stack []byte
}

// Error implements the error interface.
func (p *panicked) Error() string { return fmt.Sprint(p.cause) }

// attempt runs a handler. A panic is its error, unless it is meant to end the
// connection.
func attempt(h handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if fault, ok := cause.(error); ok && errors.Is(fault, http.ErrAbortHandler) {
			panic(cause)
		}
		err = &panicked{cause, debug.Stack()}
	}()
	return h(w, r)
}

// answer writes the problem that an error is, and notes it for the log. A
// client that left while its request failed for that very reason gets none.
func (a *API) answer(rec *recorder, r *http.Request, x *exchange, err error) {
	p := translate(err)
	if p.Status == http.StatusInternalServerError && r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		rec.status = clientLeft
		return
	}
	x.problem, x.err = p, err
	var fault *panicked
	switch {
	case errors.As(err, &fault):
		a.Counters.Panics.Add(1)
	case p.Status == http.StatusServiceUnavailable:
		a.Counters.Unavailable.Add(1)
	}
	if rec.status == 0 {
		p.write(rec)
	}
}

// tally counts what is logged at most once a second.
type tally struct {
	mu    sync.Mutex
	n     int
	quiet time.Time // until then nothing is logged
}

// add counts one more. It gives how many there were since the last line, or 0
// while it is too soon for another.
func (t *tally) add(now time.Time) (n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
	if now.Before(t.quiet) {
		return 0
	}
	n, t.n, t.quiet = t.n, 0, now.Add(time.Second)
	return n
}

// translate maps every error that a use case may give.
func translate(err error) *Problem {
	var p *Problem
	var throttled *auth.ThrottledError
	var fault *intake.Fault
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &throttled):
		return problem(http.StatusTooManyRequests, "too_many_attempts", "Too many wrong passwords from here. Try again later.").after(throttled.RetryAfter)
	case errors.As(err, &fault):
		return invalidTouch(Fault{fault.Pointer, fault.Code, fault.Detail})
	case errors.As(err, &large):
		return problem(http.StatusRequestEntityTooLarge, "body_too_large", "A body has at most 64 KiB.")
	case errors.Is(err, auth.ErrSignedOut):
		return problem(http.StatusUnauthorized, "signed_out", "Sign in first: POST /v1/session.")
	case errors.Is(err, auth.ErrCredentials):
		return problem(http.StatusUnauthorized, "wrong_credentials", "Mail address and password, or the one-time link, are of no use here.")
	case errors.Is(err, auth.ErrBusy), errors.Is(err, intake.ErrBusy):
		return problem(http.StatusServiceUnavailable, "busy", "Too much at once. Nothing was changed; try again.").after(time.Second)
	case errors.Is(err, lead.ErrConflict), errors.Is(err, context.DeadlineExceeded): // a touch may be stored by now
		return problem(http.StatusServiceUnavailable, "busy", "Too much at once. Ask again: what comes under the same id counts once.").after(time.Second)
	case errors.Is(err, intake.ErrUnavailable):
		return problem(http.StatusServiceUnavailable, "unavailable", "The store does not answer. Ask again: what comes under the same id counts once.").after(2 * time.Second)
	case errors.Is(err, intake.ErrFull):
		return problem(http.StatusTooManyRequests, "rate_limited", "The site keeps no more left forms of today. Nothing was stored.").after(time.Hour)
	case errors.Is(err, lead.ErrNotFound):
		return problem(http.StatusNotFound, "unknown_lead", "There is no lead with this id in your site.")
	case errors.Is(err, desk.ErrCursor):
		return invalidQuery(Fault{"/cursor", "unknown_cursor", "want a next_cursor of the same list"})
	case errors.Is(err, catalog.ErrModel):
		return problem(http.StatusNotFound, "unknown_model", "No site has a model of this version.")
	}
	return internal()
}

func internal() *Problem {
	return problem(http.StatusInternalServerError, "internal", "Something went wrong on our side. It was logged.")
}

func forbidden(detail string) *Problem { return problem(http.StatusForbidden, "not_allowed", detail) }

func invalidQuery(faults ...Fault) *Problem {
	return problem(http.StatusBadRequest, "invalid_query", "A parameter is wrong.").with(faults...)
}

func invalidTouch(faults ...Fault) *Problem {
	return problem(http.StatusUnprocessableEntity, "invalid_touch", "The touch was not stored: a member is wrong.").with(faults...)
}
