package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/lead"
)

var presences = []check{
	{name: "a session is present once, as it was seen last", run: presentOnce},
	{name: "who was not seen for long is present no more", run: presentNoMore},
}

func beat(session string, seen time.Time, page string) lead.Presence {
	return lead.Presence{Session: session, Seen: seen, Since: noon, Form: "demo", FormKind: "demo", Page: page,
		Grade: "B2", Band: "warm", Verdict: lead.Verified, Lead: "l1"}
}

func presentOnce(t *testing.T, s Store) {
	second := time.Second
	for _, p := range []lead.Presence{beat("s1", noon, "/a"), beat("s2", noon.Add(2*second), "/b"), beat("s1", noon.Add(4*second), "/c"),
		beat("s1", noon.Add(3*second), "/late"), beat("s2", noon.Add(2*second+time.Nanosecond), "/d")} {
		ok(t, s.SavePresence(bg, site, p))
	}
	ok(t, s.SavePresence(bg, "site-b", beat("s1", noon, "/other")))
	found, err := s.Presences(bg, []string{site, "none"}, noon.Add(-second))
	ok(t, err)
	equal(t, "sites", len(found), 1)
	list := found[site]
	slices.SortFunc(list, func(a, b lead.Presence) int { return strings.Compare(a.Session, b.Session) })
	same(t, "present", list, []lead.Presence{beat("s1", noon.Add(4*second), "/c"), beat("s2", noon.Add(2*second+1), "/d")})
	found, err = s.Presences(bg, []string{site, "site-b"}, noon.Add(2*second))
	ok(t, err)
	equal(t, "seen after an instant", len(found[site]), 2)
	equal(t, "in the other site", len(found["site-b"]), 0)
	found, err = s.Presences(bg, nil, noon.Add(-time.Hour))
	ok(t, err)
	equal(t, "of no site", len(found), 0)
}

// However long nobody asked, a beat much later leaves that one alone.
func presentNoMore(t *testing.T, s Store) {
	ok(t, s.SavePresence(bg, site, beat("s1", noon, "/a")))
	later := noon.Add(lead.PresenceLife + time.Minute)
	ok(t, s.SavePresence(bg, site, beat("s2", later, "/b")))
	found, err := s.Presences(bg, []string{site}, noon.Add(-time.Second))
	ok(t, err)
	same(t, "present", found[site], []lead.Presence{beat("s2", later, "/b")})
}
