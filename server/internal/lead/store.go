package lead

import "errors"

// Faults of a unit of work.
var (
	// ErrConflict: the lead was written by somebody else since it was read.
	// Read again and apply again.
	ErrConflict = errors.New("lead: changed since it was read")
	// ErrNotFound: there is no lead or touch with this id in the site.
	ErrNotFound = errors.New("lead: not found")
)

// Tx is one unit of work in one site. A store that can puts all of its writes
// into one transaction; one that cannot makes each of them durable in the
// order of the calls, and whoever uses it orders them so that a crash between
// two is mended by applying the touch again.
//
// What a Tx returns belongs to the caller; what it is given is not kept.
type Tx interface {
	// InsertTouch stores a touch under its id. When the id is there already,
	// nothing changes and inserted is false.
	InsertTouch(t *Touch) (inserted bool, err error)
	// SetApplied notes that a touch is part of a lead: ErrNotFound for a touch
	// that was not stored.
	SetApplied(touchID, leadID string) error
	// Touches gives those that are part of a lead, in the order in which they
	// were received, then by id: of those that count the newest, at most limit,
	// and of suspect ones the first, at most limit.
	Touches(leadID string, limit int) ([]*Touch, error)
	// Identity gives the lead that a hash stands for, or "" without an error.
	Identity(hash string) (leadID string, err error)
	// ClaimIdentity ties a hash to a lead unless it is tied already, and gives
	// the lead that it is tied to after the call.
	ClaimIdentity(hash, leadID string) (owner string, err error)
	// Lead reads a lead: ErrNotFound.
	Lead(id string) (*Lead, error)
	// SaveLead writes a lead: inserted with revision 1 when l.Rev is 0, else
	// only if the stored revision is l.Rev, which it then counts up in l too.
	// It fails with ErrConflict otherwise.
	SaveLead(l *Lead) error
}
