package install

import (
	"bytes"
	"context"
	"net/http"
	"net/netip"
	"net/url"

	"assay/server/internal/auth"
)

// endpoint says whether the script's host answers as this server does, and
// whether it takes touches of the page.
func (c *Checker) endpoint(ctx context.Context, r *Report, site *auth.Site, p *page, t *tag) {
	if auth.AllowsOrigin(site.Origins, p.origin()) {
		r.add("origin_allowed", p.origin())
	} else {
		r.add("origin_refused", p.origin())
	}
	if local(t.src) && !local(p.url) {
		r.add("endpoint_local")
		return
	}
	ours := t.src.Scheme == c.public.Scheme && hostOf(t.src) == hostOf(c.public)
	from, silent := c.pages, "endpoint_unreachable"
	if ours { // the operator has named it, so it may be anywhere
		from, silent = c.own, "endpoint_unseen"
	}
	script, err := from.get(ctx, t.src, p.origin())
	switch {
	case err != nil:
		r.add(silent)
		return
	case script.status != http.StatusOK:
		r.add("endpoint_unreachable")
		return
	case t.script == nil || !bytes.Equal(script.body, t.script.bytes):
		r.add("endpoint_other_script")
	default:
		r.add("endpoint_reachable")
	}
	if ours {
		return
	}
	// A proxy in between must pass on more than the script. The Origin is left
	// out: whether the page's is allowed was said above.
	boot := t.src.ResolveReference(&url.URL{Path: "/v1/sites/" + site.Key + "/boot"})
	if answer, err := from.get(ctx, boot, ""); err != nil || answer.status != http.StatusOK {
		r.add("endpoint_boot_failed")
	}
}

// local reports whether an address names a place that only this machine or its
// network can reach.
func local(u *url.URL) bool {
	if u.Hostname() == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(u.Hostname())
	return err == nil && !public(a)
}
