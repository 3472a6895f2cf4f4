package install

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// Whatever a page and its policy say, a check ends with findings that have words.
func FuzzPage(f *testing.F) {
	f.Add(`<script src="https://assay.test/assay.js" data-site="demo" async></script><form data-assay-form="f"><input name="email"></form>`, "default-src 'self'")
	f.Add(strings.Repeat("<b><form>", 2000), "script-src *.test:* https: 'nonce-a', sandbox")
	f.Add(`<base href="%"><script src=":" data-site="demo"></script><select form="x">`, "connect-src [::1]:80/% *")
	c, err := New(Options{Public: "https://assay.test", Script: []byte(source), Rules: someRules})
	if err != nil {
		f.Fatal(err)
	}
	at := &url.URL{Scheme: "https", Host: "www.northbeck.test", Path: "/"}
	codes := Codes()
	f.Fuzz(func(t *testing.T, text, policy string) {
		r := &Report{URL: at.String()}
		p := r.received(&answer{url: at, status: 200, header: http.Header{"Content-Type": {"text/html"}, "Content-Security-Policy": {policy}}, body: []byte(text)})
		if p != nil {
			if tag := c.tag(r, site(), p); tag != nil {
				p.policies(r, tag)
			}
			c.forms(r, site(), p)
		}
		for _, x := range r.Findings {
			if !slices.Contains(codes, x.Code) || x.Sentence == "" || strings.Contains(x.Sentence, "%!") {
				t.Errorf("%+v", x)
			}
		}
	})
}
