package demo_test

import (
	"errors"
	"testing"

	"assay/server/internal/auth"
	"assay/server/internal/demo"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
)

func openStore(t *testing.T) *sqlitestore.Store {
	t.Helper()
	store := sqlitetest.Open(t)
	return store
}

func ensure(t *testing.T, store auth.Store, password string) *demo.Accounts {
	t.Helper()
	a, err := demo.Ensure(t.Context(), store, demo.Options{Origins: []string{"https://assay.test"}, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestPeopleAreKeptAndAChangedPasswordIsSet(t *testing.T) {
	store := openStore(t)
	first := ensure(t, store, "one")
	again := ensure(t, store, "one")
	changed := ensure(t, store, "two")
	roles := map[string]auth.Role{"admin@demo.test": auth.Admin, "marketer@demo.test": auth.Marketer, "rep@demo.test": auth.Rep, "rep2@demo.test": auth.Rep}
	for email, role := range roles {
		a, b, c := first.Find(email), again.Find(email), changed.Find(email)
		if a == nil || a.Role != role || a.Site != demo.Key || a.Name == "" || a.ID != b.ID || a.ID != c.ID {
			t.Errorf("%s: %+v, %+v, %+v", email, a, b, c)
			continue
		}
		if a.Password != b.Password || !auth.MatchPassword("one", a.Password) {
			t.Errorf("%s: the same password was hashed anew, or wrongly", email)
		}
		if stored, err := store.PersonByEmail(t.Context(), email); err != nil || !auth.MatchPassword("two", stored.Password) || auth.MatchPassword("one", stored.Password) {
			t.Errorf("%s: the changed password is not what counts (%v)", email, err)
		}
	}
	if people, err := store.People(t.Context(), demo.Key); err != nil || len(people) != len(roles) {
		t.Errorf("%d people, %v", len(people), err)
	}
	if first.Find("nobody@demo.test") != nil {
		t.Error("somebody unknown was found")
	}
}

func TestWithoutAPasswordEachStartHasARandomOne(t *testing.T) {
	store := openStore(t)
	a, b := ensure(t, store, ""), ensure(t, store, "")
	if len(a.Password) < 16 || a.Password == b.Password {
		t.Errorf("passwords %q and %q", a.Password, b.Password)
	}
	p, err := store.PersonByEmail(t.Context(), demo.Guide)
	if err != nil || !auth.MatchPassword(b.Password, p.Password) {
		t.Errorf("the printed password does not sign in (%v)", err)
	}
}

func TestTheSiteIsAsItsPagesNeedIt(t *testing.T) {
	store := openStore(t)
	ensure(t, store, "one")
	site, err := store.Site(t.Context(), demo.Key)
	if err != nil {
		t.Fatal(err)
	}
	if site.Consent != auth.ConsentNotRequired || !site.AllowAutomation || len(site.Forms) != 5 || len(site.Pages) != 5 || len(site.Answers) != 3 {
		t.Errorf("%+v", site)
	}
	for _, origin := range []string{"http://localhost:3000", "http://127.0.0.1:1", "https://[::1]:1", "https://assay.test"} {
		if !auth.AllowsOrigin(site.Origins, origin) {
			t.Errorf("%s may not call", origin)
		}
	}
	c, err := modeling.Compile(site.Models[site.Model])
	if err != nil || c.Version != site.Model {
		t.Errorf("published %s, %v", site.Model, err)
	}
}

// A start used to put all settings back as they are shipped.
func TestWhatWasSetOfTheSiteOutlivesAStart(t *testing.T) {
	store := openStore(t)
	ensure(t, store, "one")
	site, err := store.Site(t.Context(), demo.Key)
	if err != nil {
		t.Fatal(err)
	}
	site.Consent, site.Forms, site.Origins = auth.ConsentRequired, nil, []string{"https://www.northbeck.test"}
	if err := store.SaveSite(t.Context(), site); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		ensure(t, store, "one")
		now, err := store.Site(t.Context(), demo.Key)
		if err != nil || now.Consent != auth.ConsentRequired || len(now.Forms) != 0 || now.Rev != site.Rev+1 {
			t.Errorf("%+v, %v", now, err)
		}
		for _, origin := range []string{"https://www.northbeck.test", "http://localhost:3000", "https://assay.test"} {
			if !auth.AllowsOrigin(now.Origins, origin) {
				t.Errorf("%s may not call", origin)
			}
		}
	}
}

func TestEarlierModelsStayKnown(t *testing.T) {
	store := openStore(t)
	ensure(t, store, "one")
	site, err := store.Site(t.Context(), demo.Key)
	if err != nil {
		t.Fatal(err)
	}
	published := site.Model
	site.Models["old"], site.Model = site.Models[site.Model], "old"
	if err := store.SaveSite(t.Context(), site); err != nil {
		t.Fatal(err)
	}
	ensure(t, store, "one")
	if site, err = store.Site(t.Context(), demo.Key); err != nil || site.Model != published || site.Models["old"] == nil {
		t.Errorf("published %s with %d models, %v", site.Model, len(site.Models), err)
	}
}

func TestAMailAddressOfAnotherSiteIsLeftAlone(t *testing.T) {
	store := openStore(t)
	if err := store.SavePerson(t.Context(), "other", &auth.Person{ID: "p", Site: "other", Email: demo.Guide}); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Ensure(t.Context(), store, demo.Options{Password: "x"}); err == nil {
		t.Error("taken over")
	}
	if p, err := store.PersonByEmail(t.Context(), demo.Guide); err != nil || p.Site != "other" || errors.Is(err, auth.ErrNotFound) {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestTheDemosSettingsAreSound(t *testing.T) {
	store := openStore(t)
	ensure(t, store, "one")
	s, err := store.Site(t.Context(), demo.Key)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range s.Check() {
		t.Error(fault)
	}
}
