package sqlitestore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// One that fills the disk leaves a log that nobody has room to fold.
func TestAMigrationWithoutRoomIsNotBegun(t *testing.T) {
	dir := smallDisk(t, "16m")
	size := olderFile(t, dir)
	s, err := Open(dir, Options{})
	if err == nil {
		s.Close()
		t.Fatal("it was opened")
	}
	_, says, _ := strings.Cut(err.Error(), "migration 8: ")
	var need, left int64
	form := "this program has to rewrite the store, which takes %d MB of room in " + dir + " for a while, and there are %d MB: "
	if _, err := fmt.Sscanf(says, form, &need, &left); err != nil || left >= 16-size>>20 || need <= left || need > 4*megabytes(size) {
		t.Fatalf("it says: %s", says)
	}
	if now := must(os.Stat(filepath.Join(dir, File)))(t).Size(); now != size {
		t.Errorf("the file had %d bytes and has %d", size, now)
	}
	resize(t, dir, fmt.Sprint(size+need<<20)) // what it said is enough
	open := openIn(t, dir, Options{})
	if got := pragma(t, open, "user_version"); got != fmt.Sprint(len(must(migrationFiles())(t))) {
		t.Errorf("schema %s with room", got)
	}
}

// The newest migration adds an index, and its message spoke of a rewrite.
func TestAMigrationSaysWhetherItRewritesOrAdds(t *testing.T) {
	for known, want := range map[int]string{6: "rewrite the store", 7: "rewrite the store", 8: "add indexes to the store"} {
		dir := t.TempDir()
		if _, known := roomIn(dir); !known {
			t.Skip("nothing is known of this system's disks")
		}
		db := file(t, dir, known)
		c := newConn(must(db.Conn(bg))(t))
		asked := 0
		err := migrate(c, dir, func() error { return nil }, func(n need) error {
			asked++
			return roomFor(dir, need{1 << 60, n.rewrites})
		})
		if err == nil || asked != 1 || !strings.HasPrefix(err.Error(), fmt.Sprintf("sqlitestore: migration %d: this program has to %s, which takes ", known+1, want)) {
			t.Errorf("schema %d: %v, asked %d times", known, err, asked)
		}
		if have := must(schemaOf(c))(t); have != known {
			t.Errorf("schema %d became %d", known, have)
		}
		if err := errors.Join(c.close(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

// olderFile makes a file of the schema before names were put in order, mostly of texts,
// and gives its size.
func olderFile(t *testing.T, dir string) (bytes int64) {
	t.Helper()
	db := file(t, dir, 7)
	text := strings.Repeat("said ", 400)
	must(db.Exec(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 3000)
		INSERT INTO touches (site, id, lead, received, sample, doc) SELECT 's', hex(n * 7919 % 3001) || 't', 'l1', n, 0, json_object('id', n, 'said', ?) FROM i`, text))(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return must(os.Stat(filepath.Join(dir, File)))(t).Size()
}
