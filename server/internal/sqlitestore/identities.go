package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"
)

// Identities is lead.Tx's.
func (t *tx) Identities(hashes ...string) (map[string]string, error) {
	tied := make(map[string]string, len(hashes))
	for _, hash := range hashes {
		if _, known := tied[hash]; known || hash == "" {
			continue
		}
		var id string
		err := notFound(t.c.row(`SELECT lead FROM identities WHERE site = ? AND hash = ?`, t.site, hash).Scan(&id), nil)
		if err != nil {
			return nil, t.fault("read identity", err)
		}
		if id != "" {
			tied[hash] = id
		}
	}
	return tied, nil
}

// ClaimIdentities is lead.Tx's.
func (t *tx) ClaimIdentities(leadID string, hashes ...string) (map[string]string, error) {
	owners := make(map[string]string, len(hashes))
	for _, hash := range hashes {
		n, err := t.exec("claim identity", `INSERT INTO identities (site, hash, lead) VALUES (?, ?, ?)
			ON CONFLICT (site, hash) DO NOTHING`, t.site, hash, leadID)
		if err != nil {
			return nil, err
		}
		if n == 1 {
			owners[hash] = leadID
			continue
		}
		tied, err := t.Identities(hash)
		if err != nil {
			return nil, err
		}
		owners[hash] = tied[hash]
	}
	return owners, nil
}

// erased is the lead of touches of which nothing is left but their id.
const erased = "erased"

// Erase is intake.Store's.
func (s *Store) Erase(ctx context.Context, site string, leads, identities []string) error {
	ids, err := json.Marshal(leads)
	if err != nil {
		return fmt.Errorf("sqlitestore: erase: %w", err)
	}
	hashes, err := json.Marshal(identities)
	if err != nil {
		return fmt.Errorf("sqlitestore: erase: %w", err)
	}
	return s.do(ctx, &job{site: site, erases: true, fn: func(t *tx) error {
		for _, q := range []struct{ doing, text, of string }{
			{"erase identities", `DELETE FROM identities WHERE site = ? AND hash IN (SELECT value FROM json_each(?))`, string(hashes)},
			{"erase touches", `UPDATE touches SET doc = '', sample = 0, lead = '` + erased + `'
				WHERE site = ? AND lead IN (SELECT value FROM json_each(?))`, string(ids)},
			{"erase leads", `DELETE FROM leads WHERE site = ? AND id IN (SELECT value FROM json_each(?))`, string(ids)},
		} {
			if _, err := t.exec(q.doing, q.text, site, q.of); err != nil {
				return err
			}
		}
		return nil
	}})
}
