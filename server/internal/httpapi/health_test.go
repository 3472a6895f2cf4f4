package httpapi

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestReadinessWaitsASecondForTheStoreAndTellsTheReasonAlone(t *testing.T) {
	a, err := New(Options{Files: anyFiles, Log: slog.New(slog.DiscardHandler), Now: time.Now, Ready: func(ctx context.Context) string {
		if until, ok := ctx.Deadline(); !ok || time.Until(until) > readyWithin {
			t.Errorf("asked until %v, %v", until, ok)
		}
		return "store"
	}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	a.ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
	if w.Code != 503 || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), `"code":"not_ready","detail":"The server cannot serve at this moment.","reason":"store"}`) {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	w = httptest.NewRecorder() // nobody is asked whether the process lives
	a.ServeHTTP(w, httptest.NewRequest("GET", "/healthz", nil))
	if w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
