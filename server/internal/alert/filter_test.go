package alert_test

import (
	"slices"
	"testing"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

// event writes a lead and what it tells, and kicks.
func (w *world) event(name string, change func(l *lead.Lead, e *lead.Event)) {
	w.t.Helper()
	err := w.store.Update(w.t.Context(), site, func(tx lead.Tx) error {
		l, err := tx.Lead("lead-" + name)
		if err != nil {
			l = lead.New(site, "lead-"+name, time.Now())
		}
		e := lead.Event{ID: "e-" + name, Type: lead.TypeAlert, Lead: l.ID, At: time.Now(),
			Alert: &lead.Alert{Kind: lead.KindHeated, Form: "book-a-demo", Grade: "A1", Band: "hot"}}
		l.Profile["country"] = "Germany"
		change(l, &e)
		l.Outbox = []lead.Event{e}
		return tx.SaveLead(l)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.Kick(site)
}

// fence is an entry that reaches everybody who listens: what came before it and
// did not arrive never will.
func (w *world) fence(name string, subs ...*subscriber) (cursors [][]int64) {
	w.t.Helper()
	w.event(name, func(_ *lead.Lead, e *lead.Event) { e.Roles = []string{"admin", "marketer", "rep", "read"} })
	for _, sub := range subs {
		var got []int64
		for fenced := false; !fenced; {
			for _, f := range take(w.t, sub, 1) {
				if fenced = slices.Contains(w.fenceAt(), f.Cursor); !fenced {
					got = append(got, f.Cursor)
				}
			}
		}
		cursors = append(cursors, got)
	}
	return cursors
}

// fenceAt gives the cursors of fences.
func (w *world) fenceAt() (cursors []int64) {
	w.t.Helper()
	entries, err := w.store.Feed(w.t.Context(), site, 0, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range entries {
		if len(e.Roles) == 4 {
			cursors = append(cursors, e.Cursor)
		}
	}
	return cursors
}

func TestAFilterLetsPassWhatThePersonWants(t *testing.T) {
	w := open(t)
	all := w.listen(w.person("all", auth.Rep, auth.Filter{}))
	now := time.Now()
	closed := &auth.Hours{Zone: "UTC", Days: []string{"mon"}, From: "09:00", To: "10:00"}
	if now.UTC().Weekday() == time.Monday {
		closed.Days = []string{"wed"}
	}
	filters := map[string]auth.Filter{
		"letter": {Grades: []string{"A"}}, "cell": {Grades: []string{"B2"}}, "country": {Countries: []string{"GERMANY", "France"}},
		"form": {Forms: []string{"contact"}}, "kind": {Kinds: []string{"stalled"}}, "mine": {Mine: true}, "hours": {Hours: closed},
	}
	subs := map[string]*subscriber{}
	for name, f := range filters {
		subs[name] = w.listen(w.person(name, auth.Rep, f))
	}
	w.event("a1", func(*lead.Lead, *lead.Event) {})
	w.event("b2", func(l *lead.Lead, e *lead.Event) { e.Alert.Grade, l.Profile["country"] = "B2", "Peru" })
	w.event("mine", func(l *lead.Lead, e *lead.Event) { l.Owner, e.Alert.Form = "mine", "contact" })
	w.event("taken", func(l *lead.Lead, e *lead.Event) { l.Owner, e.Alert.Kind = "all", lead.KindStalled })
	want := map[string][]int64{"letter": {1, 3, 4}, "cell": {2}, "country": {1, 3, 4}, "form": {3}, "kind": {4}, "mine": {1, 2, 3}, "hours": nil}
	if got := w.fence("end", all)[0]; !slices.Equal(got, []int64{1, 2, 3, 4}) {
		t.Fatalf("without a filter: %v", got)
	}
	for name, sub := range subs {
		if got := w.fence("end-"+name, sub)[0]; !slices.Equal(got, want[name]) {
			t.Errorf("%s: got %v, want %v", name, got, want[name])
		}
		zero := int64(0)
		again := w.subscribeAs(&auth.Person{ID: name, Site: site, Role: auth.Rep}, &zero)
		if got := w.fence("again-"+name, again)[0]; !slices.Equal(got, want[name]) {
			t.Errorf("%s, read again: got %v, want %v", name, got, want[name])
		}
	}
}

func TestWhatAFilterHidesMovesTheCursor(t *testing.T) {
	w := open(t)
	sub := w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"stalled"}}))
	all := w.listen(w.person("all", auth.Rep, auth.Filter{}))
	for i, name := range numbered("l", 7) {
		w.event(name, func(*lead.Lead, *lead.Event) {})
		consecutive(t, take(t, all, 1), int64(i))
	}
	w.fence("end", sub)
	if got := sub.Reached(); got != 8 {
		t.Errorf("reached %d, want 8", got)
	}
	if n := w.Stats.Filtered.Load(); n != 7 {
		t.Errorf("%d were counted as hidden, want 7", n)
	}
}

