package app

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// record is a log that several goroutines write.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

const said = "ann-northbeck" // wherever something can be said

// raw sends bytes as they are and reads whatever comes back.
func raw(t *testing.T, a *App, text string) {
	t.Helper()
	c, err := net.Dial("tcp", a.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second)) // never fails on an open connection
	if _, err := io.WriteString(c, strings.ReplaceAll(text, "\n", "\r\n")); err != nil {
		t.Fatal(err)
	}
	if n, _ := io.Copy(io.Discard, c); n == 0 {
		t.Errorf("no answer to %q", text)
	}
}

// No line of the log, at any level, holds anything of a path, a query, a header
// or a body, be they sound or not.
func TestTheLogHoldsNothingThatAnybodySaid(t *testing.T) {
	log := &record{}
	a := running(t, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	touch := ask("t-"+said, said+"@works.test")
	bodies := []string{"", "{", `"` + said, `{"` + said + `":1}`, touch, strings.Replace(touch, `"submit"`, `"`+said+`"`, 1),
		strings.Replace(touch, `"demo"`, `"`+said+`"`, 1), strings.Replace(touch, said+"@works.test", said, 1),
		strings.Replace(touch, `"profile"`, `"visits":[{"session":"`+said+`","evidence":"`+said+`"}],"profile"`, 1),
		`{"email":"` + said + `@works.test","password":"` + said + `"}`, `{"token":"` + said + `"}`, `{"action":"` + said + `"}`}
	paths := []string{"/" + said, "/v1/" + said, "/v1/leads/" + said, "/v1/leads/" + said + "/actions", "/models/" + said + ".bin", "/engine/" + said,
		"/privacy/" + said, "/static/" + said, "/demo/" + said, "/v1/sites/" + said + "/boot", "/v1/sites/demo/boot?visitor=" + said + "!",
		"/v1/leads?q=" + said + "&cursor=" + said + "&stage=" + said, "/v1/alerts?after=" + said, "/v1/alerts/stream?after=" + said,
		"/v1/touches?" + said, "/v1/session?a=" + said + ";b=%zz" + said}
	for _, path := range paths {
		for i, method := range []string{"GET", "POST", "DELETE", "OPTIONS", "HEAD", strings.ToUpper(said)} {
			raw(t, a, fmt.Sprintf("%s %s HTTP/1.1\nHost: %s\nUser-Agent: %[3]s\nReferer: https://%[3]s.test/\nOrigin: https://%[3]s.test\nCookie: assay=%[3]s\n"+
				"Authorization: Bearer %[3]s\nX-Request-Id: %[3]s\nX-Forwarded-For: %[3]s\nAccept-Encoding: %[3]s\nContent-Type: application/json\n"+
				"Connection: close\nContent-Length: %d\n\n%s", method, path, said, len(bodies[i]), bodies[i]))
		}
	}
	for _, path := range []string{"/v1/touches", "/v1/session", "/v1/leads/" + said + "/actions"} {
		for _, body := range bodies {
			raw(t, a, fmt.Sprintf("POST %s HTTP/1.1\nHost: x\nContent-Type: application/json\nConnection: close\nContent-Length: %d\n\n%s", path, len(body), body))
		}
	}
	for _, text := range []string{"GET /" + said + " HTTP/9.9\n\n", said + "\n\n", "GET / HTTP/1.1\n" + said + "\n\n", "GET /%" + said + " HTTP/1.1\nHost: x\n\n",
		"POST /v1/touches HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\nConnection: close\n\n" + said + "\n"} {
		raw(t, a, text)
	}
	if status, _ := get(t, a, "/healthz"); status != http.StatusOK {
		t.Errorf("alive: %d", status)
	}
	text := log.String()
	if n := strings.Count(text, `"msg":"request"`); n < len(paths)*5 {
		t.Errorf("%d requests are in the log", n)
	}
	for line := range strings.Lines(text) {
		if low := strings.ToLower(line); strings.Contains(low, "northbeck") || strings.Contains(line, "127.0.0.1:") && !strings.Contains(line, `"msg":"serving"`) {
			t.Errorf("logged %s", line)
		}
	}
}
