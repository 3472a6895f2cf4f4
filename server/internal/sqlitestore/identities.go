package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// together is how many identities one statement takes: a touch brings a mail
// address, a browser and a session, seldom more.
const together = 4

const selectIdentities = `SELECT hash, lead FROM identities WHERE site = ?1 AND hash IN (?2, ?3, ?4, ?5)`

// Identities is lead.Tx's.
func (t *tx) Identities(hashes ...string) (map[string]string, error) {
	tied := make(map[string]string, len(hashes))
	for some := range slices.Chunk(hashes, together) {
		if err := t.identities(some, tied); err != nil {
			return nil, t.fault("read identities", err)
		}
	}
	return tied, nil
}

func (t *tx) identities(hashes []string, tied map[string]string) error {
	args := []any{t.site, "", "", "", ""}
	for i, hash := range hashes {
		args[1+i] = hash
	}
	rows, err := t.c.rows(selectIdentities, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var hash, id string
		if err := rows.Scan(&hash, &id); err != nil {
			return err
		}
		tied[hash] = id
	}
	return rows.Err()
}

// insertIdentities are the statements for one identity and more.
var insertIdentities = func() (q [together + 1]string) {
	for n := 1; n <= together; n++ {
		q[n] = `INSERT INTO identities (site, lead, hash) VALUES (?1, ?2, ?3)`
		for i := 1; i < n; i++ {
			q[n] += fmt.Sprintf(`, (?1, ?2, ?%d)`, 3+i)
		}
		q[n] += ` ON CONFLICT (site, hash) DO NOTHING`
	}
	return q
}()

// ClaimIdentities is lead.Tx's.
func (t *tx) ClaimIdentities(leadID string, hashes ...string) (map[string]string, error) {
	owners := make(map[string]string, len(hashes))
	for some := range slices.Chunk(hashes, together) {
		args := []any{t.site, leadID}
		for _, hash := range some {
			args = append(args, hash)
		}
		n, err := t.exec("claim identities", insertIdentities[len(some)], args...)
		if err != nil {
			return nil, err
		}
		if n < int64(len(some)) { // some are tied already
			if err := t.identities(some, owners); err != nil {
				return nil, t.fault("read identities", err)
			}
			continue
		}
		for _, hash := range some {
			owners[hash] = leadID
		}
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
