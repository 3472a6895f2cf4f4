package sqlitestore

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// fill writes n leads, the first the newest and the best.
func fill(t testing.TB, s *Store, n int, make func(i int) *lead.Lead) {
	t.Helper()
	for at := 0; at < n; at += 1000 {
		err := s.Update(bg, "s", func(tx lead.Tx) error {
			for i := at; i < min(at+1000, n); i++ {
				if err := tx.SaveLead(make(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func small(i int) *lead.Lead {
	return &lead.Lead{ID: fmt.Sprintf("l%06d", i), Standing: lead.Standing{Stage: "lead"}, LastSeen: time.UnixMilli(int64(1e12 - i)), Cell: lead.Cell{Grade: "B2"}}
}

func TestPageLooksAtAWindowAndNoFurther(t *testing.T) {
	s := open(t, Options{})
	const n = 2*desk.Window + 100
	fill(t, s, n, func(i int) *lead.Lead {
		l := small(i)
		if i%desk.Window == 0 || i == n-1 {
			l.Owner = "p1"
		}
		return l
	})
	for _, sort := range []string{"last_seen", "priority"} {
		var got []string
		q := desk.Query{Sort: sort, Owner: "p1", Limit: 10}
		for first := true; first || q.Cursor != ""; first = false {
			page, err := s.Leads(bg, "s", q)
			if err != nil {
				t.Fatal(err)
			}
			ids := ""
			for _, l := range page.Leads {
				ids += l.ID + " "
			}
			got, q.Cursor = append(got, ids), page.Next
		}
		if want := "[l000000  l005000  l010000 l010099 ]"; fmt.Sprint(got) != want {
			t.Errorf("pages by %s: %s, want %s", sort, got, want)
		}
	}
}

// A search that few match finds them behind any number of newer leads; one
// that many match is a page of the window as any other list.
func TestSearchFindsTheOldest(t *testing.T) {
	s := open(t, Options{})
	const n = desk.Window + 500
	fill(t, s, n, func(i int) *lead.Lead {
		l := small(i)
		l.Profile = map[string]string{"company": "Acme"}
		if i == n-1 {
			l.Profile["name"] = "Old Friend"
		}
		return l
	})
	for _, sort := range []string{"last_seen", "priority"} {
		page, err := s.Leads(bg, "s", desk.Query{Sort: sort, Prefix: "old", Limit: 10})
		if err != nil || len(page.Leads) != 1 || page.Next != "" {
			t.Errorf("by %s: %d leads, next %q, %v", sort, len(page.Leads), page.Next, err)
		}
		seen, pages := 0, 0
		for q := (desk.Query{Sort: sort, Prefix: "ACME", Limit: 200}); pages == 0 || q.Cursor != ""; pages++ {
			page, err := s.Leads(bg, "s", q)
			if err != nil {
				t.Fatal(err)
			}
			seen, q.Cursor = seen+len(page.Leads), page.Next
		}
		if seen != n {
			t.Errorf("by %s: %d of %d leads", sort, seen, n)
		}
	}
}

// A plan that reads a whole table, or sorts what an index has in order, is
// quick in tests and slow in production.
func TestPlansUseTheirIndexes(t *testing.T) {
	s := open(t, Options{})
	for _, q := range []string{
		recent.last, recent.window, recent.searched, urgent.last, urgent.window, urgent.searched, countSearched,
		selectLead, selectLast, selectDue, selectOutdated, updateSame, updateNamed, selectCounting, selectSuspect,
	} {
		plan := explain(t, s, q)
		if strings.Contains(plan, "SCAN leads") || strings.Contains(plan, "SCAN feed") || strings.Contains(plan, "SCAN touches") ||
			strings.Contains(plan, "TEMP B-TREE") && q != recent.searched && q != urgent.searched {
			t.Errorf("%s\n%s", q, plan)
		}
	}
	for _, q := range []string{recent.window, urgent.window} {
		if plan, want := explain(t, s, q), "SEARCH w USING COVERING INDEX leads_searched (n=?)"; !strings.Contains(plan, want) {
			t.Errorf("the plan is\n%s, want %s: each row of a search would read a lead", plan, want)
		}
	}
	for q, want := range map[string]string{
		recent.searched: "SEARCH leads USING INTEGER PRIMARY KEY (rowid=?)\nLIST SUBQUERY",
		urgent.searched: "SEARCH leads USING INTEGER PRIMARY KEY (rowid=?)\nLIST SUBQUERY",
		recent.window:   "leads_recent (site=? AND (last_seen,id)>(?,?) AND (last_seen,id)<(?,?))",
		urgent.window:   "leads_priority (site=? AND (priority,last_seen,id)>(?,?,?) AND (priority,last_seen,id)<(?,?,?))",
	} {
		if plan := explain(t, s, q); !strings.Contains(plan, want) {
			t.Errorf("the plan is\n%s, want %s", plan, want)
		}
	}
}

func explain(t *testing.T, s *Store, q string) (plan string) {
	t.Helper()
	n := strings.Count(q, "?")
	for i := range 30 { // numbered parameters: as many as the highest
		if strings.Contains(q, fmt.Sprintf("?%d", i)) {
			n = i
		}
	}
	args := slices.Repeat([]any{1}, n)
	err := s.read.each(bg, func(r scanner) error {
		var id, parent, unused int
		var detail string
		err := r.Scan(&id, &parent, &unused, &detail)
		plan += detail + "\n"
		return err
	}, "EXPLAIN QUERY PLAN "+q, args...)
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return plan
}
