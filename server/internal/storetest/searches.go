package storetest

import (
	"fmt"
	"testing"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

var searches = []check{
	{name: "a search finds prefixes of address, name and company", run: search},
	{name: "a search follows the newest answers", run: searchChanged},
}

func search(t *testing.T, s Store) {
	named := func(id, email, name, company string) *lead.Lead {
		l := newLead(id)
		l.Profile = map[string]string{"email": email, "name": name, "company": company}
		return l
	}
	save(t, s, site,
		named("l1", "ada@one.test", "Ada Äpfel", "Ölmühle Nord"),
		named("l2", "50%_off@two.test", "Łukasz", "100% Cotton"),
		named("l3", "a_b@three.test", "李雷", "Über*Works"),
		named("l4", "axb@four.test", "O'Neil", `Back\slash`),
		named("l5", "", "", ""))
	for prefix, want := range map[string][]string{
		"ada":         {"l1"},
		"ADA@ONE":     {"l1"},
		"a":           {"l1", "l3", "l4"},
		"a_":          {"l3"},
		"50%":         {"l2"},
		"%":           {},
		"_":           {},
		"100% c":      {"l2"},
		"öLM":         {"l1"},
		"łu":          {"l2"},
		"李":           {"l3"},
		"ÜBER*":       {"l3"},
		"über.":       {},
		"o'n":         {"l4"},
		`back\s`:      {"l4"},
		"äpfel":       {}, // not the start
		"(":           {},
		"^a":          {},
		"ada@one.tes": {"l1"},
		"":            {"l1", "l2", "l3", "l4", "l5"},
	} {
		for _, sort := range []string{"last_seen", "priority"} {
			equal(t, fmt.Sprintf("%q by %s", prefix, sort), sorted(all(t, s, desk.Query{Prefix: prefix, Sort: sort, Limit: 2})), want)
		}
	}
}

func searchChanged(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"))
	change(t, s, site, "l1", func(l *lead.Lead) {
		l.Profile = map[string]string{"email": "new@example.test", "name": "Nora", "company": "North"}
	})
	change(t, s, site, "l1", func(l *lead.Lead) { l.Owner = "p1" })
	for prefix, want := range map[string]int{"l1@": 0, "new@": 1, "nora": 1, "NORTH": 1} {
		equal(t, prefix, len(all(t, s, desk.Query{Prefix: prefix, Limit: 5})), want)
	}
}
