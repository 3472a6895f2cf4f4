package sqlitestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// together is how many identities one statement takes: a touch brings a mail
// address, a browser and a session, seldom more.
const together = 4

// selectIdentities finds up to four, each by its own way down the index: a list
// of them would be sorted first.
const (
	selectIdentities = `SELECT ` + tiedTo + `?2), ` + tiedTo + `?3), ` + tiedTo + `?4), ` + tiedTo + `?5)`
	tiedTo           = `(SELECT lead FROM identities WHERE site = ?1 AND hash = `
)

// readIdentities notes the leads that hashes are tied to, by hash; those that
// are tied to none it leaves alone.
func readIdentities(site string, hashes []string, tied map[string]string, row func(q string, args ...any) scanner) error {
	for some := range slices.Chunk(hashes, together) {
		args := [1 + together]any{site, "", "", "", ""}
		for i, hash := range some {
			args[1+i] = hash
		}
		var ids [together]sql.NullString
		if err := row(selectIdentities, args[:]...).Scan(&ids[0], &ids[1], &ids[2], &ids[3]); err != nil {
			return err
		}
		for i, hash := range some {
			if ids[i].Valid {
				tied[hash] = ids[i].String
			}
		}
	}
	return nil
}

// Identities is lead.Tx's.
func (t *tx) Identities(hashes ...string) (map[string]string, error) {
	tied := make(map[string]string, len(hashes))
	if err := readIdentities(t.site, hashes, tied, t.c.row); err != nil {
		return nil, t.fault("read identities", err)
	}
	return tied, nil
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
		all, err := t.tie(leadID, some)
		if err != nil {
			return nil, err
		}
		for _, hash := range some {
			owners[hash] = leadID
		}
		if all {
			continue
		}
		if err := readIdentities(t.site, some, owners, t.c.row); err != nil {
			return nil, t.fault("read identities", err)
		}
	}
	return owners, nil
}

// tie inserts at most four identities and reports whether none was there.
func (t *tx) tie(leadID string, hashes []string) (all bool, err error) {
	args := make([]any, 0, 2+together)
	args = append(args, t.site, leadID)
	for _, hash := range hashes {
		args = append(args, hash)
		t.wrote(t.sieve.key(t.site, hash))
		t.sieve.add(t.site, hash)
	}
	n, err := t.exec("claim identities", insertIdentities[len(hashes)], args...)
	return n == int64(len(hashes)), err
}

// erased is the lead of touches of which nothing is left but their id.
const erased = "erased"

// selectWritten counts those of some leads that have another revision than they
// were read at.
const selectWritten = `SELECT count(*) FROM json_each(?2) e JOIN leads l ON l.site = ?1 AND l.id = e.key WHERE l.rev <> e.value`

// Erase is intake.Store's.
func (s *Store) Erase(ctx context.Context, site string, leads []intake.Revision, identities, names []string) error {
	revs := make(map[string]int64, len(leads))
	for _, l := range leads {
		revs[l.ID] = l.Rev
	}
	ids, err := json.Marshal(revs)
	if err != nil {
		return fmt.Errorf("sqlitestore: erase: %w", err)
	}
	hashes, err := json.Marshal(slices.Concat(identities, names))
	if err != nil {
		return fmt.Errorf("sqlitestore: erase: %w", err)
	}
	return s.do(ctx, &job{site: site, erases: true, fn: func(t *tx) error {
		var written int
		if err := t.c.row(selectWritten, site, string(ids)).Scan(&written); err != nil {
			return t.fault("read revisions", err)
		}
		if written > 0 {
			return lead.ErrConflict
		}
		t.wroteAll()
		for _, q := range []struct{ doing, text, of string }{
			{"erase identities", `DELETE FROM identities WHERE site = ? AND hash IN (SELECT value FROM json_each(?))`, string(hashes)},
			{"erase touches", `UPDATE touches SET doc = '', sample = 0, lead = '` + erased + `'
				WHERE site = ? AND lead IN (SELECT key FROM json_each(?))`, string(ids)},
			{"erase leads", `DELETE FROM leads WHERE site = ? AND id IN (SELECT key FROM json_each(?))`, string(ids)},
		} {
			if _, err := t.exec(q.doing, q.text, site, q.of); err != nil {
				return err
			}
		}
		return nil
	}})
}
