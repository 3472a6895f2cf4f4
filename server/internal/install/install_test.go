package install

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"assay/server/internal/auth"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const source = "console.log(1)"

// someRules are a few of the script's; those that it has are tried with the
// whole server.
var someRules, _ = json.Marshal(map[string]any{"kinds": []string{"other", "demo"}, "closed": `^hid|passw|token`,
	"fields": []map[string]string{{"name": "email", "pattern": "(email|mail(address)?)$"}, {"name": "name", "pattern": "(^name|lastname)$"}}})

// checker makes one for a server at an address; nothing in the network of this
// machine may be fetched but what is allowed.
func checker(t *testing.T, public string, allowed ...string) *Checker {
	t.Helper()
	c, err := New(Options{Public: public, Script: []byte(source), Rules: someRules, Now: time.Now, Allow: func(a netip.AddrPort) bool {
		return slices.ContainsFunc(allowed, func(u string) bool { return u == "http://"+a.String() || u == "https://"+a.String() })
	}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// serve runs a customer's server.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// assayServer runs a server that answers as ours.
func assayServer(t *testing.T) string {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == Rolling, strings.HasPrefix(r.URL.Path, pinned):
			_, _ = w.Write([]byte(source))
		case r.URL.Path != "/v1/sites/demo/boot":
			http.NotFound(w, r)
		}
	})
}

func htmlOf(text string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		_, _ = w.Write([]byte(text))
	}
}

func site() *auth.Site {
	return &auth.Site{Key: "demo", Origins: []string{"http://localhost:*"}, Consent: auth.ConsentRequired, Answers: []string{"how_heard"}}
}

func codes(r *Report) (out []string) {
	for _, f := range r.Findings {
		out = append(out, f.Code)
	}
	return out
}

