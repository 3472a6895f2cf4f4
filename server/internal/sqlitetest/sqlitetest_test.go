package sqlitetest_test

import (
	"os"
	"path/filepath"
	"testing"

	"assay/server/internal/auth"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
)

func TestEachTestHasAStoreOfItsOwn(t *testing.T) {
	dir := sqlitetest.Folder(t)
	if files, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(files) != 1 || files[0] != filepath.Join(dir, sqlitestore.File) {
		t.Errorf("there are %v, %v", files, err)
	}
	fresh, err := os.ReadFile(filepath.Join(dir, sqlitestore.File))
	if err != nil {
		t.Fatal(err)
	}
	one, other := sqlitetest.OpenIn(t, dir), sqlitetest.Open(t)
	if err := one.SaveSite(t.Context(), &auth.Site{Key: "s1"}); err != nil {
		t.Fatal(err)
	}
	for _, store := range []*sqlitestore.Store{one, other} {
		sites, err := store.Sites(t.Context())
		if want := map[bool]int{true: 1}[store == one]; err != nil || len(sites) != want {
			t.Errorf("sites %v, %v; want %d", sites, err, want)
		}
	}
	again, err := os.ReadFile(filepath.Join(sqlitetest.Folder(t), sqlitestore.File))
	if err != nil || string(again) != string(fresh) {
		t.Errorf("the next one is another, of %d bytes, %v", len(again), err)
	}
}
