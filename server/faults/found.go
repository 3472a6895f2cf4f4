package main

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"assay/server/internal/sqlitestore"
)

// unfindable is what an embedded store may hold none of. Everything in it is looked up
// by names and terms, in order or new: what has none is there, and nobody finds it. A
// touch would be taken in twice, and a person would become two.
var unfindable = append([]count{
	{"touches without a name", `SELECT count(*) FROM touches t
		WHERE NOT EXISTS (SELECT 1 FROM names n WHERE n.site = t.site AND n.name = 'touch.' || t.id AND n.value = CAST(t.n AS TEXT))
		AND t.site || ' touch.' || t.id || ' ' || t.n NOT IN (SELECT site || ' ' || name || ' ' || value FROM names_new)`},
	{"touches that are there twice", `SELECT count(*) FROM (SELECT 1 FROM touches GROUP BY site, id HAVING count(*) > 1)`},
	{"names of two things", `SELECT count(*) FROM names_new w JOIN names n ON n.site = w.site AND n.name = w.name WHERE n.value <> w.value`},
	{"names of nothing", `SELECT count(*) FROM (` + allNames + `) a WHERE
		CASE WHEN a.name LIKE 'touch.%' THEN NOT EXISTS (SELECT 1 FROM touches t WHERE t.n = a.value AND 'touch.' || t.id = a.name)
		ELSE NOT EXISTS (SELECT 1 FROM leads l WHERE l.site = a.site AND l.id = a.value) END`},
	{"sessions that count for a lead and lead to none", `SELECT count(*) FROM leads l, json_each(l.doc, '$.visits') v
		WHERE l.verdict <> 'suspect' AND l.site || ' session.' || (v.value ->> '$.session') NOT IN (SELECT site || ' ' || name FROM (` + allNames + `))`},
	{"faults of the file", `SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`},
}, unsearchable()...)

// count is what is wrong and the query that counts it.
type count struct{ what, query string }

const allNames = `SELECT site, name, value FROM names UNION SELECT site, name, value FROM names_new`

// unsearchable has a count for each kind of term: mail address, name, company, and the
// company's mail domain, by which colleagues are shown together.
func unsearchable() (counts []count) {
	for i, kind := range []string{"email", "name", "company", "domain"} {
		counts = append(counts, count{"leads that nobody finds by " + kind, fmt.Sprintf(`SELECT count(*) FROM leads l WHERE l.%[2]s <> ''
			AND NOT EXISTS (SELECT 1 FROM terms t WHERE t.site = l.site AND t.kind = %[1]d AND t.term = l.%[2]s AND t.lead = l.n)
			AND NOT EXISTS (SELECT 1 FROM terms_new w WHERE w.lead = l.n AND w.site = l.site AND w.%[2]s = l.%[2]s)`, i+1, kind)})
	}
	return counts
}

// whose gives the mail addresses of leads, and how many leads with such an address an
// identity is tied to.
const (
	addresses = `SELECT DISTINCT site, email FROM leads WHERE email <> ''`
	whose     = `SELECT count(*) FROM (` + allNames + `) a JOIN leads l ON l.site = a.site AND l.id = a.value WHERE a.site = ? AND a.name = ? AND l.email = ?`
)

// findAll looks whether all that a server left in its embedded store can be found.
func (w *world) findAll(p *process) (err error) {
	db, err := sql.Open("sqlite", filepath.Join(p.settings.dir, sqlitestore.File))
	if err != nil {
		return err
	}
	defer func() { err = joined(err, db.Close()) }()
	for _, u := range unfindable {
		var n int
		if err := db.QueryRow(u.query).Scan(&n); err != nil {
			return fmt.Errorf("count %s: %w", u.what, err)
		}
		if n > 0 {
			w.violate(&w.other, "%s has %d %s", p.name, n, u.what)
		}
	}
	return w.findPeople(p, db)
}

// findPeople looks whether each mail address leads to the contact that has it: else its
// next touch would make another.
func (w *world) findPeople(p *process, db *sql.DB) (err error) {
	rows, err := db.Query(addresses)
	if err != nil {
		return err
	}
	type person struct{ site, email string }
	var people []person
	for rows.Next() {
		var who person
		if err := rows.Scan(&who.site, &who.email); err != nil {
			return errors.Join(err, rows.Close())
		}
		people = append(people, who)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	lost := 0
	for _, who := range people {
		var n int
		if err := db.QueryRow(whose, who.site, w.crowd.sessions.MailIdentity(who.site, who.email), who.email).Scan(&n); err != nil {
			return err
		}
		if n != 1 {
			lost++
		}
	}
	if lost > 0 {
		w.violate(&w.other, "%s has %d mail addresses that do not lead to the one contact that has them", p.name, lost)
	}
	return nil
}
