package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

var leaves = []check{
	{name: "a left form is kept once, as it came first", run: leftOnce},
	{name: "of servers that take the same left form one keeps it", run: leftAtTwoServers},
	{name: "left forms are read in the order in which they came", run: leftInOrder},
	{name: "a site keeps no more left forms of a day than it may", run: leftInBounds},
	{name: "left forms go when their time is over, and no others", run: leftTooLongAgo},
	{name: "left forms go with who left them, and no others", run: leftByWhoIsErased},
}

// leave is a form that somebody left so long after noon.
func leave(id, by string, after time.Duration) *lead.Leave {
	return &lead.Leave{ID: id, By: by, At: noon, Received: noon.Add(after), Form: "demo", FormKind: "demo", Page: "https://a.test/b",
		Left: lead.Left{Field: "company", Answered: 3, Corrected: 2, Invalid: 1, Hesitated: 1, Seconds: 40}}
}

// leaveIn stores a left form that has to be new.
func leaveIn(t *testing.T, s Store, site string, l *lead.Leave) {
	t.Helper()
	inserted, err := s.SaveLeave(bg, site, l, 100)
	ok(t, err)
	equal(t, l.ID+" is new", inserted, true)
}

// leftIn gives the ids of a site's left forms.
func leftIn(t *testing.T, s Store, site string) (ids []string) {
	t.Helper()
	list, err := s.Leaves(bg, site, intake.LeavePlace{}, 100)
	ok(t, err)
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

func leftOnce(t *testing.T, s Store) {
	first := leave("a", "h-1", 0)
	leaveIn(t, s, site, first)
	again := leave("a", "h-2", time.Hour)
	again.Left.Answered = 9
	inserted, err := s.SaveLeave(bg, site, again, 100)
	ok(t, err)
	equal(t, "inserted again", inserted, false)
	leaveIn(t, s, "site-b", leave("a", "h-1", 0))
	list, err := s.Leaves(bg, site, intake.LeavePlace{}, 10)
	ok(t, err)
	same(t, "left", list, []*lead.Leave{first})
	equal(t, "by", list[0].By, "h-1")
	none, err := s.Leaves(bg, "none", intake.LeavePlace{}, 10)
	ok(t, err)
	equal(t, "left in another site", len(none), 0)
}

func leftAtTwoServers(t *testing.T, s Store) {
	var all sync.WaitGroup
	kept := make(chan bool, 8)
	for range cap(kept) {
		all.Go(func() {
			inserted, err := s.SaveLeave(bg, site, leave("a", "h-1", 0), 100)
			if err != nil {
				t.Error(err)
			}
			kept <- inserted
		})
	}
	all.Wait()
	close(kept)
	n := 0
	for inserted := range kept {
		if inserted {
			n++
		}
	}
	equal(t, "kept", n, 1)
	equal(t, "left", leftIn(t, s, site), []string{"a"})
}

func leftInOrder(t *testing.T, s Store) {
	for _, l := range []*lead.Leave{leave("c", "h-1", time.Second), leave("b", "h-2", 0), leave("a", "h-1", time.Second), leave("d", "h-3", time.Minute)} {
		leaveIn(t, s, site, l)
	}
	var got []string
	var at intake.LeavePlace
	for {
		page, err := s.Leaves(bg, site, at, 1)
		ok(t, err)
		if len(page) == 0 {
			break
		}
		got, at = append(got, page[0].ID), intake.PlaceOfLeave(page[0])
	}
	equal(t, "one by one", got, []string{"b", "a", "c", "d"})
	list, err := s.LeavesBy(bg, site, []string{"h-1", "h-3", "none"})
	ok(t, err)
	equal(t, "by some", len(list), 3)
	equal(t, "the first of them", list[0].ID, "a")
	list, err = s.LeavesBy(bg, site, nil)
	ok(t, err)
	equal(t, "by nobody", len(list), 0)
}

func leftInBounds(t *testing.T, s Store) {
	save := func(site string, l *lead.Leave) error {
		_, err := s.SaveLeave(bg, site, l, 3)
		return err
	}
	for i := range 3 {
		ok(t, save(site, leave(fmt.Sprint("l", i), "h-1", time.Duration(i)*time.Minute)))
	}
	is(t, "one more of that day", save(site, leave("more", "h-1", time.Hour)), intake.ErrFull)
	ok(t, save(site, leave("l0", "h-1", time.Hour))) // known
	ok(t, save("site-b", leave("more", "h-1", time.Hour)))
	ok(t, save(site, leave("next", "h-1", 12*time.Hour))) // midnight
	equal(t, "left", leftIn(t, s, site), []string{"l0", "l1", "l2", "next"})
}

func leftTooLongAgo(t *testing.T, s Store) {
	for i := range 5 {
		leaveIn(t, s, site, leave(fmt.Sprint("l", i), "h-1", time.Duration(i)*time.Minute))
	}
	leaveIn(t, s, "site-b", leave("l0", "h-1", 0))
	before := noon.Add(3 * time.Minute)
	for _, want := range []int{2, 1, 0} {
		n, err := s.DropLeaves(bg, site, before, 2)
		ok(t, err)
		equal(t, "dropped", n, want)
	}
	equal(t, "left", leftIn(t, s, site), []string{"l3", "l4"})
	equal(t, "left in the other site", leftIn(t, s, "site-b"), []string{"l0"})
}

func leftByWhoIsErased(t *testing.T, s Store) {
	person(t, s, site, "l1")
	for id, by := range map[string]string{"a": "h-l1", "b": "h-l2", "c": "h-l1"} {
		leaveIn(t, s, site, leave(id, by, 0))
	}
	leaveIn(t, s, "site-b", leave("a", "h-l1", 0))
	ok(t, s.Erase(bg, site, read(t, s, "l1"), []string{"h-l1"}, nil))
	equal(t, "left", leftIn(t, s, site), []string{"b"})
	equal(t, "left in the other site", leftIn(t, s, "site-b"), []string{"a"})
}
