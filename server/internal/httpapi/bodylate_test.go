package httpapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
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

// A body that breaks off or is late can come with any call that has one.
func TestTheDescriptionSaysOfEveryBodyThatItMayBreakOffOrBeLate(t *testing.T) {
	type answer struct {
		Ref         string `json:"$ref"`
		Description string
	}
	var doc struct {
		Paths map[string]map[string]struct {
			RequestBody *json.RawMessage
			Responses   map[string]answer
		}
		Components struct{ Responses map[string]answer }
	}
	if err := json.Unmarshal(openapiJSON, &doc); err != nil {
		t.Fatal(err)
	}
	bodies := 0
	for path, calls := range doc.Paths {
		for method, call := range calls {
			if call.RequestBody == nil {
				continue
			}
			bodies++
			for status, code := range map[string]string{"400": "body_unfinished", "503": "body_late"} {
				said := call.Responses[status]
				shared := doc.Components.Responses[strings.TrimPrefix(said.Ref, "#/components/responses/")]
				if !strings.Contains(said.Description+shared.Description, code) {
					t.Errorf("%s %s does not say that %s may be %s", method, path, status, code)
				}
			}
		}
	}
	if bodies == 0 {
		t.Error("no call has a body")
	}
}
