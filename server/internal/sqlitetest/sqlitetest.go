// Package sqlitetest gives tests the embedded store, empty and of the newest schema.
// It is a copy of one that the test's process has made once: under the race detector
// half of what many packages took went into making each anew.
package sqlitetest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"assay/server/internal/sqlitestore"
)

// Folder gives a folder with a store that nobody has open, gone when the test ends.
func Folder(t testing.TB) string {
	t.Helper()
	file, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, sqlitestore.File), file, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Open opens a store in a folder of its own, until the test ends. It syncs nothing:
// whether writes survive a power loss is for sqlitestore's own tests.
func Open(t testing.TB) *sqlitestore.Store {
	t.Helper()
	return OpenIn(t, Folder(t))
}

// OpenIn opens the store in a folder as Open does.
func OpenIn(t testing.TB, dir string) *sqlitestore.Store {
	t.Helper()
	store, err := sqlitestore.Open(dir, sqlitestore.Options{Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

var empty = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "assay-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := sqlitestore.Open(dir, sqlitestore.Options{})
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil { // which folds the log into the file
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, sqlitestore.File))
})
