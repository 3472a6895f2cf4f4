package desk

import (
	"context"
	"errors"

	"assay/server/internal/lead"
)

// Query asks for leads. Empty members do not restrict.
type Query struct {
	Stage     string // "" leaves anonymous contacts out
	Grade     string // a cell ("A1") or a letter ("A")
	Band      string
	Owner     string
	Form      string
	Verdict   string
	Nurturing *bool
	Prefix    string // of mail address, name or company; case does not matter
	Sort      string // last_seen (default) or priority: grade cell, then recency
	Cursor    string // from Page.Next
	Limit     int    // 1 to 200
}

// Page is a part of a list. It may be short although more follows: a page looks
// at no more than 5,000 leads.
type Page struct {
	Leads []*lead.Lead
	Next  string // empty on the last page
}

// Store reads leads for people and changes them one at a time.
type Store interface {
	// Update is intake.Store's.
	Update(ctx context.Context, site string, fn func(tx lead.Tx) error) error
	// Lead reads one lead: lead.ErrNotFound.
	Lead(ctx context.Context, site, id string) (*lead.Lead, error)
	// Leads lists leads, but for those that are part of another. A cursor that
	// the store did not make is ErrCursor.
	Leads(ctx context.Context, site string, q Query) (Page, error)
	// Touches gives a lead's touches, oldest first, at most limit.
	Touches(ctx context.Context, site, leadID string, limit int) ([]*lead.Touch, error)
	// Colleagues gives the leads of a company (their Domain; of a domain that more than
	// 5,000 leads have, a store may look at the newest alone), newest seen first
	// and at most limit, but for those that are part of another. An empty domain
	// has none.
	Colleagues(ctx context.Context, site, domain string, limit int) ([]*lead.Lead, error)
	// LeadsAfter gives leads whose id comes after another, ascending by id, but
	// for those that are part of another: all of a site's, page by page.
	LeadsAfter(ctx context.Context, site, id string, limit int) ([]*lead.Lead, error)
	// DeleteSamples removes leads and touches marked sample, with their
	// identities, and gives the number of leads.
	DeleteSamples(ctx context.Context, site string) (int, error)
}

// ErrCursor: a list's cursor was not made by this server.
var ErrCursor = errors.New("desk: unknown cursor")