// Domain rule 16: an explicit ask always reaches somebody.
func TestAnAskThatEverybodysFilterHidesGoesToAll(t *testing.T) {
	w := open(t)
	ask := func(name string) {
		w.event(name, func(_ *lead.Lead, e *lead.Event) { e.Alert.Kind, e.Alert.Quiet = lead.KindHandRaise, true })
	}
	w.person("p1", auth.Rep, auth.Filter{Forms: []string{"contact"}})
	deaf := w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"stalled"}}))
	reader := w.listen(w.person("reader", auth.Read, auth.Filter{}))
	ask("one")
	got := w.fence("first", deaf, reader)
	if !slices.Equal(got[0], []int64{1}) || !slices.Equal(got[1], []int64{1}) {
		t.Errorf("everybody hides it: got %v", got)
	}

	w = open(t) // somebody else would hear it, connected or not
	w.person("p1", auth.Rep, auth.Filter{Grades: []string{"A"}})
	deaf = w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"stalled"}}))
	ask("one")
	if got := w.fence("first", deaf); len(got[0]) != 0 {
		t.Errorf("one who is not connected hears it: got %v", got)
	}
}

// An ask for the owner of a company's leads was heard by nobody where that was a
// program, or somebody who had left or only read by then.
func TestAnAskForSomebodyWhoCannotHearItGoesToAll(t *testing.T) {
	w := open(t)
	w.person("reads", auth.Read, auth.Filter{})
	rep := w.listen(w.person("rep", auth.Rep, auth.Filter{}))
	deaf := w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"stalled"}}))
	for name, to := range map[string]string{"program": "token:crm", "left": "somebody-who-left", "reader": "reads", "person": "p1"} {
		w.event(name, func(_ *lead.Lead, e *lead.Event) { e.Alert.Kind, e.For = lead.KindHandRaise, []string{to} })
	}
	heard := map[string]bool{}
	for _, at := range w.fence("end", rep)[0] {
		entries, err := w.store.Feed(t.Context(), site, at-1, 1)
		if err != nil {
			t.Fatal(err)
		}
		heard[entries[0].For[0]] = true
	}
	if !heard["token:crm"] || !heard["somebody-who-left"] || !heard["reads"] || heard["p1"] {
		t.Errorf("heard what was for %v", heard)
	}
	if got := w.fence("end-2", deaf)[0]; len(got) != 3 {
		t.Errorf("one whose filter hides asks heard %v", got)
	}
}

func TestWhatIsAddressedPassesFiltersAndReachesNobodyElse(t *testing.T) {
	w := open(t)
	deaf := w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"stalled"}}))
	admin := w.listen(w.person("admin", auth.Admin, auth.Filter{Mine: true}))
	other := w.listen(w.person("other", auth.Rep, auth.Filter{}))
	w.event("to-person", func(_ *lead.Lead, e *lead.Event) { e.For = []string{"deaf"} })
	w.event("to-role", func(_ *lead.Lead, e *lead.Event) { e.Roles = []string{"admin"} })
	w.event("but", func(_ *lead.Lead, e *lead.Event) { e.Except = []string{"other"} })
	got := w.fence("end", deaf, admin, other)
	if !slices.Equal(got[0], []int64{1}) || !slices.Equal(got[1], []int64{2, 3}) || len(got[2]) != 0 {
		t.Errorf("got %v", got)
	}
}

// An ask that everybody's filter hides goes to all, and what a filter let pass may
// not match it any more: some screens showed as free what was taken.
func TestChangesOfALeadReachEverybody(t *testing.T) {
	w := open(t)
	w.person("p1", auth.Rep, auth.Filter{Countries: []string{"Italy"}})
	spain := w.listen(w.person("spain", auth.Rep, auth.Filter{Countries: []string{"Spain"}}))
	deaf := w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"stalled"}, Mine: true, Grades: []string{"A"}}))
	w.event("asks", func(_ *lead.Lead, e *lead.Event) { e.Alert.Kind = lead.KindHandRaise })
	w.event("taken", func(l *lead.Lead, e *lead.Event) {
		l.Owner, e.Type, e.Alert = "other", lead.TypeLead, nil
		e.Change = &lead.Change{What: lead.ChangeClaimed, Owner: "other", Grade: "D4"}
	})
	for i, got := range w.fence("end", spain, deaf) {
		if !slices.Equal(got, []int64{1, 2}) {
			t.Errorf("%d: got %v", i, got)
		}
	}
}

func TestAFilterThatIsSavedCountsForStreamsThatAreOpen(t *testing.T) {
	w := prepare(t)
	people := auth.New(w.store, false, time.Now)
	w.Service = alert.New(w.store, people, w.log())
	w.run()
	sub := w.listen(w.person("rep", auth.Rep, auth.Filter{}))
	w.event("a", func(*lead.Lead, *lead.Event) {})
	consecutive(t, take(t, sub, 1), 0)
	if err := people.SaveFilter(t.Context(), site, "rep", auth.Filter{Kinds: []string{"stalled"}}); err != nil {
		t.Fatal(err)
	}
	w.event("b", func(*lead.Lead, *lead.Event) {})
	if got := w.fence("end", sub); len(got[0]) != 0 {
		t.Errorf("got %v", got)
	}
}
