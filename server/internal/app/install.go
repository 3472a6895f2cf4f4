package app

import (
	"errors"
	"io/fs"
	"net/netip"
	"path/filepath"
	"time"

	"assay/server/internal/config"
	"assay/server/internal/install"
	"assay/web"
)

// installer makes what checks customers' pages. Pages on this machine are
// checked for demos and tests alone: for everybody else they are a way in.
// Earlier versions of the script are kept in the folder of the embedded store.
func installer(public string, local bool, folder string) (_ *install.Checker, err error) {
	o := install.Options{Public: public, Now: time.Now}
	for name, into := range map[string]*[]byte{"assay.js": &o.Script, "lists/fields.json": &o.Rules} {
		if *into, err = fs.ReadFile(web.Dist(), name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	if folder != "" {
		extras, err := imports()
		if err != nil {
			return nil, err
		}
		if o.Earlier, err = keepScripts(filepath.Join(folder, "scripts"), append([][]byte{o.Script}, extras...)...); err != nil {
			return nil, err
		}
	}
	if local {
		o.Allow = func(a netip.AddrPort) bool { return a.Addr().IsLoopback() }
	}
	return install.New(o)
}

// imports gives what the page's script loads when a page needs it.
func imports() (list [][]byte, err error) {
	names, err := fs.Glob(web.Dist(), "engine/*.js")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		b, err := fs.ReadFile(web.Dist(), name)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, nil
}

// storeFolder gives the folder of the embedded store, or "" with a MongoDB, whose
// servers may have none that they can write.
func storeFolder(c *config.Config) string {
	if c.MongoURI != "" {
		return ""
	}
	return c.DataDir
}
