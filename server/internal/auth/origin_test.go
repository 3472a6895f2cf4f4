package auth

import (
	"slices"
	"testing"
)

func TestOriginsAreExactButForThisMachine(t *testing.T) {
	allowed := []string{"https://northbeck.test", "http://localhost:*"}
	for _, o := range []string{"https://northbeck.test", "http://localhost", "http://localhost:1", "http://127.0.0.1:65535", "http://[::1]:8080"} {
		if !AllowsOrigin(allowed, o) {
			t.Errorf("%s refused", o)
		}
	}
	for _, o := range []string{"", "null", "http://northbeck.test", "https://northbeck.test:444", "https://www.northbeck.test", "https://northbeck.test.evil.test",
		"https://localhost:1", "http://localhost.evil.test", "http://localhost:1.evil.test", "http://localhost:", "http://localhost:123456",
		"http://127.0.0.1.evil.test", "http://127.0.0.2:1", "http://[::2]:1", "http://localhost:1/x", "http://localhost:*"} {
		if AllowsOrigin(allowed, o) {
			t.Errorf("%s allowed", o)
		}
	}
	if AllowsOrigin([]string{"https://northbeck.test"}, "http://localhost:1") {
		t.Error("this machine is allowed without being asked for")
	}
}

func TestOwnOrigins(t *testing.T) {
	for _, c := range []struct {
		public  string
		follows bool
		want    []string
	}{
		{"https://assay.test", false, []string{"https://assay.test"}},
		{"http://127.0.0.1:8080", false, []string{"http://127.0.0.1:8080"}},
		{"http://127.0.0.1:8080", true, []string{"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"}},
		{"http://192.0.2.1:8080", true, []string{"http://192.0.2.1:8080"}},
		{"http://127.0.0.1:80", true, []string{"http://127.0.0.1", "http://localhost", "http://[::1]"}},
		{"http://[::1]:80", true, []string{"http://[::1]", "http://localhost", "http://127.0.0.1"}},
		{"https://assay.test:443", false, []string{"https://assay.test"}},
	} {
		if got := OwnOrigins(c.public, c.follows); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.public, got, c.want)
		}
	}
}

func TestBrowsersLeaveDefaultPortsOut(t *testing.T) {
	for origin, want := range map[string]string{
		"http://a.test:80": "http://a.test", "https://a.test:443": "https://a.test", "http://a.test:443": "http://a.test:443",
		"https://a.test:80": "https://a.test:80", "http://a.test:8080": "http://a.test:8080", "http://[::1]:80": "http://[::1]",
		"http://[::80]": "http://[::80]", "http://localhost:*": "http://localhost:*", "": "",
	} {
		if got := BareOrigin(origin); got != want {
			t.Errorf("%s: got %s, want %s", origin, got, want)
		}
	}
	if !AllowsOrigin([]string{"https://northbeck.test:443"}, "https://northbeck.test") {
		t.Error("a site's origin with its default port is refused")
	}
}
