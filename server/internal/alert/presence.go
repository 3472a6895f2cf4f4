package alert

import (
	"context"
	"time"

	"assay/server/internal/lead"
)

// PresenceStore knows which visitors are on a form now. What it keeps promises
// no durability: a server that is started again may know of nobody.
type PresenceStore interface {
	// SavePresence keeps one record per session: of two the one seen later
	// stands, whichever came first.
	SavePresence(ctx context.Context, site string, p lead.Presence) error
	// Presences gives those of some sites that were seen after an instant, by
	// site and in any order. It is one cheap question, asked often. Nobody who
	// was last seen longer than lead.PresenceLife ago need be kept.
	Presences(ctx context.Context, sites []string, after time.Time) (map[string][]lead.Presence, error)
}
