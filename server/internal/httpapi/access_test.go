package httpapi

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

// logged answers a request with a handler and gives the log, from a level on.
func logged(level slog.Level, took time.Duration, h handler) (string, *httptest.ResponseRecorder) {
	var log bytes.Buffer
	now := time.Unix(1_800_000_000, 0)
	a := &API{log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: level})), now: func() time.Time { return now }}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/v1/leads/l1?q=ann", nil)
	a.handle("GET", "/v1/leads/{id}", func(w http.ResponseWriter, r *http.Request) error {
		now = now.Add(took)
		return h(w, r)
	}).ServeHTTP(w, r)
	return log.String(), w
}

func TestARequestIsOneLineWithoutWhatWasSaid(t *testing.T) {
	text, w := logged(slog.LevelDebug, 1500*time.Microsecond, func(w http.ResponseWriter, _ *http.Request) error {
		writeBody(w, 201, []byte("hello"))
		return nil
	})
	want := fmt.Sprintf(`level=DEBUG msg=request route="GET /v1/leads/{id}" status=201 ms=1.5 bytes=5 request=%s`+"\n", w.Header().Get("X-Request-Id"))
	if !strings.HasSuffix(text, want) || strings.Count(text, "\n") != 1 {
		t.Errorf("logged %q, want %q", text, want)
	}
}

func TestOnlyWhatIsSlowOrFailedIsLoggedToEverybody(t *testing.T) {
	fine := func(w http.ResponseWriter, _ *http.Request) error { return writeJSON(w, 200, 1) }
	for what, c := range map[string]struct {
		took time.Duration
		h    handler
		says string
	}{
		"fine":    {time.Second - 1, fine, ""},
		"unknown": {0, func(http.ResponseWriter, *http.Request) error { return notFound() }, ""},
		"slow":    {time.Second, fine, `level=WARN msg="request was slow"`},
		"failed":  {0, func(http.ResponseWriter, *http.Request) error { return errors.New("disk") }, `level=ERROR msg="request failed"`},
		"panics":  {0, func(http.ResponseWriter, *http.Request) error { panic("disk") }, `level=ERROR msg=panic`},
	} {
		text, _ := logged(slog.LevelInfo, c.took, c.h)
		if (c.says == "") != (text == "") || !strings.Contains(text, c.says) || strings.Count(text, "\n") > 1 {
			t.Errorf("%s: logged %q, want %q", what, text, c.says)
		}
	}
}

func TestAnIDIsKeptOnlyWhenItCanBeNothingElse(t *testing.T) {
	a := &API{log: slog.New(slog.DiscardHandler), now: time.Now}
	h := a.handle("GET", "/", func(http.ResponseWriter, *http.Request) error { return nil })
	ask := func(id string) string {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil)
		r.Header.Set("X-Request-Id", id)
		h.ServeHTTP(w, r)
		return w.Header().Get("X-Request-Id")
	}
	for _, id := range []string{"0123456789abcdef0123456789ABCDEF", "3c2f0e2f-6f0a-4e7d-9b1c-2d3e4f5a6b7c"} {
		if got := ask(id); got != id {
			t.Errorf("%s became %s", id, got)
		}
	}
	ours, seen := regexp.MustCompile(`^[0-9a-f]{32}$`), map[string]bool{}
	for _, id := range []string{"", "ann", "ann@northbeck.test", "4111111111111111", strings.Repeat("-", 36), strings.Repeat("a", 31) + "\n", strings.Repeat("a", 33)} {
		got := ask(id)
		if !ours.MatchString(got) || seen[got] {
			t.Errorf("%q became %q", id, got)
		}
		seen[got] = true
	}
}

func TestWhoeverObservesHearsOfTemplatesAlone(t *testing.T) {
	var heard []string
	a, err := New(Options{Files: anyFiles, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Observe: func(method, template string, status int, _ time.Duration) {
			heard = append(heard, fmt.Sprint(method, " ", template, " ", status))
		}})
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range []string{"GET /healthz", "HEAD /healthz", "GET /nowhere/ann", "BREW /healthz", "GET /models/ann.bin/x"} {
		method, path, _ := strings.Cut(call, " ")
		a.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, path, nil))
	}
	want := "[GET /healthz 200 GET /healthz 200 any unknown 404 any unknown 405 any unknown 404]"
	if got := fmt.Sprint(heard); got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}

// BenchmarkHandle is what measuring, naming and not logging a request costs.
func BenchmarkHandle(b *testing.B) {
	a := &API{log: slog.New(slog.DiscardHandler), now: time.Now, Options: Options{Observe: func(string, string, int, time.Duration) {}}}
	h := a.handle("POST", "/v1/touches", func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusAccepted)
		return nil
	})
	w, r := httptest.NewRecorder(), httptest.NewRequest("POST", "/v1/touches", nil)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
