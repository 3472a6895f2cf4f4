package mongostore

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/server/internal/mongotest"

	"go.mongodb.org/mongo-driver/v2/bson"
)

// fill writes n leads, the first the newest and the best.
func fill(t *testing.T, s *Store, site string, n int, change func(i int, l *lead.Lead)) {
	t.Helper()
	var docs []*leadDoc
	for i := range n {
		l := &lead.Lead{ID: fmt.Sprintf("l%06d", i), Standing: lead.Standing{Stage: "lead"},
			LastSeen: time.UnixMilli(int64(1e12 - i)), Cell: lead.Cell{Grade: "B2"}}
		change(i, l)
		d, err := newLeadDoc(site, l)
		if err != nil {
			t.Fatal(err)
		}
		if docs = append(docs, d); len(docs) == 100 || i == n-1 {
			if _, err := s.leads.InsertMany(bg, docs); err != nil {
				t.Fatal(err)
			}
			docs = docs[:0]
		}
	}
}

// A page looks at a window of the list and no further; a search that few match
// finds them behind any number of newer leads.
func TestPagesLookAtAWindow(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("lists"))
	s.look = 20
	n := s.look + 15
	fill(t, s, "demo", n, func(i int, l *lead.Lead) {
		l.Profile = map[string]string{"company": "Acme"}
		if i == 0 || i == s.look-1 || i == s.look || i == n-1 {
			l.Owner = "p1"
		}
		if i == n-1 {
			l.Profile["name"] = "Old Friend"
		}
	})
	for _, sort := range []string{desk.SortRecent, desk.SortPriority} {
		for _, c := range []struct {
			q    desk.Query
			want string
		}{
			{desk.Query{Owner: "p1", Limit: 10}, "[l000000 l000019 | l000020 l000034]"},
			{desk.Query{Owner: "p1", Limit: 1}, "[l000000 | l000019 | l000020 | l000034]"},
			{desk.Query{Owner: "p1", Prefix: "ACME", Limit: 10}, "[l000000 l000019 | l000020 l000034]"}, // that many match
			{desk.Query{Prefix: "old", Limit: 10}, "[l000034]"},
			{desk.Query{Owner: "nobody", Limit: 10}, "[|]"},
		} {
			c.q.Sort = sort
			if got := pages(t, s, c.q); got != c.want {
				t.Errorf("%+v: %s, want %s", c.q, got, c.want)
			}
		}
	}
}

// A look at a window of the list asked for _id too, which no index of the list
// has: the database read every lead that it passed over.
func TestALookAtKeysAsksForNothingElse(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("looks"))
	fill(t, s, "demo", 2, func(int, *lead.Lead) {})
	for _, by := range []string{"recent", "urgent"} {
		found, err := find[bson.M](bg, s.listed, query{filter: of("demo"), sort: down(by), skip: 1, limit: 1, fields: []string{by}})
		if err != nil || len(found) != 1 || len(found[0]) != 1 || found[0][by] == nil {
			t.Errorf("by %s: %v, %v", by, found, err)
		}
	}
}

// pages gives all pages of a list, with a bar between two.
func pages(t *testing.T, s *Store, q desk.Query) string {
	t.Helper()
	var words []string
	for range 10 {
		page, err := s.Leads(bg, "demo", q)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range page.Leads {
			words = append(words, l.ID)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return fmt.Sprint(words)
		}
		words = append(words, "|")
	}
	t.Fatal("the list has no end")
	return ""
}

// Keys are texts that sort as what they stand for, and lead back to it.
func TestKeysSortAsPlacesDo(t *testing.T) {
	var before *desk.Place
	for _, priority := range []int64{0, 3, lead.MaxPriority} {
		for _, seen := range []int64{time.Time{}.UnixMilli(), -5, 0, 7, 1e12, 1e13} {
			for _, id := range []string{"", "a", "a/b", "é"} {
				p := desk.Place{Priority: priority, Seen: seen, ID: id}
				if before != nil && urgentKey(*before) >= urgentKey(p) {
					t.Errorf("%+v does not come before %+v", *before, p)
				}
				before = &p
				for _, sort := range []string{desk.SortRecent, desk.SortPriority} {
					by := sortingOf(sort)
					cursor, err := by.cursor(by.key(p), sort)
					if err != nil {
						t.Fatal(err)
					}
					again, err := (&desk.Query{Sort: sort, Cursor: cursor}).After()
					if err != nil || by.key(again) != by.key(p) {
						t.Errorf("%+v became %+v, %v", p, again, err)
					}
				}
			}
		}
	}
}
