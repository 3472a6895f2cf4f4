package intake_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// beat makes a live touch of a visitor's visit, read so far.
func (h *house) beat(visitor string, visits ...intake.RawVisit) *intake.Submission {
	return &intake.Submission{ID: "beat", Type: "live", Visitor: visitor, At: h.now, Form: "book", FormKind: "other",
		Page: "https://site.test/book?mail=x@y.test#z", Profile: buyer, Visits: visits}
}

func (h *house) live(sub *intake.Submission) {
	h.t.Helper()
	if err := h.Live(context.Background(), h.site, sub); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) present() []lead.Presence {
	h.t.Helper()
	found, err := h.store.Presences(context.Background(), []string{"demo"}, h.now.Add(-lead.PresenceLife))
	if err != nil {
		h.t.Fatal(err)
	}
	return found["demo"]
}

func TestABeatShowsWhoIsOnAFormAndKeepsNothingElse(t *testing.T) {
	h := open(t)
	h.site.Live = true
	token, started := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.live(h.beat("v1", h.visit(token, reading...)))
	list := h.present()
	if len(list) != 1 {
		t.Fatalf("%d are present", len(list))
	}
	p := list[0]
	if p.Form != "book" || p.FormKind != "demo" || p.Page != "https://site.test/book" || p.Grade == "" || p.Band == "" || p.Lead != "" ||
		p.Verdict != lead.Verified || !p.Seen.Equal(h.now) || p.Since.Unix() != started {
		t.Errorf("got %+v", p)
	}
	if p.Grade[0] != '?' {
		t.Errorf("grade %s: a profile was looked at", p.Grade)
	}
	if n := len(h.leads()); n != 0 {
		t.Errorf("%d contacts", n)
	}
}

func TestBeatsThatMustNotCountDoNot(t *testing.T) {
	yes := true
	for name, change := range map[string]func(h *house, sub *intake.Submission){
		"the site does not want it": func(h *house, _ *intake.Submission) { h.site.Live = false },
		"no consent":                func(h *house, _ *intake.Submission) { h.site.ConsentRequired = true },
		"no visit":                  func(_ *house, sub *intake.Submission) { sub.Visits = nil },
		"a made-up session":         func(_ *house, sub *intake.Submission) { sub.Visits[0].Session += "x" },
		"another browser's session": func(_ *house, sub *intake.Submission) { sub.Visitor = "v2" },
		"longer than its session":   func(h *house, sub *intake.Submission) { sub.Visits[0] = h.visit(sub.Visits[0].Session, [2]int{2, 900}) },
		"an expired session":        func(h *house, _ *intake.Submission) { h.now = h.now.AddDate(0, 0, 9) },
	} {
		h := open(t)
		h.site.Live = true
		token, _ := h.Open("demo", "v1")
		h.now = h.now.Add(time.Minute)
		sub := h.beat("v1", h.visit(token, reading...))
		change(h, sub)
		h.live(sub)
		if n := len(h.present()); n != 0 {
			t.Errorf("%s: %d are present", name, n)
		}
	}
	h := open(t)
	h.site.Live, h.site.ConsentRequired = true, true
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	sub := h.beat("v1", h.visit(token, reading...))
	sub.Consent = &yes
	h.live(sub)
	if n := len(h.present()); n != 1 {
		t.Errorf("with consent %d are present", n)
	}
}

// Nobody is to be shown that a visitor who objects is on a form, and at which grade.
func TestABeatOfWhoObjectsIsNotTakenIn(t *testing.T) {
	for name, object := range map[string]func(h *house, beat *intake.Submission){
		"the beat says so": func(_ *house, beat *intake.Submission) { beat.Objected = true },
		"an earlier form said so": func(h *house, _ *intake.Submission) {
			sub := h.submit("t1", "v1", maps.Clone(buyer))
			sub.Objected = true
			h.accept(sub)
		},
		"a person recorded it": func(h *house, _ *intake.Submission) {
			h.accept(h.submit("t1", "v1", maps.Clone(buyer)))
			h.act(h.only().ID, lead.Doing{Do: "stop_scoring", By: "p1"})
		},
		"nobody objects": nil,
	} {
		h := open(t)
		h.site.Live = true
		token, _ := h.Open("demo", "v1")
		h.now = h.now.Add(time.Minute)
		beat := h.beat("v1", h.visit(token, reading...))
		if object != nil {
			object(h, beat)
		}
		h.live(beat)
		if n := len(h.present()); (n == 0) != (object != nil) {
			t.Errorf("%s: %d are present", name, n)
		}
	}
}

