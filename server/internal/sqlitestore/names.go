package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// together is how many names one statement takes: a touch brings its own, a mail
// address, a browser and a session, seldom more.
const together = 4

// named is a name with what it stands for: an identity with the id of its lead, or
// a touch with its number.
type named struct{ name, value string }

// touchName is what a touch is looked up by. No identity begins like that.
func touchName(id string) string { return "touch." + id }

// names looks names up, those that are in order and those that are not yet.
type names struct {
	site  string
	sieve *sieve
	young *young
	row   func(q string, args ...any) scanner
}

const (
	// selectNames finds up to four, each by its own way down the index: a list of them
	// would be sorted first.
	selectNames = `SELECT ` + valueOf + `?2), ` + valueOf + `?3), ` + valueOf + `?4), ` + valueOf + `?5)`
	valueOf     = `(SELECT value FROM names WHERE site = ?1 AND name = `

	selectYoung = `SELECT value FROM names_new WHERE k = ? AND site = ? AND name = ?`
	searchYoung = `SELECT value FROM names_new WHERE site = ? AND name = ?`
)

// read notes what names stand for, and leaves those alone that stand for nothing.
// It looks among the new ones first: they may be put in order meanwhile.
func (n names) read(list []string, found map[string]string) error {
	var rest, stray []string
	for _, name := range list {
		if n.sieve.lacks(n.site, name) {
			continue
		}
		if row := n.young.find(n.sieve.key(n.site, name)); row > 0 {
			there, err := n.note(name, found, selectYoung, row, n.site, name)
			if err != nil {
				return err
			}
			if there {
				continue
			}
			stray = append(stray, name)
		}
		rest = append(rest, name)
	}
	if err := n.ordered(rest, found); err != nil {
		return err
	}
	// Two names may have one key, and a row may have been taken back.
	for _, name := range stray {
		if found[name] != "" {
			continue
		}
		if _, err := n.note(name, found, searchYoung, n.site, name); err != nil {
			return err
		}
	}
	return nil
}

func (n names) note(name string, found map[string]string, q string, args ...any) (there bool, err error) {
	var value string
	switch err := n.row(q, args...).Scan(&value); {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	}
	found[name] = value
	return true, nil
}

// ordered reads those that are in order.
func (n names) ordered(list []string, found map[string]string) error {
	for some := range slices.Chunk(list, together) {
		args := [1 + together]any{n.site, "", "", "", ""}
		for i, name := range some {
			args[1+i] = name
		}
		var values [together]sql.NullString
		if err := n.row(selectNames, args[:]...).Scan(&values[0], &values[1], &values[2], &values[3]); err != nil {
			return err
		}
		for i, name := range some {
			if values[i].Valid {
				found[name] = values[i].String
			}
		}
	}
	return nil
}

// names looks up what the transaction sees.
func (t *tx) names() names { return names{t.site, t.sieve, t.young, t.c.row} }

// names looks up what a reader sees.
func (s *Store) names(wait, ctx context.Context, site string) names {
	return names{site, s.sieve, s.young, func(q string, args ...any) scanner { return s.read.rowAfter(wait, ctx, q, args...) }}
}

// touch gives a touch's number; 0 for an unknown one.
func (n names) touch(id string) (int64, error) {
	name := touchName(id)
	if n.sieve.lacks(n.site, name) {
		return 0, nil
	}
	found := map[string]string{}
	if err := n.read([]string{name}, found); err != nil || found[name] == "" {
		return 0, err
	}
	return strconv.ParseInt(found[name], 10, 64)
}

// insertNames are the statements for one name and more.
var insertNames = func() (q [together + 1]string) {
	for n := 1; n <= together; n++ {
		q[n] = `INSERT INTO names_new (site, name, value) VALUES (?1, ?2, ?3)`
		for i := 1; i < n; i++ {
			q[n] += fmt.Sprintf(`, (?1, ?%d, ?%d)`, 2+2*i, 3+2*i)
		}
	}
	return q
}()

// name writes names that surely stand for nothing yet.
func (t *tx) name(list []named) error {
	for some := range slices.Chunk(list, together) {
		args := make([]any, 0, 1+2*together)
		args = append(args, t.site)
		for _, one := range some {
			args = append(args, one.name, one.value)
		}
		last, err := t.insert("note names", insertNames[len(some)], args...)
		if err != nil {
			return err
		}
		for i, one := range some {
			key := t.sieve.key(t.site, one.name)
			t.wrote(key)
			t.sieve.add(t.site, one.name)
			t.young.wrote(key, last-int64(len(some)-1-i))
		}
	}
	return nil
}
