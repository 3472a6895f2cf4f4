package sqlitestore

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
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
