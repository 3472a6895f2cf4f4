package app

import (
	"errors"
	"io/fs"

	"assay/server/internal/maildomain"
	"assay/web"
)

// mailLists loads the long lists of mail domains. Without a web build there are
// none, and no page to show them on either.
func (a *App) mailLists() (*maildomain.Lists, error) {
	lists, err := maildomain.Load(web.Dist())
	if errors.Is(err, fs.ErrNotExist) {
		a.log.Warn("the web build has not run: free and disposable mail domains are those of the model alone")
		return &maildomain.Lists{}, nil
	}
	if err != nil {
		return nil, err
	}
	a.log.Info("mail lists", "domains", lists.Len(), "bytes", lists.Bytes())
	return lists, nil
}
