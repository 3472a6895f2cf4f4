// Package install checks how a customer's page has Assay in it: it fetches the
// page as a browser is served it and says what works, what does not, and what to
// do. It sees what the server of the page sends; what scripts add later it does
// not see, and says so.
package install

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"time"

	"assay/server/internal/auth"
)

// checkTime bounds a whole check, with everything that it fetches.
const checkTime = 12 * time.Second

// ErrNotBuilt: the script's rules are not part of this build.
var ErrNotBuilt = errors.New("install: the page assets have not been built: run make build")

// ErrURL: the address cannot be that of a page.
var ErrURL = errors.New("want http:// or https:// and a host, without a name or password in it")

// Options are what a Checker works with.
type Options struct {
	Public string // origin of this server as browsers see it
	Script []byte // the page's script that this server serves
	// Earlier are versions of it that pages may be pinned to.
	Earlier [][]byte
	Rules   []byte // lists/fields.json of the web build
	// Allow lets addresses be fetched that are none of the public internet, or
	// have another port than 80 and 443; nil: none.
	Allow func(netip.AddrPort) bool
	Now   func() time.Time
}

// Checker checks pages.
type Checker struct {
	public *url.URL
	script *Script
	known  map[string]*Script // all versions, by path
	rules  *rules             // nil: not built
	pages  *fetcher
	own    *fetcher
	now    func() time.Time
}

// New makes a Checker. Without rules it can give tags, and Check fails with
// ErrNotBuilt.
func New(o Options) (*Checker, error) {
	public, err := url.Parse(o.Public)
	if err != nil {
		return nil, err
	}
	c := &Checker{public: public, script: NewScript(o.Script), pages: newFetcher(o.Allow), own: ownFetcher(), now: o.Now}
	c.known = map[string]*Script{}
	for _, b := range append(o.Earlier, o.Script) {
		s := NewScript(b)
		c.known[s.Path()] = s
	}
	if len(o.Rules) > 0 {
		c.rules, err = parseRules(o.Rules)
	}
	return c, err
}

// Scripts gives all versions of the page's script that pages may be pinned to, by
// the hash in their names.
func (c *Checker) Scripts() map[string][]byte {
	out := make(map[string][]byte, len(c.known))
	for _, s := range c.known {
		out[s.Hash] = s.bytes
	}
	return out
}

// CheckURL gives the address of a page that may be asked for: ErrURL.
func CheckURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, ErrURL
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// Check fetches a page and says how it has a site's tag and forms in it. What is
// wrong with the page is in the report; the errors are ErrURL and ErrNotBuilt.
func (c *Checker) Check(ctx context.Context, site *auth.Site, address string) (*Report, error) {
	at, err := CheckURL(address)
	if err != nil {
		return nil, err
	}
	if c.rules == nil {
		return nil, ErrNotBuilt
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	r := &Report{URL: at.String(), CheckedAt: c.now().UTC(), Findings: []Finding{}, Forms: []Form{}}
	answer, err := c.pages.get(ctx, at, "")
	if err != nil {
		r.unreached(err)
		return r.judged(), nil
	}
	if p := r.received(answer); p != nil {
		c.judge(ctx, r, site, p)
	}
	return r.judged(), nil
}

// judge says of a page all that can be said.
func (c *Checker) judge(ctx context.Context, r *Report, site *auth.Site, p *page) {
	tag := c.tag(r, site, p)
	if tag != nil {
		p.policies(r, tag)
		c.endpoint(ctx, r, site, p, tag)
	}
	c.forms(r, site, p)
	consent(r, site, p, tag)
}