// checked checks a page for the demo site.
func checked(t *testing.T, c *Checker, address string) *Report {
	t.Helper()
	r, err := c.Check(context.Background(), site(), address)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wants(t *testing.T, what string, r *Report, codesWanted ...string) {
	t.Helper()
	for _, code := range codesWanted {
		if absent, is := strings.CutPrefix(code, "!"); is == slices.Contains(codes(r), strings.TrimPrefix(code, "!")) {
			t.Errorf("%s: %q (%v) among %v", what, absent, !is, codes(r))
		}
	}
}

func TestEachMistakeInATagIsNamed(t *testing.T) {
	own := assayServer(t)
	good := NewScript([]byte(source))
	old := NewScript([]byte("console.log(0)"))
	for _, c := range []struct {
		head   string
		wanted []string
	}{
		{`<script src="` + own + `/assay.js" data-site="demo" async></script>`, []string{"tag_found", "endpoint_reachable", "!tag_twice", "!tag_blocking"}},
		{`<script src="` + own + `/assay.js" data-site="demo" defer></script>`, []string{"tag_found", "!tag_blocking"}},
		{`<script src="` + own + `/assay.js" data-site="demo"></script>`, []string{"tag_found", "tag_blocking"}},
		{strings.Repeat(`<script src="`+own+`/assay.js" data-site="demo" async></script>`, 2), []string{"tag_twice"}},
		{`<script src="` + own + `/assay.js" data-site="other" async></script>`, []string{"tag_other_site"}},
		{`<script src="` + own + `/assay.js" async></script>`, []string{"tag_without_site"}},
		{``, []string{"tag_missing", "!csp_none"}},
		{`<template><script src="` + own + `/assay.js" data-site="demo" async></script></template>`, []string{"tag_missing"}},
		{`<!-- <script src="` + own + `/assay.js" data-site="demo" async></script> -->`, []string{"tag_missing"}},
		{`<script src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>`, []string{"tag_managed", "!tag_missing"}},
		{`<script>s.src="` + own + `/assay.js"</script>`, []string{"tag_by_script", "endpoint_reachable"}},
		{`<base href="` + own + `"><script src="/assay.js" data-site="demo" async></script>`, []string{"tag_found", "endpoint_reachable"}},
		{`<script src="` + own + good.Path() + `" data-site="demo" async></script>`, []string{"integrity_missing", "!tag_pinned"}},
		{`<script src="` + own + good.Path() + `" data-site="demo" integrity="` + good.Integrity + `" crossorigin async></script>`, []string{"tag_pinned"}},
		{`<script src="` + own + good.Path() + `" data-site="demo" integrity="` + old.Integrity + `" crossorigin async></script>`, []string{"integrity_wrong"}},
		{`<script src="` + own + good.Path() + `" data-site="demo" integrity="` + good.Integrity + `" async></script>`, []string{"integrity_crossorigin"}},
		{`<script src="` + own + `/assay.js" data-site="demo" integrity="` + good.Integrity + `" crossorigin async></script>`, []string{"integrity_rolling"}},
		{`<script src="` + own + old.Path() + `" data-site="demo" async></script>`, []string{"version_unknown"}},
	} {
		page := serve(t, htmlOf("<!doctype html><head>"+c.head+"</head>"))
		wants(t, c.head, checked(t, checker(t, own, page), page), c.wanted...)
	}
}

func TestAnEarlierVersionIsFineAsLongAsTheServerHasIt(t *testing.T) {
	c, err := New(Options{Public: "https://assay.test", Script: []byte(source), Earlier: [][]byte{[]byte("console.log(0)")}, Rules: someRules, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	earlier := NewScript([]byte("console.log(0)"))
	for integrity, wanted := range map[string][]string{earlier.Integrity: {"version_earlier", "tag_pinned"}, c.script.Integrity: {"version_earlier", "integrity_wrong"}} {
		p := parsePage(&answer{url: &url.URL{Scheme: "https", Host: "www.northbeck.test"}, body: []byte(`<script src="https://assay.test` +
			earlier.Path() + `" data-site="demo" integrity="` + integrity + `" crossorigin async></script>`)})
		var r Report
		c.tag(&r, site(), p)
		wants(t, integrity, &r, wanted...)
	}
}

func TestAScriptByHTTPOnAnHTTPSPageIsAFault(t *testing.T) {
	page := &page{url: &url.URL{Scheme: "https", Host: "www.northbeck.test"}, base: &url.URL{Scheme: "https", Host: "www.northbeck.test"}}
	parsed := parsePage(&answer{url: page.url, body: []byte(`<script src="http://assay.test/assay.js" data-site="demo" async></script>`)})
	var r Report
	checker(t, "https://assay.test").tag(&r, site(), parsed)
	wants(t, "http", &r, "tag_insecure")
}

func TestAProxyInBetweenMustPassOnMoreThanTheScript(t *testing.T) {
	own := assayServer(t)
	target, _ := url.Parse(own)
	whole := assayServer(t)
	half := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/s.js" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write([]byte(source))
	})
	changed := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("console.log(2)")) })
	for host, wanted := range map[string][]string{
		whole + "/assay.js":           {"endpoint_reachable", "!endpoint_boot_failed"},
		half + "/s.js":                {"endpoint_reachable", "endpoint_boot_failed"},
		changed + "/s.js":             {"endpoint_other_script"},
		whole + "/nowhere.js":         {"endpoint_unreachable"},
		"http://127.0.0.1:1/assay.js": {"endpoint_unreachable"},
	} {
		page := serve(t, htmlOf(`<script src="`+host+`" data-site="demo" async></script>`))
		wants(t, host, checked(t, checker(t, target.String(), page, whole, half, changed), page), wanted...)
	}
}

func TestAnOriginThatTheSettingsDoNotListIsAFault(t *testing.T) {
	own := assayServer(t)
	page := serve(t, htmlOf(`<script src="`+own+`/assay.js" data-site="demo" async></script>`))
	elsewhere := site()
	elsewhere.Origins = []string{"https://www.northbeck.test"}
	r, err := checker(t, own, page).Check(context.Background(), elsewhere, page)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "origin", r, "origin_refused")
	if r.Works {
		t.Error("a page whose touches are refused does not work")
	}
}
