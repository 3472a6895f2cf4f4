package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"runtime"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// Most checks work in one site.
const site = "site-a"

// noon is when checks happen.
var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

var bg = context.Background()

// try runs a unit of work until it neither conflicts nor finds the store busy.
func try(s intake.Store, site string, fn func(tx lead.Tx) error) error {
	for {
		err := s.Update(bg, site, fn)
		if !errors.Is(err, lead.ErrConflict) && !errors.Is(err, intake.ErrBusy) {
			return err
		}
		runtime.Gosched()
	}
}

// update runs a unit of work that has to succeed at once.
func update(t *testing.T, s intake.Store, site string, fn func(tx lead.Tx) error) {
	t.Helper()
	if err := s.Update(bg, site, fn); err != nil {
		t.Fatalf("update: %v", err)
	}
}

// save writes leads as they are.
func save(t *testing.T, s intake.Store, site string, leads ...*lead.Lead) {
	t.Helper()
	update(t, s, site, func(tx lead.Tx) error {
		for _, l := range leads {
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
}

// change reads a lead, changes it and saves it.
func change(t *testing.T, s intake.Store, site, id string, f func(l *lead.Lead)) {
	t.Helper()
	if err := try(s, site, changing(id, f)); err != nil {
		t.Errorf("change of %s: %v", id, err)
	}
}

func changing(id string, f func(l *lead.Lead)) func(tx lead.Tx) error {
	return func(tx lead.Tx) error {
		l, err := tx.Lead(id)
		if err != nil {
			return err
		}
		f(l)
		return tx.SaveLead(l)
	}
}

// newLead is a plain lead that nobody has written yet.
func newLead(id string) *lead.Lead {
	return &lead.Lead{
		ID: id, Site: site, Standing: lead.Standing{Stage: "lead"}, Verdict: lead.Verified,
		Profile: map[string]string{"email": id + "@example.test"},
		Form:    "demo", FormKind: "demo", FirstSeen: noon, LastSeen: noon, Said: noon, ScoredAt: noon,
		Cell: lead.Cell{Grade: "B2", Letter: "B", Level: 2, Band: "warm"},
	}
}

// newTouch is a plain touch.
func newTouch(id string) *lead.Touch {
	return &lead.Touch{
		ID: id, Site: site, Type: "submit", Visitor: "v-" + id, At: noon, Received: noon,
		Form: "demo", FormKind: "demo", Profile: map[string]string{"name": "Ada"}, Verdict: lead.Verified,
		Visits: []lead.Visit{{Session: "s1", Start: noon.Unix(), Log: []byte{1, 0, 255}}},
	}
}

// insert stores touches that have to be new.
func insert(t *testing.T, s intake.Store, site string, touches ...*lead.Touch) {
	t.Helper()
	update(t, s, site, func(tx lead.Tx) error {
		for _, touch := range touches {
			inserted, err := tx.InsertTouch(touch)
			if err != nil {
				return err
			}
			if !inserted {
				return errors.New("the touch was there already")
			}
		}
		return nil
	})
}

func touchIDs(touches []*lead.Touch) []string {
	ids := []string{}
	for _, t := range touches {
		ids = append(ids, t.ID)
	}
	return ids
}

// same compares values as JSON: what a store has to keep.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, err1 := json.Marshal(got)
	w, err2 := json.Marshal(want)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if string(g) != string(w) {
		t.Errorf("%s:\n got %.2000s\nwant %.2000s", what, g, w)
	}
}

// equal compares small values.
func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// is checks an error's kind.
func is(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got error %v, want %v", what, got, want)
	}
}

// ok ends the test on an error.
func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
