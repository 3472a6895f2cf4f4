package sqlitestore

import (
	"fmt"
	"strings"

	"assay/server/internal/desk"
)

// sorting is one order of the list with its queries, which take the same
// parameters whatever is asked for, so that they can be kept prepared.
type sorting struct {
	last     string // the last index row of a window
	window   string // a page from a stretch of the index
	searched string // a page from the leads that match a search
}

// sortingOf gives the sorting of a name of desk.Query, nil for an unknown one.
func sortingOf(name string) *sorting {
	switch name {
	case "", desk.SortRecent:
		return recent
	case desk.SortPriority:
		return urgent
	}
	return nil
}

var (
	recent = newSorting("leads_recent", "last_seen, id", "?3, ?4", "?6, ?7", "0, last_seen, id")
	urgent = newSorting("leads_priority", "priority, last_seen, id", "?2, ?3, ?4", "?5, ?6, ?7", "priority, last_seen, id")
)

// newSorting writes the queries of an order: its index, the columns of that,
// and the parameters for the places where a page starts and where it ends.
func newSorting(index, columns, after, until, place string) *sorting {
	down := strings.ReplaceAll(columns, ",", " DESC,") + " DESC"
	start := `site = ?1 AND (` + columns + `) < (` + after + `)`
	return &sorting{
		last: `SELECT ` + place + ` FROM leads INDEXED BY ` + index + ` WHERE ` + start +
			` ORDER BY ` + down + ` LIMIT 1 OFFSET ?5`,
		window: `SELECT ` + leadColumns + ` FROM leads INDEXED BY ` + index + ` WHERE ` + start +
			` AND (` + columns + `) >= (` + until + `)` + filters + prefixFilter +
			` ORDER BY ` + down + ` LIMIT ?18`,
		// By the candidates' row numbers, never along the sort's index; the
		// texts are read only of those that make the page.
		searched: `SELECT ` + leadColumns + ` FROM leads WHERE n IN (SELECT n FROM leads NOT INDEXED WHERE n IN (` +
			searched("?16", "?17") + `) AND ` + start + filters + ` ORDER BY ` + down + ` LIMIT ?18) ORDER BY ` + down,
	}
}

// filters pass what desk.Query asks for; an empty parameter does not restrict.
// The stage of a lead that is part of another is empty: no list has it.
const filters = `
	AND CASE WHEN ?8 = '' THEN stage NOT IN ('', 'anonymous') ELSE stage = ?8 END
	AND (?9 = '' OR substr(grade, 1, 1) = ?9)
	AND (?10 = '' OR grade = ?10)
	AND (?11 = '' OR band = ?11)
	AND (?12 = '' OR owner = ?12)
	AND (?13 = '' OR form = ?13)
	AND (?14 = '' OR verdict = ?14)
	AND (?15 < 0 OR nurturing = ?15)`

// prefixFilter passes who matches a search, which an index of its own tells: it would
// be a row to read for each that the sort's index has.
const prefixFilter = `
	AND (?16 = '' OR EXISTS (SELECT 1 FROM leads w INDEXED BY leads_searched WHERE w.n = leads.n
		AND (w.email >= ?16 AND w.email < ?17 OR w.name >= ?16 AND w.name < ?17 OR w.company >= ?16 AND w.company < ?17)))`

// countSearched counts matches in the searched columns, up to a limit.
var countSearched = `SELECT count(*) FROM (` + searched("?2", "?3") + ` LIMIT ?4)`

// searched finds the rows that match a search, some of them twice: those whose
// terms are just being put in order.
func searched(from, to string) string {
	var parts []string
	for kind, column := range []string{"email", "name", "company"} {
		parts = append(parts,
			fmt.Sprintf(`SELECT lead FROM terms WHERE site = ?1 AND kind = %d AND term >= %s AND term < %s`, kind+1, from, to),
			fmt.Sprintf(`SELECT lead FROM terms_new WHERE site = ?1 AND %[1]s >= %[2]s AND %[1]s < %[3]s`, column, from, to))
	}
	return strings.Join(parts, " UNION ALL ")
}

// parameters are ?1 to ?18 of a page's query.
func parameters(site string, q desk.Query, after, until desk.Place, limit int) []any {
	letter, grade := "", q.Grade
	if len(q.Grade) == 1 {
		letter, grade = q.Grade, ""
	}
	nurturing := int64(-1)
	if q.Nurturing != nil {
		nurturing = number(*q.Nurturing)
	}
	from, to := q.PrefixRange()
	return []any{
		site, after.Priority, after.Seen, after.ID, until.Priority, until.Seen, until.ID,
		q.Stage, letter, grade, q.Band, q.Owner, q.Form, q.Verdict, nurturing, from, to, limit,
	}
}
