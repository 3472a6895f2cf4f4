package sqlitestore

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"assay/server/internal/lead"
)

// row is what a lead's columns hold. The text is the lead without its revision
// and profile, which have columns of their own, and its outbox, which goes to
// the feed.
type row struct {
	profile, doc         string
	seen, priority       int64
	changes              int64  // ms, rounded up; 0 for never
	model                string // version that a new one replaces; empty for whom time changes nothing
	domain               string // of a company, whose leads are shown together; empty for those that are part of another
	email, name, company string // folded for searching
}

func newRow(l *lead.Lead) (*row, error) {
	rest := *l
	rest.Rev, rest.Outbox, rest.Profile = 0, nil, nil
	doc, err := json.Marshal(&rest)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: encode lead: %w", err)
	}
	profile, err := json.Marshal(l.Profile)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: encode profile: %w", err)
	}
	return &row{
		profile: string(profile), doc: string(doc), domain: domainOf(l),
		seen: l.LastSeen.UnixMilli(), priority: lead.Priority(l.Cell.Grade), changes: changes(l.NextChange), model: modelOf(l),
		email: lead.Fold(l.Profile["email"]), name: lead.Fold(l.Profile["name"]), company: lead.Fold(l.Profile["company"]),
	}, nil
}

func modelOf(l *lead.Lead) string {
	if l.Verdict == lead.Suspect || l.Merged != nil {
		return ""
	}
	return l.Model
}

func domainOf(l *lead.Lead) string {
	if l.Merged != nil {
		return ""
	}
	return l.Domain
}

func changes(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.Add(time.Millisecond - 1).UnixMilli()
}

const leadColumns = `rev, profile, doc`

const selectLead = `SELECT ` + leadColumns + ` FROM leads WHERE site = ? AND id = ?`

// scanLead reads a lead from leadColumns: lead.ErrNotFound when there is no row.
func scanLead(r scanner, site string) (*lead.Lead, error) {
	var (
		rev          int64
		profile, doc []byte
	)
	if err := r.Scan(&rev, &profile, &doc); err != nil {
		return nil, notFound(err, lead.ErrNotFound)
	}
	l, err := lead.Read(doc, profile)
	if err != nil {
		return nil, fmt.Errorf("decode lead: %w", err)
	}
	l.Rev, l.Site = rev, site
	return l, nil
}

// notFound replaces SQL's word for an absent row.
func notFound(err, by error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return by
	}
	return err
}
