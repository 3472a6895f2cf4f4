package httpapi_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"assay/server/internal/apptest"
	"assay/server/internal/config"
)

func TestFilesComeInTheCodingThatTheBrowserWants(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	plain := c.Get("/assay.js").Want(http.StatusOK)
	if plain.Header.Get("Content-Encoding") != "" || plain.Header.Get("Vary") != "Accept-Encoding" || plain.Header.Get("Cache-Control") != "public, no-cache" {
		t.Errorf("plain: %v", plain.Header)
	}
	for accept, coding := range map[string]string{
		"gzip, deflate, br, zstd": "br", "gzip": "gzip", "br;q=0, gzip;q=0.5": "gzip", "br;q=0.1, gzip": "gzip", "*": "br",
		"identity": "", "": "", "deflate": "", "br;q=0": "", "gzip;q=x": "",
	} {
		a := c.Get("/assay.js", "Accept-Encoding", accept).Want(http.StatusOK)
		if got := a.Header.Get("Content-Encoding"); got != coding {
			t.Errorf("%q: coding %q, want %q", accept, got, coding)
		}
		if !bytes.Equal(decoded(t, a), plain.Body) {
			t.Errorf("%q: another body", accept)
		}
		again := c.Get("/assay.js", "Accept-Encoding", accept, "If-None-Match", a.Header.Get("ETag"))
		if again.Want(http.StatusNotModified); len(again.Body) != 0 {
			t.Errorf("%q: a body with 304", accept)
		}
		c.Get("/assay.js", "Accept-Encoding", accept, "If-None-Match", `"other", W/`+a.Header.Get("ETag")).Want(http.StatusNotModified)
	}
	c.Get("/assay.js", "If-None-Match", `"other"`).Want(http.StatusOK)
}

func decoded(t *testing.T, a *apptest.Answer) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(a.Body)
	var err error
	switch a.Header.Get("Content-Encoding") {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		r, err = gzip.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPagesHaveAStrictPolicy(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	for path, frames := range map[string]string{"/": "frame-ancestors 'none'", "/feed": "frame-ancestors 'none'", "/install": "frame-ancestors 'none'",
		"/demo/live": "frame-src 'self'; frame-ancestors 'none'", "/demo/": "frame-ancestors 'self'", "/demo/thanks/": "frame-ancestors 'self'"} {
		a := c.Get(path).Want(http.StatusOK)
		policy := a.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self';") || !strings.HasSuffix(policy, frames) {
			t.Errorf("%s: policy %q", path, policy)
		}
		if strings.Contains(policy, "unsafe-inline") || a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Referrer-Policy") == "" ||
			!strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", path, a.Header)
		}
	}
}

func TestVisitorsCanReadHowTheyAreRated(t *testing.T) {
	c := apptest.Start(t).Client()
	a := c.Get("/privacy/demo").Want(http.StatusOK)
	policy := a.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none';", "script-src 'self';", "frame-ancestors 'none';", "trusted-types 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("no %s in %q", part, policy)
		}
	}
	if !bytes.Contains(a.Body, []byte("How your enquiry is rated")) || strings.Contains(policy, "unsafe") || strings.Contains(policy, "connect-src") ||
		a.Header.Get("X-Frame-Options") != "DENY" || a.Header.Get("Cross-Origin-Opener-Policy") != "" {
		t.Errorf("%v\n%s", a.Header, a.Body)
	}
}

