package storetest

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"assay/server/internal/auth"
)

var people = []check{
	{name: "sites are kept whole and replaced", run: keepSites},
	{name: "of two who save a site over one revision, one wins", run: oneSaveWins},
	{name: "people are found by address and replaced by id", run: keepPeople},
	{name: "an address belongs to one person", run: oneAddress},
	{name: "a filter is saved alone, whoever saves the person meanwhile", run: saveFilter},
	{name: "sessions end when they expire or are deleted", run: keepSessions},
	{name: "expired sessions are removed by the next one", run: dropSessions},
}

func keepSites(t *testing.T, s Store) {
	_, err := s.Site(bg, "k1")
	is(t, "an unknown site", err, auth.ErrNotFound)
	keys, err := s.Sites(bg)
	ok(t, err)
	equal(t, "keys of none", len(keys), 0)
	k1 := &auth.Site{
		Key: "k1", Name: "One", Origins: []string{"http://localhost:*"}, Consent: "required", AllowAutomation: true,
		Forms: map[string]auth.Form{"demo": {Kind: "demo", Selector: "#demo"}},
		Pages: []auth.PageRule{{Signal: "pricing_viewed", Path: "/pricing"}}, Answers: []string{"how_heard"},
		Panel: auth.Panel{On: true, BookingURL: "https://call.one.test", Ask: []string{"need"}},
		Model: "m1", Models: map[string][]byte{"m1": {0, 1, 255}, "m0": make([]byte, 100_000)},
	}
	first := &auth.Site{Key: "k1", Name: "first"}
	for _, site := range []*auth.Site{{Key: "k2"}, first} {
		ok(t, s.SaveSite(bg, site))
		equal(t, "revision", site.Rev, 1)
	}
	k1.Rev = first.Rev
	ok(t, s.SaveSite(bg, k1))
	equal(t, "revision", k1.Rev, 2)
	got, err := s.Site(bg, "k1")
	ok(t, err)
	same(t, "site", got, k1)
	keys, err = s.Sites(bg)
	ok(t, err)
	equal(t, "keys", keys, []string{"k1", "k2"})
}

func oneSaveWins(t *testing.T, s Store) {
	unread := &auth.Site{Key: "k1", Rev: 1}
	is(t, "a change of a site that is not there", s.SaveSite(bg, unread), auth.ErrChanged)
	_, err := s.Site(bg, "k1")
	is(t, "the site", err, auth.ErrNotFound)
	for round := range rounds {
		var won [2]error
		together(2, func(i int) {
			won[i] = s.SaveSite(bg, &auth.Site{Key: "k1", Rev: int64(round), Name: fmt.Sprint(round, i)})
		})
		winner := oneOf(t, won, auth.ErrChanged)
		got, err := s.Site(bg, "k1")
		ok(t, err)
		equal(t, "name", got.Name, fmt.Sprint(round, winner))
		equal(t, "revision", got.Rev, int64(round+1))
	}
	is(t, "one over an old revision", s.SaveSite(bg, unread), auth.ErrChanged)
	is(t, "one of the same key", s.SaveSite(bg, &auth.Site{Key: "k1"}), auth.ErrChanged)
	equal(t, "revision of the loser", unread.Rev, 1)
}

func keepPeople(t *testing.T, s Store) {
	_, err := s.PersonByEmail(bg, "ada@one.test")
	is(t, "an unknown address", err, auth.ErrNotFound)
	ada := &auth.Person{ID: "p1", Site: site, Email: "ada@one.test", Name: "Ada", Role: auth.Rep, Password: "hash"}
	bob := &auth.Person{ID: "p2", Site: site, Email: "aa@one.test", Name: "Bob", Role: auth.Admin}
	ok(t, s.SavePerson(bg, site, ada))
	ok(t, s.SavePerson(bg, site, bob))
	got, err := s.PersonByEmail(bg, "ada@one.test")
	ok(t, err)
	same(t, "person", got, ada)
	list, err := s.People(bg, site)
	ok(t, err)
	same(t, "people", list, []*auth.Person{bob, ada})

	ada.Email, ada.Role = "a@one.test", auth.Marketer
	ok(t, s.SavePerson(bg, site, ada))
	_, err = s.PersonByEmail(bg, "ada@one.test")
	is(t, "the address given up", err, auth.ErrNotFound)
	list, err = s.People(bg, site)
	ok(t, err)
	same(t, "people after the change", list, []*auth.Person{ada, bob})
}

