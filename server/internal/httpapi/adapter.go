package httpapi

import (
	"context"
	"errors"
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

// handle is the one place where errors and panics become answers and log lines.
func (a *API) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w}
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			a.Counters.Panics.Add(1)
			a.log.Error("panic", "route", route(r), "cause", cause, "stack", string(debug.Stack()))
			if !rec.written {
				internal().write(rec)
			}
		}()
		err := h(rec, r)
		if err == nil {
			return
		}
		p := a.toProblem(r, err)
		if rec.written || r.Context().Err() != nil && p.Status == http.StatusInternalServerError {
			return
		}
		p.write(rec)
	})
}

// toProblem gives the answer to an error, and logs what an operator must know.
// Of 503s that is how many there are: they come in crowds.
func (a *API) toProblem(r *http.Request, err error) *Problem {
	p := translate(err)
	switch {
	case p.Status == http.StatusServiceUnavailable:
		a.Counters.Unavailable.Add(1)
		if n := a.turnedAway.add(a.now()); n > 0 {
			a.log.Warn("requests were turned away", "requests", n, "last", route(r), "code", p.Code, "err", err)
		}
	case p.Status >= 500:
		a.log.Error("request failed", "route", route(r), "status", p.Status, "code", p.Code, "err", err)
	}
	return p
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
	case errors.Is(err, auth.ErrBusy), errors.Is(err, intake.ErrBusy), errors.Is(err, lead.ErrConflict), errors.Is(err, context.DeadlineExceeded):
		return problem(http.StatusServiceUnavailable, "busy", "Too much at once. Nothing was changed; try again.").after(time.Second)
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

// recorder knows whether an answer has begun.
type recorder struct {
	http.ResponseWriter
	written bool
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.written = true
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	r.written = true
	return r.ResponseWriter.Write(b)
}

// Unwrap serves http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