func TestVisitorsOfASiteThatDoesNotExistReadSo(t *testing.T) {
	c := apptest.Start(t).Client()
	policy := c.Get("/privacy/demo").Want(http.StatusOK).Header.Get("Content-Security-Policy")
	c.Get("/privacy/nobody").Refused(http.StatusNotFound, "unknown_site")
	c.Get("/privacy/nobody", "Accept", "application/json").Refused(http.StatusNotFound, "unknown_site")
	html := []string{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}
	for _, path := range []string{"/privacy/nobody", "/privacy/%22%3E%3Cb%3Emarked"} {
		a := c.Get(path, html...).Want(http.StatusNotFound)
		if !bytes.Contains(a.Body, []byte("There is no such site here")) || bytes.Contains(a.Body, []byte("marked")) {
			t.Errorf("%s: got %s", path, a.Body)
		}
		if h := a.Header; h.Get("Content-Security-Policy") != policy || h.Get("X-Frame-Options") != "DENY" || h.Get("Cache-Control") != "no-store" || h.Get("ETag") != "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	c.Do("POST", "/privacy/nobody", nil, html...).Refused(http.StatusMethodNotAllowed, "method_not_allowed")
}

func TestTheDemoSiteTakesPostsAndKeepsNothing(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	a := c.Do("POST", "/demo/thanks/", []byte("email=ann%40northbeck.test"), "Content-Type", "application/x-www-form-urlencoded").Want(http.StatusOK)
	if !bytes.Contains(a.Body, []byte("Thank you")) || bytes.Contains(a.Body, []byte("northbeck.test%")) {
		t.Errorf("got %s", a.Body)
	}
	c.Do("POST", "/demo/pricing/", nil).Refused(http.StatusMethodNotAllowed, "method_not_allowed")
	for from, to := range map[string]string{"/demo": "/demo/", "/demo/pricing": "/demo/pricing/"} {
		if a := c.Get(from).Want(http.StatusPermanentRedirect); a.Header.Get("Location") != to {
			t.Errorf("%s leads to %s", from, a.Header.Get("Location"))
		}
	}
	c.Get("/demo/nothing/").Refused(http.StatusNotFound, "not_found")
}

func TestWithoutDemoThereIsNoDemo(t *testing.T) {
	s := apptest.Start(t, func(c *config.Config) { c.Demo = false })
	for _, path := range []string{"/demo/", "/demo/live", "/v1/sites/demo/boot"} {
		s.Client().Get(path).Want(http.StatusNotFound)
	}
	if s.Link != "" || s.Demo != nil {
		t.Error("the demo's sign-ins exist")
	}
}

func TestNothingOutsideTheBuildIsServed(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	for _, path := range []string{"/static/../app.html", "/static/%2e%2e/app.html", "/engine/../assay.js.br", "/engine/nothing.wasm", "/app.html",
		"/demo/../app.html", "/.gitkeep", "/demo/index.html.br", "/keys.json", "/nothing"} {
		if a := c.Get(path); a.Status == http.StatusOK {
			t.Errorf("%s: served", path)
		}
	}
	a := c.Do("PUT", "/v1/touches", nil)
	a.Refused(http.StatusMethodNotAllowed, "method_not_allowed")
	if a.Header.Get("Allow") != "POST, OPTIONS" {
		t.Errorf("Allow: %q", a.Header.Get("Allow"))
	}
}

func TestWhoeverLooksAtAnAddressThatIsNoneGetsTheScreenThatSaysSo(t *testing.T) {
	s := apptest.Start(t)
	c := s.Client()
	html := []string{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}
	shell := c.Get("/feed").Want(http.StatusOK)
	for _, path := range []string{"/nothing", "/leads/abc", "/demo/nothing/"} {
		a := c.Get(path, html...).Want(http.StatusNotFound)
		if string(a.Body) != string(shell.Body) || a.Header.Get("Content-Security-Policy") != shell.Header.Get("Content-Security-Policy") {
			t.Errorf("%s: got %q under %q", path, a.Body, a.Header.Get("Content-Security-Policy"))
		}
		if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("ETag") != "" {
			t.Errorf("%s: may be kept: %v", path, a.Header)
		}
		c.Get(path, append(html, "If-None-Match", shell.Header.Get("ETag"))...).Want(http.StatusNotFound)
		c.Get(path).Refused(http.StatusNotFound, "not_found")
	}
	c.Do("POST", "/nothing", nil, html...).Refused(http.StatusNotFound, "not_found")
	c.Get("/v1/nothing", html...).Refused(http.StatusNotFound, "not_found")
}

func TestAliveAndReady(t *testing.T) {
	s := apptest.Start(t)
	s.Client().Get("/healthz").Want(http.StatusOK)
	apptest.Eventually(t, "ready", func() bool { return s.Client().Get("/readyz").Status == http.StatusOK })
}
