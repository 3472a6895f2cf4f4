package sqlitestore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// erased is the lead of touches of which nothing is left but their id.
const erased = "erased"

// selectWritten counts those of some leads that have another revision than they
// were read at.
const selectWritten = `SELECT count(*) FROM json_each(?2) e JOIN leads l ON l.site = ?1 AND l.id = e.key WHERE l.rev <> e.value`

// Forget is intake.Store's.
func (s *Store) Forget(ctx context.Context, site, touch string) error {
	return s.do(ctx, &job{site: site, fn: func(t *tx) error {
		n, err := t.touch(touch)
		if err != nil || n == 0 {
			return err
		}
		gone, err := t.exec("forget touch", `DELETE FROM touches WHERE n = ? AND lead = '`+erased+`'`, n)
		if err != nil || gone == 0 {
			return err
		}
		t.wroteAll()
		for _, table := range []string{"names", "names_new"} {
			if _, err := t.exec("forget name of touch", `DELETE FROM `+table+` WHERE site = ? AND name = ?`, site, touchName(touch)); err != nil {
				return err
			}
		}
		return nil
	}})
}

// Erase is intake.Store's. What it removes is overwritten, and the log that may hold it
// emptied. Copies that SQLite left in the unused middle of an index's pages, when it
// moved entries to their neighbours, it does not reach: a backup has none of them.
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
			{"erase identities", `DELETE FROM names WHERE site = ? AND name IN (SELECT value FROM json_each(?))`, string(hashes)},
			{"erase new identities", `DELETE FROM names_new WHERE site = ? AND name IN (SELECT value FROM json_each(?))`, string(hashes)},
			{"erase leaves", `DELETE FROM leaves WHERE site = ? AND identity IN (SELECT value FROM json_each(?))`, string(hashes)},
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
