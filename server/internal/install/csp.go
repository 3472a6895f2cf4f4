package install

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// policy is a Content-Security-Policy: the sources of each directive, of which
// the first of a name counts (CSP Level 3, 2.2.1).
type policy map[string][]string

// parsePolicies reads a header's or a meta element's list of policies.
func parsePolicies(texts ...string) (out []policy) {
	for _, text := range texts {
		for one := range strings.SplitSeq(text, ",") {
			p := policy{}
			for directive := range strings.SplitSeq(one, ";") {
				words := strings.Fields(directive)
				if len(words) == 0 {
					continue
				}
				name := strings.ToLower(words[0])
				if _, said := p[name]; !said {
					p[name] = words[1:]
				}
			}
			if len(p) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// first gives the sources of the first of some directives that is there.
func (p policy) first(names ...string) (sources []string, ok bool) {
	for _, name := range names {
		if sources, ok = p[name]; ok {
			return sources, true
		}
	}
	return nil, false
}

// allowsScript reports whether a policy lets a tag load its script.
func (p policy) allowsScript(t *tag, on *url.URL) bool {
	sources, ok := p.first("script-src-elem", "script-src", "default-src")
	if !ok || t.nonce != "" && slices.Contains(sources, "'nonce-"+t.nonce+"'") || t.hashed(sources) {
		return true
	}
	if holds(sources, "'strict-dynamic'") {
		return t.byScript // what a trusted script adds is trusted
	}
	return allows(sources, t.src, on)
}

// hashed reports whether sources hold every hash of the tag's integrity, which
// allows a script wherever it is from.
func (t *tag) hashed(sources []string) bool {
	hashes := strings.Fields(t.integrity)
	for _, h := range hashes {
		if !slices.Contains(sources, "'"+h+"'") {
			return false
		}
	}
	return len(hashes) > 0
}

// allowsWasm reports whether a policy lets WebAssembly be compiled.
func (p policy) allowsWasm() bool {
	sources, ok := p.first("script-src", "default-src")
	return !ok || holds(sources, "'wasm-unsafe-eval'") || holds(sources, "'unsafe-eval'")
}

// allowsConnect reports whether a policy lets the page ask an address.
func (p policy) allowsConnect(to, on *url.URL) bool {
	sources, ok := p.first("connect-src", "default-src")
	return !ok || allows(sources, to, on)
}

// runsScripts reports whether a policy is no sandbox without scripts.
func (p policy) runsScripts() bool {
	flags, ok := p["sandbox"]
	return !ok || holds(flags, "allow-scripts")
}

func holds(sources []string, keyword string) bool {
	return slices.ContainsFunc(sources, func(s string) bool { return strings.EqualFold(s, keyword) })
}

// policies says what of Assay the page's policies let through. All of them must.
func (p *page) policies(r *Report, t *tag) {
	headers := parsePolicies(p.header[http.CanonicalHeaderKey("Content-Security-Policy")]...)
	all := append(headers, parsePolicies(p.metas...)...)
	if len(all) == 0 {
		r.add("csp_none")
		return
	}
	before := len(r.Findings)
	touches := t.src.ResolveReference(&url.URL{Path: "/v1/touches"})
	if !every(headers, policy.runsScripts) { // meta elements cannot say this
		r.add("csp_sandbox")
	}
	if !every(all, func(one policy) bool { return one.allowsScript(t, p.url) }) {
		r.add("csp_script_blocked", t.src)
	}
	if !every(all, func(one policy) bool { return one.allowsConnect(touches, p.url) }) {
		r.add("csp_connect_blocked", t.src.Scheme+"://"+hostOf(t.src))
	}
	if !every(all, policy.allowsWasm) {
		r.add("csp_wasm_blocked")
	}
	if len(r.Findings) == before {
		r.add("csp_allows")
	}
}

// every reports whether each policy passes.
func every(list []policy, pass func(policy) bool) bool {
	return !slices.ContainsFunc(list, func(p policy) bool { return !pass(p) })
}
