package mongostore

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/mongotest"
)

// What a server that dies leaves behind.
type crash struct {
	name string
	// before is what happened until then.
	before func(h *house, session string)
	// touch is what the server was taking in.
	touch func(h *house, session string) *intake.Submission
	// traceless touches have neither a mail address nor a browser.
	traceless bool
	// alerts are those of the feed in the end.
	alerts []string
}

var crashes = []crash{
	{
		name:   "somebody new",
		touch:  func(h *house, session string) *intake.Submission { return h.submit("t", "book", buyer, session) },
		alerts: []string{"prospect"},
	},
	{
		name:   "somebody new without a mail address",
		touch:  func(h *house, session string) *intake.Submission { return h.submit("t", "guide", nil, session) },
		alerts: []string{},
	},
	{
		name: "somebody who says a telephone number and nothing else",
		touch: func(h *house, _ string) *intake.Submission {
			return h.submit("t", "book", map[string]string{"name": "Ada", "phone": "+49 30 901820"}, "")
		},
		traceless: true,
		alerts:    []string{"hand_raise"},
	},
	{
		name: "a browser that turns out to be somebody known",
		before: func(h *house, session string) {
			h.accept(h.second, h.submit("known", "guide", map[string]string{"email": "ada@works.test"}, ""))
			h.now = h.now.Add(time.Minute)
			h.accept(h.second, h.submit("look", "guide", nil, session))
			h.now = h.now.Add(time.Minute)
		},
		touch:  func(h *house, session string) *intake.Submission { return h.submit("t", "book", buyer, session) },
		alerts: []string{"prospect"},
	},
}

// A server dies before its first write, and after each before it hears of it.
// Another one applies what is stored, the browser sends the touch again, earlier
// or later, and in the end everything is as if nothing had happened.
func TestADeadServersTouchIsAppliedOnce(t *testing.T) {
	for _, c := range crashes {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			h.dies(&c, "before", mongotest.CutBefore, 0)
			for writes := 0; h.dies(&c, fmt.Sprint("after", writes), mongotest.CutUnheard, writes); writes++ {
				if writes > 50 {
					t.Fatal("there is no end of writes")
				}
			}
		})
	}
}

// dies has the first server die after some writes, and reports whether it did:
// it may have fewer.
func (h *house) dies(c *crash, site string, fate mongotest.Fate, writes int) (died bool) {
	h.t.Helper()
	h.begin(site)
	session, _ := h.first.Open(site, "browser")
	h.now = h.now.Add(30 * time.Second)
	if c.before != nil {
		c.before(h, session)
	}
	sub := c.touch(h, session)
	again, left := writes%2 == 0, writes
	h.proxy.Judge(func(string) mongotest.Fate {
		switch left--; {
		case left >= 0:
			return mongotest.Pass
		case left == -1:
			return fate
		}
		return mongotest.CutBefore
	})
	err := h.first.Accept(bg, h.site, sub)
	h.proxy.Judge(nil)

	if again {
		h.accept(h.second, sub)
	}
	h.now = h.now.Add(10 * time.Second)
	if _, err := h.second.Recover(bg, h.site); err != nil {
		h.t.Fatalf("%s: recover: %v", site, err)
	}
	h.accept(h.second, sub)
	h.now = h.now.Add(time.Second)
	if !c.traceless {
		h.accept(h.second, h.submit("next", "guide", nil, session)) // of the same browser, who says no address
	}
	h.whole(c, site)
	return err != nil
}

// whole checks that one contact has all touches, once, and that reps heard of it
// as often as they should.
func (h *house) whole(c *crash, site string) {
	h.t.Helper()
	list := h.contacts()
	if len(list) != 1 {
		for _, l := range list {
			h.t.Logf("%s %q %v of %v, visitors %v", l.ID, l.Field("email"), l.Stage, len(l.Touches), l.Visitors)
		}
		h.t.Errorf("%s: %d contacts, want 1", site, len(list))
		return
	}
	want := []string{"t", "next"}
	if c.traceless {
		want = want[:1]
	}
	if c.before != nil {
		want = []string{"known", "look", "t", "next"}
	}
	var got []string
	for _, touch := range list[0].Touches {
		got = append(got, touch.ID)
	}
	if !slices.Equal(got, want) {
		h.t.Errorf("%s: touches %v, want %v", site, got, want)
	}
	left, err := h.store.Unapplied(bg, site, h.now.Add(time.Hour), 10)
	if err != nil || len(left) > 0 {
		h.t.Errorf("%s: %d touches wait, %v", site, len(left), err)
	}
	if alerts := h.alerts(); !slices.Equal(alerts, c.alerts) {
		h.t.Errorf("%s: alerts %v, want %v at stage %s", site, alerts, c.alerts, list[0].Stage)
	}
}
