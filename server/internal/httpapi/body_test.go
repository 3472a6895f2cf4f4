package httpapi_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"assay/server/internal/apptest"
)

// unfinished sends the beginning of a body and then no more, and gives the answer.
func unfinished(t *testing.T, s *apptest.Server, path, contentType string, headers ...string) string {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: assay.test\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: 1000\r\n%s\r\n{\"id\":",
		path, contentType, strings.Join(append(headers, ""), "\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer)
}

// A visitor who went out of reach was once an error of the server, in its log, its
// metrics and its answer.
func TestABodyThatEndsTooSoonIsNoFaultOfTheServer(t *testing.T) {
	s := apptest.Start(t)
	admin := s.SignedIn("admin@demo.test")
	_, secret := token(admin, "deploy", "marketer")
	for path, contentType := range map[string]string{"/v1/touches": "text/plain", "/v1/session": "application/json", "/v1/imports": "text/csv"} {
		answer := unfinished(t, s, path, contentType, "Authorization: Bearer "+secret)
		if !strings.HasPrefix(answer, fmt.Sprintf("HTTP/1.1 %d ", http.StatusBadRequest)) || !strings.Contains(answer, `"code":"body_unfinished"`) {
			t.Errorf("%s answers %s", path, answer)
		}
	}
	if metrics := string(s.Client().Get("/metrics").Want(http.StatusOK).Body); strings.Contains(metrics, `status="500"`) || strings.Contains(metrics, `code="internal"`) {
		t.Error("the metrics count a fault of the server")
	}
}
