package storetest

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

var listing = []check{
	{name: "every filter, sort and page size gives each lead once, in order", run: listAll},
	{name: "pages hold while leads are written between them", run: listWhileWriting},
	{name: "cursors of another make are refused", run: foreignCursors},
	{name: "an empty site has an empty list", run: emptyList},
	{name: "leads that are due come in the order of their changes", run: due},
}

// grades from the best to the worst: a step of fit weighs as much as a step of
// engagement, fit decides between equals, unknown fit ranks between C and D.
var grades = strings.Fields("A1 A2 B1 A3 B2 C1 A4 B3 C2 ?1 B4 C3 ?2 D1 C4 ?3 D2 ?4 D3 D4")

// crowd is a site full of leads in which every value of a filter occurs.
func crowd() []*lead.Lead {
	stages := []string{"anonymous", "subscriber", "lead", "lead", "sales_ready", "prospect", "junk"}
	verdicts := []lead.Verdict{lead.Verified, lead.Corrected, lead.Unverified, lead.Suspect}
	var leads []*lead.Lead
	for i := range 60 {
		l := newLead(fmt.Sprintf("l%02d", i*37%60))
		g := grades[i*7%len(grades)]
		l.Cell = lead.Cell{Grade: g, Letter: g[:1], Level: g[1] - '0', Band: []string{"hot", "warm", "cold"}[i%3]}
		l.Stage, l.Verdict = stages[i%len(stages)], verdicts[i/3%4]
		l.Owner, l.Form = []string{"", "p1", "p2"}[i/2%3], []string{"demo", "quote"}[i/5%2]
		l.Nurturing = i%4 == 0
		l.LastSeen = noon.Add(-time.Duration(i/3*11%17) * time.Minute) // some at the same time
		l.Profile["name"] = []string{"Ada", "Grace", "adam"}[i%3]
		if i%13 == 0 {
			l.Merged = &lead.Merged{Into: "l01", At: noon}
		}
		leads = append(leads, l)
	}
	return leads
}

func queries() []desk.Query {
	yes, no := true, false
	qs := []desk.Query{{}, {Nurturing: &yes}, {Nurturing: &no}, {Prefix: "AD"}, {Prefix: "nobody"}, {Form: "none"}}
	for _, s := range []string{"anonymous", "lead", "junk", "customer"} {
		qs = append(qs, desk.Query{Stage: s})
	}
	for _, g := range []string{"A", "?", "A1", "?4", "D4", "E", "A11"} {
		qs = append(qs, desk.Query{Grade: g})
	}
	return append(qs,
		desk.Query{Band: "hot"}, desk.Query{Owner: "p1"}, desk.Query{Form: "quote"}, desk.Query{Verdict: "suspect"},
		desk.Query{Stage: "lead", Band: "warm", Nurturing: &no}, desk.Query{Grade: "B", Owner: "p2", Prefix: "ada"},
		desk.Query{Band: "hot", Owner: "p1", Form: "demo", Verdict: "verified", Grade: "A1"})
}

func listAll(t *testing.T, s Store) {
	leads := crowd()
	save(t, s, site, leads...)
	sizes := []int{200, 7, 20}
	for i, q := range queries() {
		for j, sort := range []string{"last_seen", "priority"} {
			q.Sort, q.Limit = sort, sizes[(i+j)%len(sizes)]
			lists(t, s, q, leads)
		}
	}
	for _, size := range []int{1, 7, 200} {
		lists(t, s, desk.Query{Limit: size}, leads)
	}
}

// lists checks that all pages of a query give the leads that pass it, in order.
func lists(t *testing.T, s Store, q desk.Query, leads []*lead.Lead) {
	t.Helper()
	got := all(t, s, q)
	inOrder(t, q, got)
	equal(t, fmt.Sprintf("leads of %+v", q), sorted(got), sorted(slices.DeleteFunc(slices.Clone(leads),
		func(l *lead.Lead) bool { return !passes(l, q) })))
}

// all pages through a list to its end.
func all(t *testing.T, s Store, q desk.Query) (leads []*lead.Lead) {
	t.Helper()
	for range 1000 {
		page, err := s.Leads(bg, site, q)
		ok(t, err)
		if len(page.Leads) > q.Limit {
			t.Fatalf("a page of %d leads, asked for %d", len(page.Leads), q.Limit)
		}
		leads = append(leads, page.Leads...)
		if page.Next == "" {
			return leads
		}
		q.Cursor = page.Next
	}
	t.Fatal("the list has no end")
	return nil
}

func sorted(leads []*lead.Lead) []string {
	ids := []string{}
	for _, l := range leads {
		ids = append(ids, l.ID)
	}
	slices.Sort(ids)
	return ids
}

func inOrder(t *testing.T, q desk.Query, leads []*lead.Lead) {
	t.Helper()
	if !slices.IsSortedFunc(leads, func(a, b *lead.Lead) int {
		newest := b.LastSeen.Compare(a.LastSeen)
		if q.Sort != "priority" {
			return newest
		}
		return cmp.Or(cmp.Compare(slices.Index(grades, a.Cell.Grade), slices.Index(grades, b.Cell.Grade)), newest)
	}) {
		t.Errorf("%+v: not in order", q)
	}
}

// passes is what the filters mean.
func passes(l *lead.Lead, q desk.Query) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	return l.Merged == nil && (q.Stage == "" && l.Stage != "anonymous" || q.Stage == l.Stage) &&
		(is(q.Grade, l.Cell.Grade) || q.Grade == l.Cell.Letter) &&
		is(q.Band, l.Cell.Band) && is(q.Owner, l.Owner) && is(q.Form, l.Form) && is(q.Verdict, string(l.Verdict)) &&
		(q.Nurturing == nil || *q.Nurturing == l.Nurturing) &&
		(starts(l, "email", q.Prefix) || starts(l, "name", q.Prefix) || starts(l, "company", q.Prefix))
}

