package main

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"assay/server/internal/sqlitestore"
)

func TestWhatNobodyFindsInAStoreIsFoundOut(t *testing.T) {
	w := settled(t)
	p := w.servers[0]
	db, err := sql.Open("sqlite", filepath.Join(p.settings.dir, sqlitestore.File)+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	said := func(what string) bool {
		t.Helper()
		if err := w.findAll(p); err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(w.violated(), func(text string) bool { return strings.Contains(text, what) })
	}
	for _, c := range []struct{ what, text string }{
		{"touches without a name", `DELETE FROM names_new WHERE k = (SELECT min(k) FROM names_new WHERE name LIKE 'touch.%')`},
		{"names of nothing", `INSERT INTO names_new (site, name, value) VALUES ('demo', 'session.s', 'nobody')`},
		{"sessions that count for a lead and lead to none", `DELETE FROM names_new WHERE name = (SELECT max(name) FROM names_new WHERE name LIKE 'session.%' AND name <> 'session.s')`},
		{"mail addresses that do not lead", `DELETE FROM names_new WHERE name NOT LIKE 'touch.%' AND name NOT LIKE 'session.%'`},
		{"leads that nobody finds by email", `UPDATE terms_new SET email = '' WHERE lead = (SELECT max(lead) FROM terms_new)`},
		{"leads that nobody finds by name", `UPDATE terms_new SET name = 'another' WHERE name <> ''`},
		{"leads that nobody finds by company", `UPDATE terms_new SET company = '' WHERE lead = (SELECT max(lead) FROM terms_new WHERE company <> '')`},
		{"leads that nobody finds by domain", `DELETE FROM terms_new`},
		{"names of two things", `INSERT INTO names SELECT site, name, 'another' FROM names_new LIMIT 1`},
		{"touches that are there twice", `INSERT INTO touches (site, id, lead, received, sample, suspect, doc)
			SELECT site, id, lead, received, sample, suspect, doc FROM touches LIMIT 1`},
	} {
		if said(c.what) {
			t.Fatalf("%s before there were any: %v", c.what, w.violated())
		}
		if _, err := db.Exec(c.text); err != nil {
			t.Fatal(err)
		}
		if !said(c.what) {
			t.Errorf("nobody noticed: %s", c.what)
		}
	}
}
