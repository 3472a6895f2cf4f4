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
	// Identities gives the leads that hashes stand for, by hash. A hash that
	// stands for none is not among them.
	Identities(hashes ...string) (map[string]string, error)
	// ClaimIdentities ties those of some hashes to a lead that are not tied
	// already, and gives the leads that they are tied to after the call.
	ClaimIdentities(leadID string, hashes ...string) (owners map[string]string, err error)
	// Owners gives the different people who own leads of a company (their
	// Domain), ascending and at most limit. An empty domain has none.
	Owners(domain string, limit int) ([]string, error)
	// Lead reads a lead: ErrNotFound.
	Lead(id string) (*Lead, error)
	// SaveLead writes a lead: inserted with revision 1 when l.Rev is 0, else
	// only if the stored revision is l.Rev, which it then counts up in l too.
	// It fails with ErrConflict otherwise. A store with transactions puts what
	// is in the outbox into the site's feed with the same write, and empties
	// l.Outbox; elsewhere it waits there for alert.Store's Collect.
	SaveLead(l *Lead) error
}
