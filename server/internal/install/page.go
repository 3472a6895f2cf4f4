package install

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is a page's HTML, as far as a check looks at it.
type page struct {
	url     *url.URL
	header  http.Header
	base    *url.URL // against which the page's addresses are read
	scripts []*html.Node
	inline  string   // the text of all scripts
	metas   []string // policies in meta elements
	forms   []*html.Node
	fields  []*html.Node
	notices int
}

// parsePage reads HTML: nil where its elements are nested too deeply. Every other
// text is some page.
func parsePage(a *answer) *page {
	root, err := html.Parse(bytes.NewReader(a.body))
	if err != nil {
		return nil
	}
	p := &page{url: a.url, header: a.header, base: a.url}
	var inline strings.Builder
	p.walk(root, &inline)
	p.inline = inline.String()
	return p
}

// walk collects what is below a node. What a template holds is not on the page.
func (p *page) walk(n *html.Node, inline *strings.Builder) {
	switch n.DataAtom {
	case atom.Template:
		return
	case atom.Script:
		if has(n, "src") {
			p.scripts = append(p.scripts, n)
		} else if n.FirstChild != nil {
			inline.WriteString(n.FirstChild.Data + "\n")
		}
	case atom.Base:
		if to, err := p.url.Parse(attr(n, "href")); err == nil && p.base == p.url {
			p.base = to
		}
	case atom.Meta:
		if strings.EqualFold(attr(n, "http-equiv"), "Content-Security-Policy") {
			p.metas = append(p.metas, attr(n, "content"))
		}
	case atom.Form:
		p.forms = append(p.forms, n)
	case atom.Input, atom.Select, atom.Textarea, atom.Button:
		p.fields = append(p.fields, n)
	}
	if has(n, "data-assay-notice") {
		p.notices++
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		p.walk(child, inline)
	}
}

// origin is the page's, as a browser sends it.
func (p *page) origin() string { return p.url.Scheme + "://" + hostOf(p.url) }

// owner gives the form that a control belongs to, or nil.
func (p *page) owner(field *html.Node) *html.Node {
	if id := attr(field, "form"); id != "" {
		for _, form := range p.forms {
			if attr(form, "id") == id {
				return form
			}
		}
		return nil
	}
	return closest(field, func(n *html.Node) bool { return n.DataAtom == atom.Form })
}

// closest gives a node or the nearest one above it that is wanted, or nil.
func closest(n *html.Node, wanted func(*html.Node) bool) *html.Node {
	for ; n != nil; n = n.Parent {
		if wanted(n) {
			return n
		}
	}
	return nil
}

// attr gives an attribute's value, or "".
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return true
		}
	}
	return false
}

// hostOf gives host and port as an origin has them: without the scheme's own port.
func hostOf(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != defaultPort(u.Scheme) {
		host += ":" + port
	}
	return host
}

func defaultPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}
