package storetest

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
)

var companies = []check{
	{name: "owners of a company's leads are named once", run: owners},
	{name: "colleagues come newest seen first", run: colleagues},
	{name: "all leads come by id, page by page", run: leadsAfter},
}

// ofCompany is a lead of a company that somebody owns.
func ofCompany(id, domain, owner string) *lead.Lead {
	l := newLead(id)
	l.Domain, l.Owner = domain, owner
	return l
}

func owners(t *testing.T, s Store) {
	save(t, s, site, ofCompany("l1", "one.test", "p2"), ofCompany("l2", "one.test", "p1"), ofCompany("l3", "one.test", "p2"),
		ofCompany("l4", "one.test", ""), ofCompany("l5", "two.test", "p3"), ofCompany("l6", "", "p4"))
	save(t, s, "site-b", ofCompany("l1", "one.test", "p9"))
	part := ofCompany("l7", "one.test", "p5")
	part.Merged = &lead.Merged{Into: "l1", At: noon}
	save(t, s, site, part)
	for _, c := range []struct {
		domain string
		limit  int
		want   []string
	}{
		{"one.test", 10, []string{"p1", "p2"}}, {"one.test", 1, []string{"p1"}}, {"one.test", 0, []string{}},
		{"two.test", 10, []string{"p3"}}, {"none.test", 10, []string{}}, {"", 10, []string{}},
	} {
		update(t, s, site, func(tx lead.Tx) error {
			got, err := tx.Owners(c.domain, c.limit)
			equal(t, fmt.Sprintf("%d owners of %q", c.limit, c.domain), append([]string{}, got...), c.want)
			return err
		})
	}
	change(t, s, site, "l2", func(l *lead.Lead) { l.Owner = "" })
	update(t, s, site, func(tx lead.Tx) error {
		got, err := tx.Owners("one.test", 10)
		equal(t, "owners after one let go", got, []string{"p2"})
		return err
	})
}

func colleagues(t *testing.T, s Store) {
	for i, id := range []string{"l2", "l3", "l1"} {
		l := ofCompany(id, "one.test", "")
		l.LastSeen = noon.Add(time.Duration(i) * time.Minute)
		save(t, s, site, l)
	}
	part := ofCompany("l4", "one.test", "")
	part.Merged = &lead.Merged{Into: "l1", At: noon}
	save(t, s, site, part, ofCompany("l5", "two.test", ""), ofCompany("l6", "", ""))
	for _, c := range []struct {
		domain string
		limit  int
		want   []string
	}{
		{"one.test", 10, []string{"l1", "l3", "l2"}}, {"one.test", 2, []string{"l1", "l3"}},
		{"none.test", 10, []string{}}, {"", 10, []string{}},
	} {
		list, err := s.Colleagues(bg, site, c.domain, c.limit)
		ok(t, err)
		equal(t, fmt.Sprintf("%d colleagues at %q", c.limit, c.domain), ids(list), c.want)
	}
	list, err := s.Colleagues(bg, "site-b", "one.test", 10)
	ok(t, err)
	equal(t, "colleagues in another site", len(list), 0)
}

func leadsAfter(t *testing.T, s Store) {
	part := newLead("l3")
	part.Merged = &lead.Merged{Into: "l1", At: noon}
	unseen := newLead("l5")
	unseen.Stage = "anonymous"
	save(t, s, site, newLead("l4"), newLead("l1"), part, newLead("l2"), unseen, newLead("m"))
	save(t, s, "site-b", newLead("l6"))
	got, after := []string{}, ""
	for range 10 {
		page, err := s.LeadsAfter(bg, site, after, 2)
		ok(t, err)
		if len(page) == 0 {
			break
		}
		got = append(got, ids(page)...)
		after = got[len(got)-1]
	}
	equal(t, "leads by id", got, []string{"l1", "l2", "l4", "l5", "m"})
	page, err := s.LeadsAfter(bg, site, "l4", 1)
	ok(t, err)
	want, err := s.Lead(bg, site, "l5")
	ok(t, err)
	same(t, "the lead after l4", page, []*lead.Lead{want})
}

// ids gives the ids of leads in their order.
func ids(leads []*lead.Lead) []string {
	list := []string{}
	for _, l := range leads {
		list = append(list, l.ID)
	}
	return list
}