func oneAddress(t *testing.T, s Store) {
	ok(t, s.SavePerson(bg, site, &auth.Person{ID: "p1", Site: site, Email: "ada@one.test"}))
	for _, other := range []auth.Person{{ID: "p2", Site: site, Email: "ada@one.test"}, {ID: "p1", Site: "site-b", Email: "ada@one.test"}} {
		if s.SavePerson(bg, other.Site, &other) == nil {
			t.Errorf("%s of %s took the address of another", other.ID, other.Site)
		}
	}
	p, err := s.PersonByEmail(bg, "ada@one.test")
	ok(t, err)
	equal(t, "person", p.ID+" of "+p.Site, "p1 of "+site)
}

// To save a filter used to read and write the whole person, and could undo a
// password that was changed in between.
func saveFilter(t *testing.T, s Store) {
	is(t, "nobody's filter", s.SaveFilter(bg, site, "p1", auth.Filter{Mine: true}), auth.ErrNotFound)
	ada := &auth.Person{ID: "p1", Site: site, Email: "ada@one.test", Name: "Ada", Role: auth.Rep, Password: "0"}
	ok(t, s.SavePerson(bg, site, ada))
	is(t, "another site's filter", s.SaveFilter(bg, "site-b", "p1", auth.Filter{Mine: true}), auth.ErrNotFound)
	hours := &auth.Hours{Zone: "Europe/Berlin", Days: []string{"mon"}, From: "09:00", To: "17:00"}
	for _, f := range []auth.Filter{{Grades: []string{"A", "B2"}, Countries: []string{"Côte d'Ivoire"}, Hours: hours}, {Mine: true}, {}} {
		ok(t, s.SaveFilter(bg, site, "p1", f))
		got, err := s.PersonByEmail(bg, "ada@one.test")
		ok(t, err)
		ada.Filter = f
		same(t, "person", got, ada)
	}
	for i := range 10 {
		ada.Password = strconv.Itoa(i + 1)
		var saving sync.WaitGroup
		for n := range 5 {
			saving.Go(func() {
				save := func() error { return s.SaveFilter(bg, site, "p1", auth.Filter{Mine: true}) }
				if n == 4 {
					save = func() error { return s.SavePerson(bg, site, ada) }
				}
				if err := save(); err != nil {
					t.Error(err)
				}
			})
		}
		saving.Wait()
		got, err := s.PersonByEmail(bg, "ada@one.test")
		ok(t, err)
		equal(t, "password", got.Password, ada.Password)
	}
}

func keepSessions(t *testing.T, s Store) {
	n := &auth.Session{Hash: "h1", Person: "p1", Site: site, Expires: noon}
	ok(t, s.SaveSession(bg, n, noon.Add(-time.Hour)))
	ok(t, s.SaveSession(bg, &auth.Session{Hash: "h2", Person: "p1", Site: site, Expires: noon.Add(time.Hour)}, noon.Add(-time.Hour)))
	got, err := s.Session(bg, "h1", noon.Add(-time.Millisecond))
	ok(t, err)
	same(t, "session", got, n)
	_, err = s.Session(bg, "h1", noon)
	is(t, "at the end", err, auth.ErrNotFound)
	_, err = s.Session(bg, "none", noon.Add(-time.Hour))
	is(t, "an unknown one", err, auth.ErrNotFound)
	for range 2 {
		ok(t, s.DeleteSession(bg, "h2"))
		_, err = s.Session(bg, "h2", noon)
		is(t, "a deleted one", err, auth.ErrNotFound)
	}
	_, err = s.Session(bg, "h1", noon.Add(-time.Millisecond))
	ok(t, err)
}

func dropSessions(t *testing.T, s Store) {
	ends := []time.Time{noon, noon.Add(time.Millisecond)}
	for i, hash := range []string{"h1", "h2"} {
		ok(t, s.SaveSession(bg, &auth.Session{Hash: hash, Person: "p1", Site: site, Expires: ends[i]}, noon.Add(-time.Hour)))
	}
	ok(t, s.SaveSession(bg, &auth.Session{Hash: "h3", Person: "p2", Site: "site-b", Expires: noon.Add(time.Hour)}, noon))
	_, err := s.Session(bg, "h1", noon.Add(-time.Hour)) // found by this early a time, if it is still there
	is(t, "an expired one", err, auth.ErrNotFound)
	for _, hash := range []string{"h2", "h3"} {
		_, err = s.Session(bg, hash, noon)
		ok(t, err)
	}
}
