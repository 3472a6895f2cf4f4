package storetest

import (
	"strings"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/lead"
	"assay/shared/lifecycle"
)

var values = []check{
	{name: "a lead keeps all that it holds", run: leadWhole},
	{name: "documents of a megabyte are kept", run: large},
	{name: "texts of any kind are kept", run: odd},
	{name: "instants are the same whatever their zone", run: zones},
	{name: "leads by id are those that exist", run: byID},
}

func leadWhole(t *testing.T, s Store) {
	l := newLead("l1")
	l.Hold = &lead.Hold{Reasons: []string{"suspect"}, Since: noon, Due: noon.Add(48 * time.Hour)}
	l.Nurturing, l.Owner, l.Sample, l.Forms, l.Page, l.Source = true, "p1", true, 1<<7|2, "/demo", "ads"
	l.Answers, l.Visitors = map[string]string{"how_heard": "a friend"}, []string{"v1", "v2"}
	l.Visits = []lead.Visit{{Session: "s1", Start: noon.Unix(), Log: []byte{1, 2, 0, 255}}}
	l.Cell = lead.Cell{Grade: "A1", Letter: "A", Level: 1, Band: "hot", Fit: 90, Known: 100, Engagement: 88, Intent: 3}
	l.Model, l.AlertedAt = "m1", noon.Add(time.Nanosecond)
	l.Touches = []lead.TouchRef{{ID: "t1", At: noon, Form: "demo", FormKind: "demo", Verdict: lead.Corrected,
		Findings: []lead.Finding{{Code: "other_model", Text: "another model"}}, Claim: &lead.Claim{Engagement: 99}, Score: &lead.Claim{Engagement: 88}}}
	l.Transitions = []lead.Transition{{From: "anonymous", To: "lead", Cause: "rule", At: noon, Model: "m1", Reason: "converted"}}
	l.Members, l.Own = []string{"l2", "l3"}, &lead.Standing{Stage: "subscriber", State: lifecycle.State{Stage: lifecycle.Subscriber, Since: noon.Unix()}}
	l.Actions = []lead.Action{{ID: "a1", Do: lead.ActionClaim, By: "p1", At: noon, Args: map[string]string{"x": "y"}, Of: "l2"}}
	l.Stamps = lead.Stamps{Newest: lead.Stamp{At: noon.Add(time.Nanosecond), Touch: "t1"}, Profile: map[string]lead.Stamp{"email": {At: noon, Touch: "t1"}}}
	save(t, s, site, l)
	got, err := s.Lead(bg, site, "l1")
	ok(t, err)
	same(t, "lead", got, l)
	page, err := s.Leads(bg, site, desk.Query{Limit: 1})
	ok(t, err)
	same(t, "list", page.Leads, []*lead.Lead{l})
}

func large(t *testing.T, s Store) {
	text := strings.Repeat("0123456789abcdef", 1<<16)
	l, touch := newLead("l1"), newTouch("t1")
	l.Profile["message"], touch.Profile["message"] = text, text
	touch.Visits[0].Log = []byte(text[:4096])
	insert(t, s, site, touch)
	save(t, s, site, l)
	change(t, s, site, "l1", func(l *lead.Lead) { l.Profile["need"] = text[1:] })
	got, err := s.Lead(bg, site, "l1")
	ok(t, err)
	if got.Profile["message"] != text || got.Profile["need"] != text[1:] {
		t.Error("the lead is not what was written")
	}
	list, err := s.Unapplied(bg, site, noon.Add(time.Hour), 1)
	ok(t, err)
	same(t, "touch", list, []*lead.Touch{touch})
	change(t, s, site, "l1", func(l *lead.Lead) { delete(l.Profile, "message"); delete(l.Profile, "need") })
	got, err = s.Lead(bg, site, "l1")
	ok(t, err)
	equal(t, "fields left", len(got.Profile), 1)
}

func odd(t *testing.T, s Store) {
	l := newLead("l1'\"%_")
	l.Profile = map[string]string{
		"email": "a\x00b@one.test", "name": "Zoë 🜂 \u202e", "company": `'; DROP TABLE leads; --`, "role": "", "message": "a\nb\t\\ <b> &amp;",
	}
	l.Answers = map[string]string{"$where": "1", "a.b": "2", "": "3"}
	save(t, s, site, l)
	got, err := s.Lead(bg, site, l.ID)
	ok(t, err)
	same(t, "lead", got, l)
	got.Owner = "p1"
	save(t, s, site, got)
	byID, err := s.LeadsByID(bg, site, []string{l.ID})
	ok(t, err)
	same(t, "what an alert shows", byID[l.ID].Profile, got.Profile)
	equal(t, "owner and stage", byID[l.ID].Owner+" "+byID[l.ID].Stage, "p1 lead")
}

func zones(t *testing.T, s Store) {
	east, west := time.FixedZone("east", 9*3600), time.FixedZone("west", -8*3600)
	first, second, third := newLead("l1"), newLead("l2"), newLead("l3")
	first.LastSeen = noon.In(east) // reads as the latest, is the earliest
	second.LastSeen = noon.Add(time.Minute)
	third.LastSeen = noon.Add(2 * time.Minute).In(west)
	save(t, s, site, first, second, third)
	page, err := s.Leads(bg, site, desk.Query{Limit: 10})
	ok(t, err)
	for i, want := range []*lead.Lead{third, second, first} {
		got := page.Leads[i]
		if got.ID != want.ID || !got.LastSeen.Equal(want.LastSeen) {
			t.Errorf("place %d: %s of %v, want %s of %v", i, got.ID, got.LastSeen, want.ID, want.LastSeen)
		}
	}
	touch := newTouch("t1")
	touch.Received = noon.In(east)
	insert(t, s, site, touch)
	for at, want := range map[time.Time]int{noon.In(west): 0, noon.Add(time.Second).In(west): 1} {
		list, err := s.Unapplied(bg, site, at, 10)
		ok(t, err)
		equal(t, "touches before "+at.String(), len(list), want)
	}
}

func byID(t *testing.T, s Store) {
	save(t, s, site, newLead("l1"), newLead("l2"))
	for _, ids := range [][]string{nil, {}, {"none"}} {
		found, err := s.LeadsByID(bg, site, ids)
		ok(t, err)
		equal(t, "found", len(found), 0)
	}
	found, err := s.LeadsByID(bg, site, []string{"l1", "none", "l2", "l1"})
	ok(t, err)
	equal(t, "found", len(found), 2)
	equal(t, "by its id", found["l2"].ID, "l2")
}
