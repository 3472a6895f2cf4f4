package sqlitestore

import (
	"errors"
	"testing"

	"assay/server/internal/auth"
)

func TestASiteOfBeforeRevisionsWereCountedIsSavedOnce(t *testing.T) {
	dir := t.TempDir()
	db := file(t, dir, 3)
	must(db.Exec(`INSERT INTO sites (key, doc) VALUES ('k1', '{"key": "k1", "name": "Old"}')`))(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := openIn(t, dir, Options{})
	first, second := must(s.Site(bg, "k1"))(t), must(s.Site(bg, "k1"))(t)
	first.Name, second.Name = "First", "Second"
	if err := s.SaveSite(bg, first); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveSite(bg, second); !errors.Is(err, auth.ErrChanged) {
		t.Errorf("the second is saved over the first: %v", err)
	}
	if now := must(s.Site(bg, "k1"))(t); now.Name != "First" || now.Rev != 1 {
		t.Errorf("there is %+v", now)
	}
}
