package app

import (
	"errors"
	"io/fs"

	"assay/server/internal/maildomain"
	"assay/web"
)

// mailLists loads the long lists of mail domains. Before the first web build
// there are none, as there is no page either.
func mailLists() (*maildomain.Lists, error) {
	lists, err := maildomain.Load(web.Dist())
	if errors.Is(err, fs.ErrNotExist) {
		return &maildomain.Lists{}, nil
	}
	return lists, err
}
