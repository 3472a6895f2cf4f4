package mongostore

import (
	"errors"
	"testing"

	"assay/server/internal/auth"
	"assay/server/internal/mongotest"
)

func TestASiteOfBeforeRevisionsWereCountedIsSavedOnce(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("sites"))
	old, err := newKeyedDoc("k1", "k1", "k1", &auth.Site{Key: "k1", Name: "Old"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.sites.InsertOne(bg, old); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		want error
	}{{"First", nil}, {"Second", auth.ErrChanged}} {
		if err := s.SaveSite(bg, &auth.Site{Key: "k1", Name: c.name}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if now, err := s.Site(bg, "k1"); err != nil || now.Name != "First" || now.Rev != 1 {
		t.Errorf("there is %+v, %v", now, err)
	}
}
