package storetest

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

var sites = []check{
	{name: "two sites with the same ids know nothing of each other", run: apart},
	{name: "samples are deleted, all of them and nothing else", run: deleteSamples},
}

// Everything is written twice under the same ids, with another page or owner;
// each site must see its own and no more.
func apart(t *testing.T, s Store) {
	both := []string{"site-a", "site-b"}
	for _, site := range both {
		l, t1, t2 := newLead("l1"), newTouch("t1"), newTouch("t2")
		l.Site, t1.Site, t2.Site = site, site, site
		l.Owner, l.Sample = "owner in "+site, true
		l.Outbox = []lead.Event{event("l1", "e1"), event("l1", "e-"+site)}
		t1.Page, t1.Sample = "/"+site, true
		insert(t, s, site, t1, t2)
		save(t, s, site, l)
		update(t, s, site, func(tx lead.Tx) error {
			owners, err := tx.ClaimIdentities("l-"+site, "h1")
			equal(t, "identity", owners["h1"], "l-"+site)
			if err != nil {
				return err
			}
			return tx.SetApplied("t1", "l1")
		})
		ok(t, s.SavePerson(bg, site, &auth.Person{ID: "p1", Site: site, Email: site + "@one.test"}))
	}
	for _, site := range both {
		seesOwn(t, s, site)
	}
	n, err := s.DeleteSamples(bg, "site-a")
	ok(t, err)
	equal(t, "samples", n, 1)
	_, err = s.Lead(bg, "site-a", "l1")
	is(t, "the deleted lead", err, lead.ErrNotFound)
	_, err = s.Lead(bg, "site-b", "l1")
	ok(t, err)
	_, err = s.Lead(bg, "site-c", "l1")
	is(t, "a lead of an unknown site", err, lead.ErrNotFound)
}

func seesOwn(t *testing.T, s Store, site string) {
	owner := "owner in " + site
	l, err := s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "lead", l.Owner+l.Site, owner+site)
	page, err := s.Leads(bg, site, desk.Query{Limit: 10})
	ok(t, err)
	equal(t, "list", fmt.Sprint(len(page.Leads), page.Leads[0].Owner), fmt.Sprint(1, owner))
	page, err = s.Leads(bg, site, desk.Query{Limit: 10, Prefix: "l1@"})
	ok(t, err)
	equal(t, "search", fmt.Sprint(len(page.Leads), page.Leads[0].Owner), fmt.Sprint(1, owner))
	byID, err := s.LeadsByID(bg, site, []string{"l1", "l2"})
	ok(t, err)
	equal(t, "by id", fmt.Sprint(len(byID), byID["l1"].Owner), fmt.Sprint(1, owner))
	touches, err := s.Touches(bg, site, "l1", 10)
	ok(t, err)
	equal(t, "touches", fmt.Sprint(len(touches), touches[0].Page), fmt.Sprint(1, "/"+site))
	touches, err = s.Unapplied(bg, site, noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "unapplied", touchIDs(touches), []string{"t2"})
	people, err := s.People(bg, site)
	ok(t, err)
	equal(t, "people", fmt.Sprint(len(people), people[0].Email), fmt.Sprint(1, site+"@one.test"))
	equal(t, "feed", wholeFeed(t, s, site), []string{"e1", "e-" + site})
	last, err := s.Last(bg, site)
	ok(t, err)
	equal(t, "last", last, 2)
	update(t, s, site, func(tx lead.Tx) error {
		tied, err := tx.Identities("h1")
		equal(t, "identity", tied["h1"], "l-"+site)
		return err
	})
}

func deleteSamples(t *testing.T, s Store) {
	sample, real := newLead("l1"), newLead("l2")
	sample.Sample = true
	sample.Outbox = []lead.Event{event("l1", "e1")}
	st, rt := newTouch("t1"), newTouch("t2")
	st.Sample = true
	save(t, s, site, sample, real)
	insert(t, s, site, st, rt)
	update(t, s, site, func(tx lead.Tx) error {
		for hash, id := range map[string]string{"h1": "l1", "h2": "l1", "h3": "l2"} {
			if _, err := tx.ClaimIdentities(id, hash); err != nil {
				return err
			}
		}
		if err := tx.SetApplied("t1", "l1"); err != nil {
			return err
		}
		return tx.SetApplied("t2", "l2")
	})
	collect(t, s, site)
	for _, want := range []int{1, 0} {
		n, err := s.DeleteSamples(bg, site)
		ok(t, err)
		equal(t, "leads deleted", n, want)
	}
	update(t, s, site, func(tx lead.Tx) error {
		tied, err := tx.Identities("h1", "h2", "h3")
		equal(t, "identities", tied, map[string]string{"h3": "l2"})
		return err
	})
	equal(t, "leads", sorted(all(t, s, desk.Query{Limit: 10})), []string{"l2"})
	for id, want := range map[string]int{"l1": 0, "l2": 1} {
		touches, err := s.Touches(bg, site, id, 10)
		ok(t, err)
		equal(t, "touches of "+id, len(touches), want)
	}
	equal(t, "feed", wholeFeed(t, s, site), []string{"e1"})
	update(t, s, site, func(tx lead.Tx) error { // the id is free again
		inserted, err := tx.InsertTouch(newTouch("t1"))
		equal(t, "inserted", inserted, true)
		return err
	})
}
