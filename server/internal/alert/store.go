package alert

import (
	"context"

	"assay/server/internal/lead"
)

// Entry is an event in a site's feed.
type Entry struct {
	Cursor int64 // the site's next number: 1, 2, 3 … without gaps
	lead.Event
}

// Store keeps each site's feed. Events get there from leads' outboxes: with the
// write of the lead itself where the store has transactions, else by Collect.
type Store interface {
	PresenceStore
	// Waiting gives sites in which events wait in outboxes, in any order.
	Waiting(ctx context.Context) ([]string, error)
	// Collect gives events that wait in a site's outboxes, the oldest lead write
	// first and in the order in which a lead wrote them, the feed's next
	// cursors, and takes them out. An event whose id stands in the feed keeps
	// its cursor. It handles some 200 events, reports whether there may be more, and
	// is durable when it returns. Calling it again is safe, also from several
	// servers at once. It fails with the store's own error when it is too busy.
	Collect(ctx context.Context, site string) (more bool, err error)
	// Newer gives those sites whose feed goes on after a cursor. It is one cheap
	// question, asked often.
	Newer(ctx context.Context, heads map[string]int64) ([]string, error)
	// Feed gives entries after a cursor, ascending.
	Feed(ctx context.Context, site string, after int64, limit int) ([]Entry, error)
	// Last gives the cursor of the newest entry, 0 for an empty feed.
	Last(ctx context.Context, site string) (int64, error)
	// LeadsByID gives, by id, what an alert shows of those of some leads that
	// exist: ID, Stage, Owner, Profile and Merged, and nothing else for sure.
	LeadsByID(ctx context.Context, site string, ids []string) (map[string]*lead.Lead, error)
}
