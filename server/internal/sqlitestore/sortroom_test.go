package sqlitestore

import (
	"database/sql"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// It went to the machine's folder for such files, which may be on another disk: nobody
// had asked for room there, and what is sorted is contact data.
func TestWhatAMigrationSortsStaysInTheStoresFolder(t *testing.T) {
	if dir := os.Getenv("MIGRATE_IN"); dir != "" {
		migrateWithLittleMemory(t, filepath.Join(dir, File))
		return
	}
	full := smallDisk(t, "64k")
	dir := filepath.Join(t.TempDir(), "a folder's name")
	must(prepare(dir))(t)
	db := file(t, dir, 8)
	must(db.Exec("PRAGMA temp_store = MEMORY"))(t)
	must(db.Exec(`WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 9000)
		INSERT INTO leads SELECT n, 's', n, 1, 'lead', '', '', '', '', '', 0, 0, 0, 0, 0, '', '', printf('%0400d', n), '', '', '', '' FROM i`))(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	c.Env = append(os.Environ(), "MIGRATE_IN="+dir, "SQLITE_TMPDIR="+full)
	if told, err := c.CombinedOutput(); err != nil {
		t.Errorf("where the machine's folder is full: %v: %s", err, told)
	}
}

// migrateWithLittleMemory has SQLite sort in a file what is more than 1 MB.
func migrateWithLittleMemory(t *testing.T, path string) {
	db := must(sql.Open("sqlite", dsn(path, url.Values{"_pragma": {"journal_mode(WAL)", "cache_size(-100)"}})))(t)
	defer db.Close()
	c := newConn(must(db.Conn(bg))(t))
	if err := migrate(c, filepath.Dir(path), func() error { return nil }, func(need) error { return nil }); err != nil {
		t.Fatal(err)
	}
	var store string
	if err := errors.Join(c.row("PRAGMA temp_store").Scan(&store), c.close()); err != nil || store != "2" {
		t.Errorf("afterwards it sorts with temp_store = %s, want 2, memory (%v)", store, err)
	}
}
