package app

import (
	"errors"
	"io/fs"
	"net/netip"
	"time"

	"assay/server/internal/install"
	"assay/web"
)

// installer makes what checks customers' pages. Pages on this machine are
// checked for demos and tests alone: for everybody else they are a way in.
func installer(public string, local bool) (*install.Checker, error) {
	o := install.Options{Public: public, Now: time.Now}
	var err error
	for name, into := range map[string]*[]byte{"assay.js": &o.Script, "lists/fields.json": &o.Rules} {
		if *into, err = fs.ReadFile(web.Dist(), name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	if local {
		o.Allow = func(a netip.AddrPort) bool { return a.Addr().IsLoopback() }
	}
	return install.New(o)
}
