package httpapi

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"testing/iotest"
	"time"
)

// A page takes 4xx for a touch that is wrong, and never sends it again: whoever was
// only slow would lose their enquiry.
func TestABodyThatIsLateIsToBeSentAgain(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)) // which has passed
		_, read := readBody(w, r, "text/plain")
		translate(errors.Join(err, read)).write(w)
	}))
	defer s.Close()
	body, rest := io.Pipe()
	r, err := http.NewRequest("POST", s.URL, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain")
	answer, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer rest.Close()
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "1" {
		t.Errorf("status %d, Retry-After %q", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
}

func TestAFileThatIsLateIsToBeSentAgain(t *testing.T) {
	file := &steady{iotest.ErrReader(os.ErrDeadlineExceeded), http.NewResponseController(httptest.NewRecorder())}
	if _, err := io.ReadAll(file); translate(err).Code != "body_late" {
		t.Errorf("got %v", err)
	}
}
