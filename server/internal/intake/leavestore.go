package intake

import (
	"context"
	"time"

	"assay/server/internal/lead"
)

// LeaveStore keeps the forms that visitors began and left.
type LeaveStore interface {
	// SaveLeave stores a left form under its id, durably. When the id is there
	// already, nothing changes and inserted is false. A site with most of them, or
	// more, of the UTC day of l.Received takes no other: ErrFull. Servers that
	// share a store may go beyond it by what they do at that moment.
	SaveLeave(ctx context.Context, site string, l *lead.Leave, most int) (inserted bool, err error)
	// Leaves gives a site's in the order in which they were received, then by id,
	// after a place in it, and at most limit.
	Leaves(ctx context.Context, site string, after LeavePlace, limit int) ([]*lead.Leave, error)
	// LeavesBy gives those by some identities, in that order.
	LeavesBy(ctx context.Context, site string, by []string) ([]*lead.Leave, error)
	// DropLeaves removes those of a site that were received before an instant, at
	// most limit, and gives how many there were.
	DropLeaves(ctx context.Context, site string, before time.Time, limit int) (int, error)
}

// LeavePlace is a place among a site's left forms; the zero value is before the
// first.
type LeavePlace struct {
	Received int64 // unix ms
	ID       string
}

// PlaceOfLeave is where a left form stands.
func PlaceOfLeave(l *lead.Leave) LeavePlace { return LeavePlace{l.Received.UnixMilli(), l.ID} }
