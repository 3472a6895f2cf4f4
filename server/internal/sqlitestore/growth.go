package sqlitestore

import "fmt"

// rewritten are the tables that a migration writes anew.
var rewritten = map[int][]string{7: {"leads"}, 8: {"touches", "identities"}}

// A table that is written anew stands in the log, with what overwrites the old one
// (secure_delete), and then in the file, beside the old one.
const timesRewritten = 3

// indexes gives what the rest takes at most, as a part of the file: new indexes, in the
// log and in the file, and what SQLite sorts for them beside. The first is for what
// leads are found by, of leads that say little; a table that begins empty takes nothing.
func indexes(file int64, from int) int64 {
	switch {
	case from <= 8:
		return file / 2
	case from == 9:
		return file / 4
	}
	return 0
}

// selectSize adds up a table with its indexes.
const selectSize = `SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = TRUE AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)`

// need is what migrations take of the disk.
type need struct {
	bytes    int64
	rewrites bool // tables; else they add indexes to what is there
}

// growth gives what the migrations from one on take at most: a store that stops half
// way serves no program. It was measured with files of leads alone, of touches alone,
// and of both, of 100 and of 1,500 bytes each, with too little memory to sort in.
func growth(c *conn, from int) (n need, err error) {
	var file int64
	if err := c.row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&file); err != nil {
		return n, fmt.Errorf("sqlitestore: read size: %w", err)
	}
	n.bytes = indexes(file, from)
	for number, tables := range rewritten {
		if number < from {
			continue
		}
		for _, table := range tables {
			var size int64
			if err := c.row(selectSize, table).Scan(&size); err != nil {
				return n, fmt.Errorf("sqlitestore: read size of %s: %w", table, err)
			}
			n.bytes += timesRewritten * size
		}
		n.rewrites = true
	}
	return n, nil
}

// roomFor fails when a folder's disk has less left than is needed, as far as that is
// known.
func roomFor(dir string, n need) error {
	left, known := roomIn(dir)
	if !known || left >= n.bytes {
		return nil
	}
	what := "add indexes to the store"
	if n.rewrites {
		what = "rewrite the store"
	}
	return fmt.Errorf("this program has to %s, which takes %d MB of room in %s for a while, and there are %d MB: "+
		"free some, or move the folder to a larger disk; nothing is changed yet", what, megabytes(n.bytes), dir, left>>20)
}

// megabytes rounds up.
func megabytes(bytes int64) int64 { return (bytes + 1<<20 - 1) >> 20 }
