package httpapi_test

import (
	"crypto/sha512"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"assay/server/internal/apptest"
	"assay/server/internal/config"
	"assay/server/internal/install"
)

// host serves a customer's page.
func host(t *testing.T, html string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, html)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func check(c *apptest.Client, url string) *install.Report {
	var r install.Report
	c.JSON("POST", "/v1/install/check", map[string]string{"url": url}).Want(http.StatusOK).Into(&r)
	return &r
}

func codes(r *install.Report) (out []string) {
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	return out
}

func TestThePinnedTagNamesAScriptThatItsHashFits(t *testing.T) {
	s := apptest.Start(t)
	var tags install.Tags
	s.SignedIn("marketer@demo.test").Get("/v1/install").Want(http.StatusOK).Into(&tags)
	path, ok := strings.CutPrefix(tags.PinnedURL, s.URL)
	if !ok || !strings.Contains(tags.PinnedTag, tags.PinnedURL) || !strings.Contains(tags.PinnedTag, tags.Integrity) ||
		tags.Tag != `<script src="`+s.URL+`/assay.js" data-site="demo" async></script>` {
		t.Fatalf("got %+v", tags)
	}
	pinned := s.Client().Get(path).Want(http.StatusOK)
	sum := sha512.Sum384(pinned.Body)
	if tags.Integrity != "sha384-"+base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("integrity %s", tags.Integrity)
	}
	h := pinned.Header
	if h.Get("Cache-Control") != "public, max-age=31536000, immutable" || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("pinned: %v", h)
	}
	rolling := s.Client().Get("/assay.js").Want(http.StatusOK)
	if string(rolling.Body) != string(pinned.Body) || rolling.Header.Get("Cache-Control") != "public, no-cache" || rolling.Header.Get("ETag") == "" {
		t.Errorf("rolling: %v", rolling.Header)
	}
	s.Client().Get("/assay/0123456789abcdef.js").Refused(http.StatusNotFound, "not_found")
}

func TestAMarketerChecksAPage(t *testing.T) {
	s := apptest.Start(t)
	url := host(t, `<!doctype html><script src="`+s.URL+`/assay.js" data-site="demo" async></script>
		<form data-assay-form="book-a-demo"><input name="email" type="email"></form><p data-assay-notice></p>`)
	r := check(s.SignedIn("marketer@demo.test"), url)
	for _, want := range []string{"tag_found", "csp_none", "endpoint_reachable", "origin_allowed", "form_found", "notice_found"} {
		if !slices.Contains(codes(r), want) {
			t.Errorf("%s is missing from %v", want, codes(r))
		}
	}
	if !r.Works || len(r.Forms) != 1 || r.Forms[0].Kind != "demo" {
		t.Errorf("got %+v", r)
	}
}

func TestChecksAreForThoseWhoMay(t *testing.T) {
	s := apptest.Start(t)
	body := map[string]string{"url": "http://127.0.0.1:1/"}
	s.Client().JSON("POST", "/v1/install/check", body).Refused(http.StatusUnauthorized, "signed_out")
	s.SignedIn("rep@demo.test").JSON("POST", "/v1/install/check", body).Refused(http.StatusForbidden, "not_allowed")
	admin := s.SignedIn("admin@demo.test")
	admin.JSON("POST", "/v1/install/check", body, "Origin", "https://evil.test").Refused(http.StatusForbidden, "origin_not_allowed")
	for _, url := range []string{"", "file:///etc/passwd", "gopher://x.test/", "http://name:word@x.test/", "//x.test", "http://"} {
		p := admin.JSON("POST", "/v1/install/check", map[string]string{"url": url}).Refused(http.StatusUnprocessableEntity, "invalid_request")
		if len(p.Errors) != 1 || p.Errors[0].Pointer != "/url" {
			t.Errorf("%q: %+v", url, p.Errors)
		}
	}
	_, secret := token(admin, "deploy", "marketer")
	s.Client().JSON("POST", "/v1/install/check", body, "Authorization", "Bearer "+secret).Want(http.StatusOK)
}

func TestAPersonChecksAFewPagesAMinute(t *testing.T) {
	s := apptest.Start(t)
	marketer := s.SignedIn("marketer@demo.test")
	body := map[string]string{"url": host(t, "")}
	for range 5 {
		marketer.JSON("POST", "/v1/install/check", body).Want(http.StatusOK)
	}
	a := marketer.JSON("POST", "/v1/install/check", body)
	a.Refused(http.StatusTooManyRequests, "rate_limited")
	if a.Header.Get("Retry-After") == "" {
		t.Error("nobody says when to try again")
	}
	s.SignedIn("admin@demo.test").JSON("POST", "/v1/install/check", body).Want(http.StatusOK)
}

func TestWithoutTheDemoAServerFetchesNothingFromItsOwnNetwork(t *testing.T) {
	s := apptest.Start(t)
	marketer, admin := s.SignedIn("marketer@demo.test"), s.SignedIn("admin@demo.test")
	url := host(t, "<p>inside</p>")
	if r := check(marketer, url); r.Status != http.StatusOK {
		t.Fatalf("the demo reaches %+v", r)
	}
	_, secret := token(admin, "checks", "marketer")
	s.Stop()
	s.Config = config.Config{Addr: s.Config.Addr, DataDir: s.Config.DataDir, KeyFile: s.Config.KeyFile}
	s.Restart()
	var r install.Report
	s.Client().JSON("POST", "/v1/install/check", map[string]string{"url": url}, "Authorization", "Bearer "+secret).Want(http.StatusOK).Into(&r)
	if got := codes(&r); r.Works || r.Status != 0 || len(got) != 1 || got[0] != "page_not_public" {
		t.Errorf("got %+v", r)
	}
}