func starts(l *lead.Lead, field, prefix string) bool {
	return strings.HasPrefix(strings.ToLower(l.Profile[field]), strings.ToLower(prefix))
}

// Leads that nobody touches come exactly once, those that move to the top or
// are new never twice.
func listWhileWriting(t *testing.T, s Store) {
	for _, sort := range []string{"last_seen", "priority"} {
		var leads []*lead.Lead
		for i := range 40 {
			l := newLead(fmt.Sprint(sort, i))
			l.LastSeen = noon.Add(-time.Duration(i) * time.Minute)
			leads = append(leads, l)
		}
		save(t, s, sort, leads...)
		seen := map[string]int{}
		q := desk.Query{Sort: sort, Limit: 6}
		for round := 0; ; round++ {
			page, err := s.Leads(bg, sort, q)
			ok(t, err)
			for _, l := range page.Leads {
				seen[l.ID]++
			}
			if page.Next == "" {
				break
			}
			q.Cursor = page.Next
			change(t, s, sort, page.Leads[0].ID, func(l *lead.Lead) {
				l.LastSeen, l.Cell.Grade, l.Cell.Level = noon.Add(time.Hour), "B1", 1
			})
			top := newLead(fmt.Sprint("new", round))
			top.LastSeen = noon.Add(time.Hour)
			save(t, s, sort, top)
		}
		for _, l := range leads {
			equal(t, sort+": times that "+l.ID+" was listed", seen[l.ID], 1)
		}
		equal(t, sort+": leads listed", len(seen), len(leads))
	}
}

func foreignCursors(t *testing.T, s Store) {
	save(t, s, site, crowd()...)
	page, err := s.Leads(bg, site, desk.Query{Limit: 5})
	ok(t, err)
	raw := base64.RawURLEncoding
	for _, c := range []string{"x", "%%%", "12", page.Next + "A", page.Next[1:], raw.EncodeToString([]byte("last_seen")),
		raw.EncodeToString(make([]byte, 40)), strings.Repeat("A", 5000)} {
		_, err := s.Leads(bg, site, desk.Query{Limit: 5, Cursor: c})
		is(t, fmt.Sprintf("cursor %.60q", c), err, desk.ErrCursor)
	}
	_, err = s.Leads(bg, site, desk.Query{Limit: 5, Sort: "priority", Cursor: page.Next})
	is(t, "the cursor of another sort", err, desk.ErrCursor)
}

func emptyList(t *testing.T, s Store) {
	page, err := s.Leads(bg, site, desk.Query{Limit: 5})
	ok(t, err)
	equal(t, "leads", len(page.Leads), 0)
	equal(t, "next", page.Next, "")
}

func due(t *testing.T, s Store) {
	for i, id := range []string{"l3", "l1", "l2", "l4"} {
		l := newLead(id)
		l.NextChange = noon.Add(time.Duration(i/2) * time.Hour)
		save(t, s, site, l)
	}
	save(t, s, site, newLead("never"))
	at := func(now time.Time, limit int) []string {
		ids, err := s.Due(bg, site, now, limit)
		ok(t, err)
		return append([]string{}, ids...)
	}
	equal(t, "before the first", at(noon.Add(-time.Millisecond), 10), []string{})
	equal(t, "at the first", at(noon, 10), []string{"l1", "l3"})
	equal(t, "one of all", at(noon.Add(time.Hour), 1), []string{"l1"})
	change(t, s, site, "l1", func(l *lead.Lead) { l.NextChange = noon.Add(2 * time.Hour) })
	change(t, s, site, "l3", func(l *lead.Lead) { l.NextChange = time.Time{} })
	equal(t, "after some changed", at(noon.Add(time.Hour), 10), []string{"l2", "l4"})
	ok(t, s.Postpone(bg, site, "l2", noon.Add(2*time.Hour)))
	ok(t, s.Postpone(bg, site, "none", noon))
	equal(t, "after one was put off", at(noon.Add(time.Hour), 10), []string{"l4"})
	l, err := s.Lead(bg, site, "l2")
	ok(t, err)
	equal(t, "the revision of what was put off", l.Rev, 1)
	for id, model := range map[string]string{"l1": "m1", "l2": "m2", "l3": "m3", "l4": "m1"} {
		change(t, s, site, id, func(l *lead.Lead) { l.Model = model })
	}
	outdated := func(model string, limit int) []string {
		ids, err := s.Outdated(bg, site, model, limit)
		ok(t, err)
		slices.Sort(ids)
		return ids
	}
	equal(t, "under other models", outdated("m2", 10), []string{"l1", "l3", "l4"})
	equal(t, "one of them", len(outdated("m2", 1)), 1)
	change(t, s, site, "l1", func(l *lead.Lead) { l.Model = "m2" })
	change(t, s, site, "l3", func(l *lead.Lead) { l.Verdict = lead.Suspect })
	equal(t, "after one was scored and one suspected", outdated("m2", 10), []string{"l4"})
	ok(t, s.Postpone(bg, site, "l4", noon))
	equal(t, "after the last was put off", len(outdated("m2", 10)), 0)
	ids, err := s.Due(bg, "site-b", noon.Add(time.Hour), 10)
	ok(t, err)
	equal(t, "of another site", len(ids), 0)
}
