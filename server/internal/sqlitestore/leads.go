package sqlitestore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"assay/server/internal/lead"
)

// Lead is desk.Store's.
func (s *Store) Lead(ctx context.Context, site, id string) (*lead.Lead, error) {
	l, err := scanLead(s.read.row(ctx, selectLead, site, id), site)
	if err != nil && !errors.Is(err, lead.ErrNotFound) {
		return nil, fmt.Errorf("sqlitestore: read lead: %w", err)
	}
	return l, err
}

// LeadsByID is alert.Store's. Only of those that are part of another it reads
// the rest of the text.
func (s *Store) LeadsByID(ctx context.Context, site string, ids []string) (map[string]*lead.Lead, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read leads: %w", err)
	}
	found := make(map[string]*lead.Lead, len(ids))
	err = s.read.each(ctx, func(r scanner) error {
		l, err := scanFace(r)
		if err == nil {
			found[l.ID] = l
		}
		return err
	}, `SELECT id, stage, owner, profile, iif(stage = '', doc, '') FROM leads
		WHERE site = ? AND id IN (SELECT value FROM json_each(?))`, site, string(list))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read leads: %w", err)
	}
	return found, nil
}

// scanFace reads what an alert shows of a lead.
func scanFace(r scanner) (*lead.Lead, error) {
	var (
		l            lead.Lead
		profile, doc []byte
	)
	if err := r.Scan(&l.ID, &l.Stage, &l.Owner, &profile, &doc); err != nil {
		return nil, err
	}
	if len(doc) > 0 {
		var rest struct {
			Stage  string       `json:"stage"`
			Merged *lead.Merged `json:"merged"`
		}
		if err := json.Unmarshal(doc, &rest); err != nil {
			return nil, err
		}
		l.Stage, l.Merged = rest.Stage, rest.Merged
	}
	return &l, json.Unmarshal(profile, &l.Profile)
}

const selectDue = `SELECT id FROM leads INDEXED BY leads_changes WHERE site = ? AND changes > 0 AND changes <= ?
	ORDER BY changes, id LIMIT ?`

// Due is intake.Store's.
func (s *Store) Due(ctx context.Context, site string, now time.Time, limit int) ([]string, error) {
	ids, err := s.ids(ctx, selectDue, site, now.UnixMilli(), max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read leads that are due: %w", err)
	}
	return ids, nil
}

const selectOutdated = `SELECT id FROM leads INDEXED BY leads_model WHERE site = ?1 AND model <> '' AND model < ?2
	UNION ALL SELECT id FROM leads INDEXED BY leads_model WHERE site = ?1 AND model <> '' AND model > ?2 LIMIT ?3`

// Outdated is intake.Store's.
func (s *Store) Outdated(ctx context.Context, site, model string, limit int) ([]string, error) {
	ids, err := s.ids(ctx, selectOutdated, site, model, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: read leads under another model: %w", err)
	}
	return ids, nil
}

func (s *Store) ids(ctx context.Context, q string, args ...any) (ids []string, err error) {
	err = s.read.each(ctx, func(r scanner) error {
		var id string
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}, q, args...)
	return ids, err
}

// Postpone is intake.Store's.
func (s *Store) Postpone(ctx context.Context, site, id string, until time.Time) error {
	return s.do(ctx, &job{site: site, fn: func(t *tx) error {
		_, err := t.exec("postpone lead", `UPDATE leads SET changes = ?, model = '' WHERE site = ? AND id = ?`, changes(until), site, id)
		return err
	}})
}

// Colleagues is desk.Store's.
func (s *Store) Colleagues(ctx context.Context, site, domain string, limit int) ([]*lead.Lead, error) {
	if domain == "" { // stands for none in the column
		return nil, nil
	}
	return s.list(ctx, site, selectColleagues, site, domain, max(limit, 0))
}

// selectColleagues reads the texts only of those that are shown. Of a domain that
// thousands of leads have it looks at the newest.
const selectColleagues = `SELECT ` + leadColumns + ` FROM leads WHERE n IN (SELECT n FROM leads NOT INDEXED WHERE n IN
	(SELECT lead FROM (SELECT lead FROM terms WHERE site = ?1 AND kind = 4 AND term = ?2 ORDER BY lead DESC LIMIT 5000)
	UNION ALL SELECT lead FROM terms_new WHERE site = ?1 AND domain = ?2)
	ORDER BY last_seen DESC, n DESC LIMIT ?3) ORDER BY last_seen DESC, n DESC`

// LeadsAfter is desk.Store's.
func (s *Store) LeadsAfter(ctx context.Context, site, id string, limit int) ([]*lead.Lead, error) {
	return s.list(ctx, site, `SELECT `+leadColumns+` FROM leads WHERE site = ? AND id > ? AND stage <> ''
		ORDER BY id LIMIT ?`, site, id, max(limit, 0))
}

func (s *Store) list(ctx context.Context, site, q string, args ...any) (list []*lead.Lead, err error) {
	if err = s.eachLead(ctx, site, func(l *lead.Lead) { list = append(list, l) }, q, args...); err != nil {
		return nil, fmt.Errorf("sqlitestore: read leads: %w", err)
	}
	return list, nil
}

const selectOwners = `SELECT DISTINCT owner FROM leads INDEXED BY leads_owners
	WHERE site = ? AND domain = ? AND domain <> '' AND owner <> '' ORDER BY owner LIMIT ?`

// Owners is lead.Tx's.
func (t *tx) Owners(domain string, limit int) (owners []string, err error) {
	rows, err := t.c.rows(selectOwners, t.site, domain, max(limit, 0))
	if err != nil {
		return nil, t.fault("read owners", err)
	}
	defer rows.Close()
	for rows.Next() {
		var owner string
		if err := rows.Scan(&owner); err != nil {
			return nil, t.fault("read owners", err)
		}
		owners = append(owners, owner)
	}
	if err := rows.Err(); err != nil {
		return nil, t.fault("read owners", err)
	}
	return owners, nil
}

// eachLead reads leads by a query for leadColumns.
func (s *Store) eachLead(ctx context.Context, site string, f func(*lead.Lead), q string, args ...any) error {
	return s.read.each(ctx, func(r scanner) error {
		l, err := scanLead(r, site)
		if err == nil {
			f(l)
		}
		return err
	}, q, args...)
}

// sampleName is the condition for names of samples: what they stand for is a lead's
// id or a touch's number.
const sampleName = ` WHERE site = ?1 AND (value IN (SELECT id FROM leads WHERE site = ?1 AND sample = 1)
	OR name IN (SELECT 'touch.' || id FROM touches WHERE site = ?1 AND sample = 1))`

var deleteSamples = []string{
	`DELETE FROM names` + sampleName,
	`DELETE FROM names_new` + sampleName,
	`DELETE FROM touches WHERE site = ? AND sample = 1`,
	`DELETE FROM leads WHERE site = ? AND sample = 1`,
}

// DeleteSamples is desk.Store's. Touches marked sample go too, whatever lead
// they are part of. Nothing of them stays in the files.
func (s *Store) DeleteSamples(ctx context.Context, site string) (int, error) {
	var leads int64
	err := s.do(ctx, &job{site: site, erases: true, fn: func(t *tx) error {
		t.wroteAll()
		for _, q := range deleteSamples {
			var err error
			if leads, err = t.exec("delete samples", q, site); err != nil {
				return err
			}
		}
		return nil
	}})
	if err != nil {
		return 0, err
	}
	return int(leads), nil
}
