package httpapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

func answer(t *testing.T, h handler) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var log bytes.Buffer
	a := &API{log: slog.New(slog.NewTextHandler(&log, nil)), now: time.Now}
	w := httptest.NewRecorder()
	a.handle("GET", "/v1/leads", h).ServeHTTP(w, httptest.NewRequest("GET", "/v1/leads?q=ann@northbeck.test", nil))
	return w, log.String()
}

func TestInternalTextNeverReachesAUser(t *testing.T) {
	secret := errors.New("disk /srv/secret is full")
	for what, h := range map[string]handler{
		"error": func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("store: %w", secret) },
		"panic": func(http.ResponseWriter, *http.Request) error { panic(secret) },
	} {
		w, log := answer(t, h)
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"code":"internal"`) {
			t.Errorf("%s: %d %s", what, w.Code, w.Body)
		}
		if !strings.Contains(log, "secret") || strings.Contains(log, "northbeck") {
			t.Errorf("%s: logged %q: want the cause and nothing of the query", what, log)
		}
	}
}

func TestAPanicAfterTheAnswerBeganAddsNothing(t *testing.T) {
	w, _ := answer(t, func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write([]byte("half"))
		panic("then")
	})
	if w.Code != 200 || w.Body.String() != "half" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestABusyStoreSaysWhenToTryAgain(t *testing.T) {
	w, _ := answer(t, func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("touch: %w", intake.ErrBusy) })
	if w.Code != 503 || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), `"code":"busy"`) {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

// A touch that lost its races for a lead is stored, and applied later: the answer
// said that nothing was changed.
func TestWhoLostEveryRaceIsNotToldThatNothingWasChanged(t *testing.T) {
	for _, err := range []error{lead.ErrConflict, context.DeadlineExceeded} {
		w, _ := answer(t, func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("touch: %w", err) })
		if w.Code != 503 || strings.Contains(w.Body.String(), "Nothing") || !strings.Contains(w.Body.String(), "same id counts once") {
			t.Errorf("%v: %d %s", err, w.Code, w.Body)
		}
	}
}

func TestAStoreThatDoesNotAnswerIsUnavailable(t *testing.T) {
	w, _ := answer(t, func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("touch: %w", intake.ErrUnavailable) })
	if w.Code != 503 || w.Header().Get("Retry-After") != "2" || !strings.Contains(w.Body.String(), `"code":"unavailable"`) {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}

// An overload of the store must not become one of the log.
func TestBusyAnswersShareOneLineASecond(t *testing.T) {
	var log bytes.Buffer
	now := time.Unix(1_800_000_000, 0)
	a := &API{log: slog.New(slog.NewTextHandler(&log, nil)), now: func() time.Time { return now }}
	h := a.handle("POST", "/v1/touches", func(http.ResponseWriter, *http.Request) error { return intake.ErrBusy })
	ask := func() { h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/v1/touches", nil)) }
	for range 100 {
		ask()
	}
	now = now.Add(time.Second)
	ask()
	text := log.String()
	if strings.Count(text, "\n") != 2 || strings.Contains(text, "ERROR") || !strings.Contains(text, "requests=1 ") || !strings.Contains(text, "requests=100 ") {
		t.Errorf("logged %s", text)
	}
	if n := a.Counters.Unavailable.Load(); n != 101 {
		t.Errorf("counted %d", n)
	}
}

func TestAFaultOfIntakeNamesItsMember(t *testing.T) {
	w, _ := answer(t, func(http.ResponseWriter, *http.Request) error {
		return &intake.Fault{Pointer: "/visits/0/evidence", Code: "invalid_evidence", Detail: "want a log"}
	})
	if w.Code != 422 || !strings.Contains(w.Body.String(), `"errors":[{"pointer":"/visits/0/evidence","code":"invalid_evidence","detail":"want a log"}]`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
