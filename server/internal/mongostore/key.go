package mongostore

import (
	"fmt"
	"net/url"

	"assay/server/internal/desk"
)

// docID is the _id of a record: a site, escaped so that its end is known, and
// an id within it.
func docID(site, id string) string { return url.PathEscape(site) + "/" + id }

// docIDs gives those of several records.
func docIDs(site string, ids []string) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = docID(site, id)
	}
	return list
}

// afterAll comes right after every _id of a site: 0 follows the slash.
func afterAll(site string) string { return url.PathEscape(site) + "0" }

// entryID is the _id of a feed's entry: cursors sort as their texts do.
func entryID(site string, cursor int64) string {
	return docID(site, fmt.Sprintf("%019d", max(cursor, 0)))
}

// Leads are sorted by one text each, so that a page is one range of one index:
// the greater, the further up.
func recentKey(p desk.Place) string { return fmt.Sprintf("%016x/%s", uint64(p.Seen)^(1<<63), p.ID) }

func urgentKey(p desk.Place) string { return fmt.Sprintf("%03d/%s", p.Priority, recentKey(p)) }
