package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
)

// inTrial marks the context of a request that a test event makes. Nothing that
// comes from outside can carry it.
type inTrial struct{}

// isTrial reports whether a request is a test event's.
func isTrial(r *http.Request) bool { return r.Context().Value(inTrial{}) != nil }

// call makes a request of a page through all that stands in the way of one.
func (t *trial) call(ctx context.Context, method, path, body string) *kept {
	answer := &kept{header: http.Header{}, status: http.StatusOK}
	r, err := http.NewRequestWithContext(context.WithValue(ctx, inTrial{}, true), method, path, strings.NewReader(body))
	if err != nil { // no page could ask that
		answer.status = http.StatusBadRequest
		return answer
	}
	r.RemoteAddr = "127.0.0.1:0" // whoever has it made is held to a rate of their own
	r.Header.Set("Origin", t.report.Origin)
	if body != "" {
		r.Header.Set("Content-Type", "text/plain")
	}
	t.ServeHTTP(answer, r)
	return answer
}

// kept is an answer that stays here.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }

// why gives what a refusal says.
func (k *kept) why() string {
	var p Problem
	if json.Unmarshal(k.body.Bytes(), &p) != nil || p.Detail == "" {
		return http.StatusText(k.status) + "."
	}
	return p.Detail
}