func TestABeatOfABrokenLogIsAFault(t *testing.T) {
	h := open(t)
	h.site.Live = true
	token, _ := h.Open("demo", "v1")
	var fault *intake.Fault
	err := h.Live(t.Context(), h.site, h.beat("v1", intake.RawVisit{Session: token, Evidence: []byte{255, 255}}))
	if !errors.As(err, &fault) || fault.Pointer != "/visits/0/evidence" {
		t.Errorf("got %v", err)
	}
}

func TestBeatsThatComeTooSoonAreIgnored(t *testing.T) {
	h := open(t)
	h.site.Live = true
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	first := h.now
	for range 4 {
		h.live(h.beat("v1", h.visit(token, reading...)))
		h.now = h.now.Add(time.Second)
	}
	if p := h.present()[0]; !p.Seen.Equal(first) {
		t.Errorf("seen %v after the first beat", p.Seen.Sub(first))
	}
	h.now = first.Add(5 * time.Second)
	h.live(h.beat("v1", h.visit(token, reading...)))
	if p := h.present()[0]; !p.Seen.Equal(h.now) {
		t.Error("the next beat in time was ignored")
	}
	h.now = h.now.Add(lead.PresenceLife)
	if n := len(h.present()); n != 0 {
		t.Errorf("%d are present half a minute after the last beat", n)
	}
}

// eager are the signals of somebody who means it: plans, prices, a cart.
var eager = [][2]int{{3, 0}, {5, 5}, {12, 10}, {13, 15}, {20, 20}, {21, 25}, {22, 30}}

func (h *house) liveAlerts() (n int) {
	for _, e := range h.alerts() {
		if e.Alert.Kind == lead.KindLive {
			n++
		}
	}
	return n
}

// A contact comes back, and is hot with what it reads now. Its session may raise
// one alert, however often it beats, whichever server takes the beats.
func TestAKnownHotContactOnAFormIsAnAlertOncePerSession(t *testing.T) {
	h := open(t)
	h.site.Live = true
	h.accept(h.submit("t1", "v1", buyer)) // fits, and the browser is tied
	before := h.liveAlerts()
	h.now = h.now.Add(time.Hour)
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(2 * time.Minute)
	for range 5 {
		h.live(h.beat("v1", h.visit(token, eager...)))
		h.now = h.now.Add(6 * time.Second)
	}
	p := h.present()[0]
	if p.Band != "hot" || p.Lead == "" || p.Lead != h.only().ID {
		t.Fatalf("present is %+v", p)
	}
	if n := h.liveAlerts() - before; n != 1 {
		t.Errorf("%d alerts of one session", n)
	}
	other := intake.New(h.store, h.keys, func() time.Time { return h.now }, func(string) {})
	if err := other.Live(t.Context(), h.site, h.beat("v1", h.visit(token, eager...))); err != nil {
		t.Fatal(err)
	}
	if n := h.liveAlerts() - before; n != 1 {
		t.Errorf("%d alerts after a beat at another server", n)
	}
	again, _ := h.Open("demo", "v1")
	h.now = h.now.Add(2 * time.Minute)
	h.live(h.beat("v1", h.visit(again, eager...)))
	if n := h.liveAlerts() - before; n != 2 {
		t.Errorf("%d alerts of two sessions", n)
	}
}

// swapped is a store in which something happens between two runs of one unit.
type swapped struct {
	intake.Store
	happens func()
}

func (s *swapped) Update(ctx context.Context, site string, fn func(lead.Tx) error) error {
	return s.Store.Update(ctx, site, func(tx lead.Tx) error {
		err := fn(tx)
		if happens := s.happens; happens != nil {
			s.happens = nil
			happens()
		}
		return err
	})
}

// The first run of the unit once named a contact that the last one did not find.
func TestABeatDoesNotNameWhoWasErasedMeanwhile(t *testing.T) {
	h := open(t)
	h.site.Live = true
	token, _ := h.Open("demo", "v1")
	h.now = h.now.Add(time.Minute)
	h.accept(h.submit("a", "v1", buyer, h.visit(token, reading...)))
	id := h.only().ID
	h.now = h.now.Add(time.Minute)
	s := intake.New(&swapped{h.store, func() {
		if err := h.Erase(context.Background(), h.site, id); err != nil {
			t.Error(err)
		}
	}}, h.keys, func() time.Time { return h.now }, func(string) {})
	if err := s.Live(context.Background(), h.site, h.beat("v1", h.visit(token, reading...))); err != nil {
		t.Fatal(err)
	}
	if list := h.present(); len(list) != 1 || list[0].Lead != "" {
		t.Errorf("present: %+v", list)
	}
}
