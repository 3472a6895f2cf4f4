package main

import (
	"database/sql"
	"path/filepath"

	"assay/server/internal/sqlitestore"
)

// Everything in the embedded store is looked up by names and terms, in order or new:
// what has none is there, and nobody finds it. A touch would be taken in twice.
var unfindable = []struct{ what, count string }{
	{"touches without a name", `SELECT count(*) FROM touches t
		WHERE NOT EXISTS (SELECT 1 FROM names n WHERE n.site = t.site AND n.name = 'touch.' || t.id AND n.value = CAST(t.n AS TEXT))
		AND t.site || ' touch.' || t.id || ' ' || t.n NOT IN (SELECT site || ' ' || name || ' ' || value FROM names_new)`},
	{"touches that are there twice", `SELECT count(*) FROM (SELECT 1 FROM touches GROUP BY site, id HAVING count(*) > 1)`},
	{"names of two things", `SELECT count(*) FROM names_new w JOIN names n ON n.site = w.site AND n.name = w.name WHERE n.value <> w.value`},
	{"leads that no search finds", `SELECT count(*) FROM leads l WHERE l.email <> ''
		AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.site = l.site AND t.kind = 1 AND t.term = l.email AND t.lead = l.n)
		AND NOT EXISTS (SELECT 1 FROM terms_new w WHERE w.lead = l.n AND w.email = l.email)`},
	{"faults of the file", `SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`},
}

// findAll looks whether all that a server left in its embedded store can be found.
func (w *world) findAll(p *process) error {
	db, err := sql.Open("sqlite", filepath.Join(p.settings.dir, sqlitestore.File))
	if err != nil {
		return err
	}
	defer db.Close()
	for _, u := range unfindable {
		var n int
		if err := db.QueryRow(u.count).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			w.violate(&w.other, "%s has %d %s", p.name, n, u.what)
		}
	}
	return nil
}
