package intake

import (
	"context"
	"errors"
	"time"

	"assay/server/internal/lead"
)

// ErrBusy: the store's queue is full. Nothing was written; try again later.
var ErrBusy = errors.New("intake: store is busy")

// ErrUnavailable: the store cannot be reached, or did not answer in time. What
// was asked for may have been done or not: ask again, under the same id.
var ErrUnavailable = errors.New("intake: store is not available")

// Store keeps touches and leads, and knows who is on a form now.
type Store interface {
	LeaveStore
	// SavePresence is alert.PresenceStore's.
	SavePresence(ctx context.Context, site string, p lead.Presence) error
	// Update runs fn and returns once all that fn wrote would survive a power
	// cut. When fn fails, none of its writes counts, where the store has
	// transactions. fn may run more than once, and only its last run counts,
	// also in what tx told it; it must do nothing but work on tx, and must give
	// back tx's errors. Update fails with fn's own error, with
	// lead.ErrConflict after several tries, with ErrBusy, or with ErrUnavailable.
	Update(ctx context.Context, site string, fn func(tx lead.Tx) error) error
	// Unapplied gives touches that were received before an instant and are part
	// of no lead, oldest first.
	Unapplied(ctx context.Context, site string, before time.Time, limit int) ([]*lead.Touch, error)
	// Applied tells whether a touch is part of a lead, or was, and of which: empty
	// for one that was erased. It looks without holding anybody up, and may miss
	// what is being written at that moment.
	Applied(ctx context.Context, site, touch string) (lead string, known bool, err error)
	// Due gives leads that time alone has changed by an instant (their
	// NextChange), those that changed first at the front.
	Due(ctx context.Context, site string, now time.Time, limit int) ([]string, error)
	// Outdated gives leads that time can change and that were scored under
	// another model than one of this version.
	Outdated(ctx context.Context, site, model string, limit int) ([]string, error)
	// Postpone puts off when Due next gives a lead, keeps Outdated from giving it
	// until it is written, and changes nothing else of it. It does not read the lead, and an unknown one is no error.
	Postpone(ctx context.Context, site, id string, until time.Time) error
	// Erase removes leads as they were read, the touches that are part of them,
	// identities, and the forms left by these. Of the touches nothing stays but their ids, so that none is taken
	// in again. When one of the leads was written since, it is lead.ErrConflict: a
	// store without transactions may have removed some of it by then. What is gone
	// already is no error. Leads go in their order, behind their touches and the
	// identities, and the names, identities by which a person is asked for, behind
	// those, tied to the last lead until then: a crash in between is mended by reading and erasing again. Nothing that
	// was erased can be read from the store's files.
	Erase(ctx context.Context, site string, leads []Revision, identities, names []string) error
	// Forget removes the id of a touch of which nothing else is left, so that it
	// could be taken in again. Of any other touch, and an unknown one, it takes no
	// notice.
	Forget(ctx context.Context, site, touch string) error
}

// Revision is a lead as it was read.
type Revision struct {
	ID  string
	Rev int64
}
