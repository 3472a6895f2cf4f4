package httpapi

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Problem is an answer that is not what was asked for (RFC 9457). It is an
// error: handlers return it. Nothing internal is in it.
type Problem struct {
	Type   string  `json:"type"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Code   string  `json:"code"` // stable
	Detail string  `json:"detail,omitempty"`
	Errors []Fault `json:"errors,omitempty"`
	Lead   any     `json:"lead,omitempty"`   // as it stands, where somebody was first
	Site   any     `json:"site,omitempty"`   // as it is set, where somebody was first
	Reason string  `json:"reason,omitempty"` // one word: why the server is not ready

	retryAfter time.Duration
}

// Fault is a member of a request that is wrong.
type Fault struct {
	Pointer string `json:"pointer"` // JSON pointer; for a query "/name"
	Code    string `json:"code"`    // stable
	Detail  string `json:"detail"`
}

// Error implements the error interface.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

func problem(status int, code, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

// after tells when to try again.
func (p *Problem) after(d time.Duration) *Problem {
	p.retryAfter = d
	return p
}

func (p *Problem) with(faults ...Fault) *Problem {
	p.Errors = faults
	return p
}

func (p *Problem) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	if p.retryAfter > 0 {
		seconds := (p.retryAfter + time.Second - 1) / time.Second
		h.Set("Retry-After", strconv.Itoa(int(seconds)))
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that is gone hears nothing
}
