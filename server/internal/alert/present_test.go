package alert_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

func (w *world) beat(session string, change ...func(*lead.Presence)) {
	w.t.Helper()
	p := lead.Presence{Session: session, Seen: time.Now().UTC(), Since: time.Now().Add(-time.Minute), Form: "book-a-demo", FormKind: "demo",
		Grade: "?1", Band: "warm", Verdict: lead.Verified}
	for _, f := range change {
		f(&p)
	}
	if err := w.store.SavePresence(w.t.Context(), site, p); err != nil {
		w.t.Fatal(err)
	}
}

func presenceOf(t *testing.T, f *alert.Frame) (p alert.Presence) {
	t.Helper()
	var m struct {
		Type   string
		Cursor int64
		Data   *alert.Presence
	}
	m.Data = &p
	if err := json.Unmarshal(f.JSON, &m); err != nil || m.Type != "presence" || m.Cursor != f.Cursor {
		t.Fatalf("got %s, %v", f.JSON, err)
	}
	return p
}

func TestWhoIsOnAFormIsToldAndThatTheyAreGone(t *testing.T) {
	w := open(t)
	w.alerts("ann")
	sub := w.subscribe(new(int64))
	take(t, sub, 1)
	if frames, err := sub.Next(t.Context()); len(frames) > 0 || err != nil { // joins
		t.Fatalf("%d frames, %v", len(frames), err)
	}
	w.beat("s1")
	first := take(t, sub, 1)[0]
	if p := presenceOf(t, first); !p.Here || p.Visit != "s1" || p.Form != "book-a-demo" || p.Grade != "?1" || p.Who != nil || first.Cursor != 1 {
		t.Errorf("got %s", first.JSON)
	}
	w.beat("s1") // nothing new
	w.beat("s1", func(p *lead.Presence) { p.Lead, p.Band, p.Grade = "ann", "hot", "A1" })
	if p := presenceOf(t, take(t, sub, 1)[0]); p.Band != "hot" || p.Lead != "ann" || p.Who == nil || p.Who.Name != "Lead ann" || p.OwnerName != "Person p1" {
		t.Errorf("got %+v", p)
	}

	late := w.subscribe(new(int64)) // who comes later is told first of the feed, then of who is there
	frames := take(t, late, 2)
	if frames[0].Cursor != 1 || presenceOf(t, frames[1]).Visit != "s1" {
		t.Errorf("got %s and %s", frames[0].JSON, frames[1].JSON)
	}
}

func TestAVisitorWhoDoesNotBeatIsGone(t *testing.T) {
	w := open(t)
	w.beat("s1", func(p *lead.Presence) { p.Seen = p.Seen.Add(1500*time.Millisecond - lead.PresenceLife) })
	sub := w.listen(w.person("rep", auth.Rep, auth.Filter{}))
	if p := presenceOf(t, take(t, sub, 1)[0]); !p.Here || p.Visit != "s1" {
		t.Fatalf("got %+v", p)
	}
	if p := presenceOf(t, take(t, sub, 1)[0]); p.Here || p.Visit != "s1" {
		t.Errorf("got %+v", p)
	}
	if got := w.fence("end", sub); len(got[0]) != 0 {
		t.Errorf("got %v more", got)
	}
}

func TestAFilterHidesPresenceToo(t *testing.T) {
	w := open(t)
	all := w.listen(w.person("all", auth.Rep, auth.Filter{}))
	graded := w.listen(w.person("graded", auth.Rep, auth.Filter{Grades: []string{"A"}}))
	deaf := w.listen(w.person("deaf", auth.Rep, auth.Filter{Kinds: []string{"prospect"}}))
	w.beat("s1")
	take(t, all, 1)
	w.beat("s2", func(p *lead.Presence) { p.Grade = "A2" })
	take(t, all, 1)
	if p := presenceOf(t, take(t, graded, 1)[0]); p.Visit != "s2" {
		t.Errorf("got %+v", p)
	}
	if got := w.fence("end", deaf); len(got[0]) != 0 {
		t.Errorf("got %v", got)
	}
}

// What says that somebody is gone named no country and no owner: whoever sees one
// territory alone kept them on screen for ever.
func TestWhoSawSomebodyComeHearsThatTheyWent(t *testing.T) {
	w := open(t)
	w.event("x", func(*lead.Lead, *lead.Event) {})
	german, french := w.person("german", auth.Rep, auth.Filter{Countries: []string{"Germany"}}), w.person("french", auth.Rep, auth.Filter{Countries: []string{"France"}})
	w.beat("s1", func(p *lead.Presence) { p.Lead, p.Seen = "lead-x", p.Seen.Add(2*time.Second-lead.PresenceLife) })
	saw := w.listen(german)
	missed := w.subscribeAs(french, nil)
	if _, err := missed.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := presenceOf(t, take(t, saw, 1)[0]); !p.Here {
		t.Fatalf("got %+v", p)
	}
	f := take(t, saw, 1)[0]
	if p := presenceOf(t, f); p.Here || p.Visit != "s1" || strings.Contains(string(f.JSON), "who") {
		t.Errorf("got %s", f.JSON)
	}
	if got := w.fence("end", missed)[0]; len(got) != 0 {
		t.Error("who never saw them heard that they went")
	}
}

// Somebody whose grade became another stayed on the screen of whoever sees the
// first one alone.
func TestWhatAFilterComesToHideIsGone(t *testing.T) {
	w := open(t)
	graded := w.listen(w.person("graded", auth.Rep, auth.Filter{Grades: []string{"A"}}))
	all := w.listen(w.person("all", auth.Rep, auth.Filter{}))
	for _, grade := range []string{"A1", "B1", "C1", "A2"} {
		w.beat("s1", func(p *lead.Presence) { p.Grade = grade })
		if p := presenceOf(t, take(t, all, 1)[0]); !p.Here || p.Grade != grade {
			t.Fatalf("got %+v", p)
		}
	}
	var got []string
	for _, f := range take(t, graded, 3) {
		if p := presenceOf(t, f); p.Here {
			got = append(got, p.Grade)
		} else {
			got = append(got, "gone")
		}
	}
	if !slices.Equal(got, []string{"A1", "gone", "A2"}) {
		t.Errorf("got %v", got)
	}
}

// Newcomers were told of somebody under the cursor of the time when they came:
// who resumed after it was sent again what they had.
func TestNewcomersAreToldWhoIsThereUnderTheirOwnCursor(t *testing.T) {
	w := open(t)
	sub := w.listen(w.person("rep", auth.Rep, auth.Filter{}))
	w.beat("s1")
	if f := take(t, sub, 1)[0]; f.Cursor != 0 {
		t.Errorf("before anything: %d", f.Cursor)
	}
	w.alerts("a", "b", "c")
	take(t, sub, 3)
	for range 2 {
		late := w.subscribe(nil)
		f := take(t, late, 1)[0]
		if p := presenceOf(t, f); p.Visit != "s1" || f.Cursor != 3 || late.Reached() != 3 {
			t.Errorf("got %s at %d", f.JSON, late.Reached())
		}
	}
}
