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

// Store keeps each site's feed, and reads the outboxes that lead there.
type Store interface {
	// Outbox gives events that wait in leads' outboxes, the oldest lead write
	// first and in the order in which a lead wrote them.
	Outbox(ctx context.Context, site string, limit int) ([]lead.Event, error)
	// Append gives each event, in order, the next cursor of the site's feed and
	// takes it out of its lead's outbox. An event whose id stands in the feed
	// keeps its cursor and is not among those returned. Durable when it returns. Fails with the
	// store's own error when it is too busy; calling it again is safe.
	Append(ctx context.Context, site string, events []lead.Event) ([]Entry, error)
	// Feed gives entries after a cursor, ascending.
	Feed(ctx context.Context, site string, after int64, limit int) ([]Entry, error)
	// Last gives the cursor of the newest entry, 0 for an empty feed.
	Last(ctx context.Context, site string) (int64, error)
	// LeadsByID gives those of some leads that exist, by id.
	LeadsByID(ctx context.Context, site string, ids []string) (map[string]*lead.Lead, error)
}
