package install

import (
	"net/http"
	"net/url"
	"testing"
)

func parsed(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestPoliciesAreReadAsBrowsersDo(t *testing.T) {
	const blockedScript, blockedConnect, blockedWasm, fine = "csp_script_blocked", "csp_connect_blocked", "csp_wasm_blocked", "csp_allows"
	for _, c := range []struct {
		policy string
		wanted []string
	}{
		{"default-src 'none'; script-src https://assay.test 'wasm-unsafe-eval'; connect-src https://assay.test", []string{fine}},
		{"DEFAULT-SRC 'none'; Script-Src HTTPS://ASSAY.TEST 'WASM-unsafe-eval'; connect-src *.test", []string{fine}},
		{"default-src 'self'", []string{blockedScript, blockedConnect, blockedWasm}},
		{"default-src *", []string{"!" + blockedScript, "!" + blockedConnect, blockedWasm}},
		{"default-src https: 'unsafe-eval'", []string{fine}},
		{"default-src http: 'unsafe-eval'", []string{fine}},
		{"script-src 'none'", []string{blockedScript, "!" + blockedConnect, blockedWasm}},
		{"script-src", []string{blockedScript}},
		{"img-src 'none'", []string{fine}},
		{"script-src assay.test 'wasm-unsafe-eval'; script-src 'none'", []string{fine}},
		{"script-src 'wasm-unsafe-eval'; script-src-elem assay.test", []string{fine}},
		{"script-src assay.test 'wasm-unsafe-eval'; script-src-elem other.test", []string{blockedScript, "!" + blockedWasm}},
		{"script-src https://assay.test/assay.js 'wasm-unsafe-eval'", []string{fine}},
		{"script-src https://assay.test/Assay.js 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src https://assay.test/static/ 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src https://assay.test:8443 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src https://assay.test:* 'wasm-unsafe-eval'", []string{fine}},
		{"script-src http://assay.test:80 'wasm-unsafe-eval'", []string{fine}},
		{"script-src *.assay.test 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src notassay.test 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src 'nonce-abc' 'wasm-unsafe-eval'", []string{fine}},
		{"script-src 'nonce-ABC' 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src 'sha256-xyz=' 'wasm-unsafe-eval'", []string{fine}},
		{"script-src 'strict-dynamic' 'nonce-other' assay.test 'wasm-unsafe-eval'", []string{blockedScript}},
		{"script-src * 'wasm-unsafe-eval', script-src 'self'", []string{blockedScript, blockedWasm}},
		{"sandbox", []string{"csp_sandbox"}},
		{"sandbox allow-forms allow-scripts", []string{fine}},
		{"", []string{"csp_none"}},
	} {
		tag := &tag{src: parsed(t, "https://assay.test/assay.js"), nonce: "abc", integrity: "sha256-xyz="}
		p := &page{url: parsed(t, "https://www.northbeck.test/demo"), header: http.Header{"Content-Security-Policy": {c.policy}}}
		var r Report
		p.policies(&r, tag)
		wants(t, c.policy, &r, c.wanted...)

		p.header, p.metas = http.Header{}, []string{c.policy}
		if c.wanted[0] == "csp_sandbox" { // which a page cannot say of itself
			c.wanted = []string{fine}
		}
		var meta Report
		p.policies(&meta, tag)
		wants(t, "meta "+c.policy, &meta, c.wanted...)
	}
}

func TestSelfIsThePageAndItsMoveToHTTPS(t *testing.T) {
	for _, c := range []struct {
		page, to string
		want     bool
	}{
		{"http://www.test/", "http://www.test/assay.js", true},
		{"http://www.test/", "https://www.test/assay.js", true},
		{"https://www.test/", "http://www.test/assay.js", false},
		{"https://www.test/", "https://www.test:8443/assay.js", false},
		{"http://www.test:8080/", "http://www.test:8080/assay.js", true},
		{"http://www.test/", "http://assay.www.test/assay.js", false},
	} {
		if got := allows([]string{"'self'"}, parsed(t, c.to), parsed(t, c.page)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
