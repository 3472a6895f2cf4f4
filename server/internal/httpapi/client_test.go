package httpapi

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestTheClientIsNamedByTrustedProxiesAlone(t *testing.T) {
	for _, c := range []struct {
		peer, forwarded string
		trust           bool
		want            string
	}{
		{"198.51.100.7:1", "", false, "198.51.100.7"},
		{"198.51.100.7:1", "203.0.113.5", true, "198.51.100.7"}, // anybody can say so
		{"127.0.0.1:1", "", true, "127.0.0.1"},
		{"127.0.0.1:1", "203.0.113.5", false, "127.0.0.1"},
		{"127.0.0.1:1", "203.0.113.5", true, "203.0.113.5"},
		{"[::1]:1", "2001:db8::1", true, "2001:db8::1"},
		{"[::ffff:10.0.0.1]:1", "::ffff:203.0.113.5", true, "203.0.113.5"},
		{"10.0.0.1:1", "192.0.2.1, 203.0.113.5", true, "203.0.113.5"}, // the first one is what the visitor made up
		{"10.0.0.1:1", "203.0.113.5, 10.0.0.2,192.168.1.1", true, "203.0.113.5"},
		{"10.0.0.1:1", "203.0.113.5, nonsense, 10.0.0.2", true, "10.0.0.1"},
		{"10.0.0.1:1", "10.0.0.9, 10.0.0.2", true, "10.0.0.1"},
		{"10.0.0.1:1", ",", true, "10.0.0.1"},
		{"nowhere", "203.0.113.5", true, "invalid IP"},
	} {
		a := &API{Options: Options{TrustProxy: c.trust}, log: slog.New(slog.DiscardHandler)}
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := a.client(r).String(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestSeveralForwardedHeadersAreOneList(t *testing.T) {
	a := &API{Options: Options{TrustProxy: true}}
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "127.0.0.1:1"
	r.Header["X-Forwarded-For"] = []string{"192.0.2.1", "203.0.113.5", "10.0.0.2"}
	if got := a.client(r).String(); got != "203.0.113.5" {
		t.Errorf("got %s", got)
	}
}

func TestAProxyThatIsNotTrustedIsToldOfOnce(t *testing.T) {
	var log bytes.Buffer
	a := &API{log: slog.New(slog.NewTextHandler(&log, nil))}
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("X-Forwarded-For", "203.0.113.5")
	for range 3 {
		a.client(r)
	}
	if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "-trust-proxy") || strings.Contains(log.String(), "203.0.113.5") {
		t.Errorf("logged %q", &log)
	}
}
