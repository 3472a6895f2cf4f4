package sqlitestore

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"assay/server/internal/lead"
)

// Processes that looked at the schema before they could write made each
// migration twice, and no program could open the store again.
func TestAFolderThatManyProcessesOpenFirstIsSound(t *testing.T) {
	if dir := os.Getenv("OPEN_TOGETHER_IN"); dir != "" {
		must(Open(dir, Options{}))(t).Close()
		return
	}
	for round := range 5 {
		dir := t.TempDir()
		var together sync.WaitGroup
		for range 3 {
			together.Go(func() {
				c := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
				c.Env = append(os.Environ(), "OPEN_TOGETHER_IN="+dir)
				if told, err := c.CombinedOutput(); err != nil {
					t.Errorf("round %d: %v: %s", round, err, told)
				}
			})
		}
		together.Wait()
		openIn(t, dir, Options{})
	}
}

// A command of a newer version changed the schema under a running server.
func TestACommandLeavesTheSchemaOfARunningServerAlone(t *testing.T) {
	dir := t.TempDir()
	db := file(t, dir, 6)
	running := must(lockServer(dir))(t)
	if s, err := Open(dir, Options{}); !errors.Is(err, errOlderServer) {
		t.Error("it was opened", s, err)
	}
	var have int
	if err := db.QueryRow("PRAGMA user_version").Scan(&have); err != nil || have != 6 {
		t.Error(have, err)
	}
	if err := errors.Join(running.release(), db.Close()); err != nil {
		t.Fatal(err)
	}
	if have := pragma(t, openIn(t, dir, Options{}), "user_version"); have != fmt.Sprint(len(must(migrationFiles())(t))) {
		t.Errorf("without the server the schema stays %s", have)
	}
}

// The step of a program that had looked before a newer one was done passed over that,
// and the program went on with a file that it did not know.
func TestAProgramLeavesAFileAloneThatANewerOneMigratedMeanwhile(t *testing.T) {
	dir := t.TempDir()
	db := file(t, dir, 6)
	files := must(migrationFiles())(t)
	older := upgrade{c: newConn(must(db.Conn(bg))(t)), files: files[:len(files)-1], mayNot: func() error { return nil }, room: func(need) error { return nil }}
	have := must(schemaOf(older.c))(t)
	newer := openIn(t, dir, Options{})
	if _, err := older.step(have); err == nil || !strings.HasSuffix(err.Error(), fmt.Sprintf("the file has schema %d, this program knows %d: use the newer program", len(files), len(files)-1)) {
		t.Errorf("the step says %v", err)
	}
	if now := pragma(t, newer, "user_version"); now != fmt.Sprint(len(files)) {
		t.Errorf("schema %d became %s", len(files), now)
	}
	if err := errors.Join(newer.Update(bg, "s", save(&lead.Lead{ID: "l1"})), older.c.close(), db.Close()); err != nil {
		t.Errorf("the newer program: %v", err)
	}
}

// A command that runs for long outlives the change of versions.
func TestAnOpenStoreWritesNoMoreOnceANewerProgramChangedTheSchema(t *testing.T) {
	dir := t.TempDir()
	older, newer := openIn(t, dir, Options{}), openIn(t, dir, Options{})
	if err := older.Update(bg, "s", save(&lead.Lead{ID: "l1"})); err != nil {
		t.Fatal(err)
	}
	known := len(must(migrationFiles())(t))
	if err := newer.do(bg, &job{fn: func(tx *tx) error { return tx.c.once(fmt.Sprintf("PRAGMA user_version = %d", known+1)) }}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"l2", "l3"} {
		if err := older.Update(bg, "s", save(&lead.Lead{ID: id})); err == nil || !strings.Contains(err.Error(), "use the newer program") {
			t.Errorf("%s: %v", id, err)
		}
		if _, err := newer.Lead(bg, "s", id); !errors.Is(err, lead.ErrNotFound) {
			t.Errorf("%s is there: %v", id, err)
		}
	}
}
