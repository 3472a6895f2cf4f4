package apptest

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
)

// Client is a browser or a program that talks to a server.
type Client struct {
	Base   string
	Origin string // sent along when not empty
	HTTP   *http.Client
	// NetDial makes the connections of sockets; nil: as usual.
	NetDial func(network, addr string) (net.Conn, error)

	t *testing.T
}

// Answer is a response that was read.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte

	t *testing.T
}

// Client makes a client without a cookie.
func (s *Server) Client() *Client {
	jar, _ := cookiejar.New(nil) // cannot fail without options
	transport := &http.Transport{DisableCompression: true}
	s.t.Cleanup(transport.CloseIdleConnections)
	return &Client{Base: s.URL, t: s.t, HTTP: &http.Client{Jar: jar, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// SignedIn makes a client with a person's session.
func (s *Server) SignedIn(email string) *Client {
	s.t.Helper()
	c := s.Client()
	a := c.JSON("POST", "/v1/session", map[string]string{"email": email, "password": Password})
	a.Want(http.StatusOK)
	return c
}

// Cookie gives the value of the Cookie header that the client would send.
func (c *Client) Cookie() string {
	r, err := http.NewRequest("GET", c.Base, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	var parts []string
	for _, cookie := range c.HTTP.Jar.Cookies(r.URL) {
		parts = append(parts, cookie.Name+"="+cookie.Value)
	}
	return strings.Join(parts, "; ")
}

// Get asks for a path.
func (c *Client) Get(path string, headers ...string) *Answer {
	c.t.Helper()
	return c.Do("GET", path, nil, headers...)
}

// JSON sends a value as JSON.
func (c *Client) JSON(method, path string, v any, headers ...string) *Answer {
	c.t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.Do(method, path, b, append([]string{"Content-Type", "application/json"}, headers...)...)
}

// Do sends a request; headers are names and values in turn.
func (c *Client) Do(method, path string, body []byte, headers ...string) *Answer {
	c.t.Helper()
	r, err := http.NewRequest(method, c.Base+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if c.Origin != "" {
		r.Header.Set("Origin", c.Origin)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.HTTP.Do(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return &Answer{answer.StatusCode, answer.Header, b, c.t}
}

// Want fails the test on another status.
func (a *Answer) Want(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	return a
}

// Into decodes the body.
func (a *Answer) Into(v any) *Answer {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%v: %s", err, a.Body)
	}
	return a
}

// Problem is the body of a refusal.
type Problem struct {
	Status int
	Code   string
	Detail string
	Errors []struct{ Pointer, Code, Detail string }
	Lead   json.RawMessage
}

// Refused checks status and code of a problem and gives it.
func (a *Answer) Refused(status int, code string) *Problem {
	a.t.Helper()
	var p Problem
	a.Want(status).Into(&p)
	if p.Code != code || p.Status != status || a.Header.Get("Content-Type") != "application/problem+json" {
		a.t.Fatalf("got code %q as %q, want %q: %s", p.Code, a.Header.Get("Content-Type"), code, a.Body)
	}
	return &p
}
