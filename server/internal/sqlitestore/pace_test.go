package sqlitestore

import (
	"fmt"
	"testing"

	"assay/server/internal/lead"
)

// One store's haste was every later store's.
func TestAHurriedStoreHurriesAlone(t *testing.T) {
	s := openIn(t, t.TempDir(), Options{Hurried: true})
	if got := pragma(t, s, "wal_autocheckpoint"); got != fmt.Sprint(hurried.log) {
		t.Errorf("a commit folds the log of a hurried store at %s pages", got)
	}
	wrote := 0
	until(t, "what it wrote is put in order", func() bool {
		wrote++
		if err := s.Update(bg, "s", save(&lead.Lead{ID: fmt.Sprint("l", wrote), Profile: map[string]string{"email": fmt.Sprint(wrote, "@works.test")}})); err != nil {
			t.Fatal(err)
		}
		var terms int
		if err := s.read.row(bg, `SELECT count(*) FROM terms`).Scan(&terms); err != nil {
			t.Fatal(err)
		}
		return terms > 0
	})
	other := openIn(t, t.TempDir(), Options{})
	if other.tidier.limits != usual.tidy || pragma(t, other, "wal_autocheckpoint") == fmt.Sprint(hurried.log) {
		t.Error("a store that is opened after it is hurried too")
	}
}
