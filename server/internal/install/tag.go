package install

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"assay/server/internal/auth"
)

// tag is the page's script tag; what a script of the page adds has a src alone.
type tag struct {
	src                     *url.URL
	script                  *Script // that should be there
	nonce, integrity        string
	consent, cmp            string
	byScript, crossOriginOK bool
}

// tag finds the tag, says what is wrong with it, and gives it: nil without one.
func (c *Checker) tag(r *Report, site *auth.Site, p *page) *tag {
	var found []*html.Node
	for _, s := range p.scripts {
		if c.isTag(p, s, site.Key) {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return c.unseen(r, p)
	}
	if len(found) > 1 {
		r.add("tag_twice")
	}
	n := found[0]
	src, err := p.base.Parse(strings.TrimSpace(attr(n, "src")))
	if err != nil {
		r.add("tag_missing")
		return nil
	}
	r.add("tag_found", src)
	switch key := attr(n, "data-site"); {
	case key == "":
		r.add("tag_without_site")
	case key != site.Key:
		r.add("tag_other_site", key)
	}
	if !has(n, "async") && !has(n, "defer") {
		r.add("tag_blocking")
	}
	if p.url.Scheme == "https" && src.Scheme == "http" {
		r.add("tag_insecure")
	}
	t := &tag{src: src, nonce: attr(n, "nonce"), integrity: attr(n, "integrity"), consent: attr(n, "data-consent"), cmp: attr(n, "data-cmp"), crossOriginOK: has(n, "crossorigin")}
	c.integrity(r, p, t)
	return t
}

// isTag reports whether a script is ours: by its key, by our host, or by the
// name that it has everywhere.
func (c *Checker) isTag(p *page, s *html.Node, key string) bool {
	src, err := p.base.Parse(strings.TrimSpace(attr(s, "src")))
	if err != nil {
		return false
	}
	ours := src.Path == Rolling || strings.HasPrefix(src.Path, pinned)
	return attr(s, "data-site") == key || ours && hostOf(src) == hostOf(c.public) || path.Base(src.Path) == "assay.js" && has(s, "data-site")
}

// unseen says of a page without the tag how it could have it nevertheless. What
// its scripts add comes from our own address, as far as can be told.
func (c *Checker) unseen(r *Report, p *page) *tag {
	switch {
	case strings.Contains(p.inline, hostOf(c.public)+"/assay"):
		r.add("tag_by_script")
		return &tag{src: c.public.JoinPath(Rolling), script: c.script, byScript: true}
	case strings.Contains(p.inline, "googletagmanager.com"), p.loads("googletagmanager.com"):
		r.add("tag_managed")
	default:
		r.add("tag_missing")
	}
	return nil
}

// loads reports whether the page loads a script of a host.
func (p *page) loads(host string) bool {
	for _, s := range p.scripts {
		if src, err := p.base.Parse(attr(s, "src")); err == nil && strings.HasSuffix(src.Hostname(), host) {
			return true
		}
	}
	return false
}

// integrity says whether the hash of a tag fits, and lasts.
func (c *Checker) integrity(r *Report, p *page, t *tag) {
	t.script = c.script
	isPinned := strings.HasPrefix(t.src.Path, pinned)
	if isPinned {
		if t.script = c.known[t.src.Path]; t.script == nil {
			r.add("version_unknown")
			return
		}
		if t.script != c.known[c.script.Path()] {
			r.add("version_earlier")
		}
	}
	switch {
	case t.integrity == "" && isPinned:
		r.add("integrity_missing")
	case t.integrity == "":
	case !t.script.fits(t.integrity):
		r.add("integrity_wrong")
	case !t.crossOriginOK && (t.src.Scheme != p.url.Scheme || hostOf(t.src) != hostOf(p.url)):
		r.add("integrity_crossorigin")
	case !isPinned:
		r.add("integrity_rolling")
	default:
		r.add("tag_pinned")
	}
}
