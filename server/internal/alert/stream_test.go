package alert_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

func TestAnAlertSaysWhoAndWhy(t *testing.T) {
	w := open(t)
	sub := w.subscribe(nil)
	w.alerts("ann")
	f := take(t, sub, 1)[0]
	var m struct {
		Type, ID string
		Cursor   int64
		At       time.Time
		Data     struct {
			Lead, Kind, Form, Page, Stage, Grade, Band, Verdict, Owner string
			OwnerName                                                  string `json:"owner_name"`
			Who                                                        map[string]string
			Reasons                                                    []lead.Reason
			Questions                                                  []string
		}
	}
	if err := json.Unmarshal(f.JSON, &m); err != nil {
		t.Fatal(err)
	}
	d := m.Data
	if m.Type != "alert" || m.ID != "e-ann" || m.Cursor != 1 || m.At.IsZero() || d.Lead != "ann" || d.Kind != "prospect" || d.Form != "book-a-demo" ||
		d.Stage != "prospect" || d.Grade != "A1" || d.Band != "hot" || d.Verdict != "verified" || d.Owner != "p1" || d.OwnerName != "Person p1" ||
		d.Who["name"] != "Lead ann" || d.Who["email"] != "ann@northbeck.test" || len(d.Who) != 6 || len(d.Reasons) != 1 || d.Questions == nil {
		t.Errorf("got %s", f.JSON)
	}
}

func TestWhatACrashLeftIsDelivered(t *testing.T) {
	w := prepare(t, func(s alert.Store) alert.Store { return &outboxed{Store: s} })
	w.write(numbered("l", 450)...)
	sub := w.subscribe(nil)
	w.run()
	consecutive(t, take(t, sub, 450), 0)
}

func TestACursorResumesExactly(t *testing.T) {
	w := open(t)
	live := w.subscribe(nil)
	w.alerts(numbered("l", 500)...)
	take(t, live, 500)
	for _, c := range []struct{ after, from int64 }{{0, 0}, {1, 1}, {499, 499}, {500, 500}, {-5, 0}, {9000, 500}} {
		sub := w.subscribe(&c.after)
		if sub.From != c.from || sub.Missed != 500-c.from {
			t.Errorf("after %d: from %d, missed %d", c.after, sub.From, sub.Missed)
		}
		if missed := int(500 - c.from); missed > 0 {
			frames := take(t, sub, missed)
			consecutive(t, frames, c.from)
		} else if frames, err := sub.Next(context.Background()); len(frames) > 0 || err != nil {
			t.Errorf("after %d: %d frames, %v", c.after, len(frames), err)
		}
	}
}

// Subscribers who come while entries are being written are where streams lose
// or repeat: each must see every cursor after its own, once.
func TestJoiningLeavesNeitherGapNorRepeat(t *testing.T) {
	w := open(t)
	const total = 600
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; i < total; i += 3 {
			w.alerts(numbered(fmt.Sprintf("l%d-", i), 3)...)
		}
	}()
	for round := range 40 {
		after := int64(round % 7)
		sub := w.subscribe(&after)
		consecutive(t, take(t, sub, 5), after)
		sub2 := w.subscribe(nil)
		from := sub2.From
		if from+4 <= total {
			consecutive(t, take(t, sub2, 4)[:4], from)
		}
	}
	zero := int64(0)
	sub := w.subscribe(&zero)
	<-done
	frames := take(t, sub, total)
	consecutive(t, frames, 0)
	if len(frames) != total {
		t.Errorf("%d frames", len(frames))
	}
}

func TestASlowSubscriberIsEndedAndNobodyElseIsHeldUp(t *testing.T) {
	w := open(t)
	slow, quick := w.subscribe(nil), w.subscribe(nil)
	if _, err := slow.Next(context.Background()); err != nil { // joins, and never reads again
		t.Fatal(err)
	}
	sent := int64(0)
	for w.Stats.TooSlow.Load() == 0 {
		w.alerts(numbered(fmt.Sprintf("l%d-", sent), 100)...)
		consecutive(t, take(t, quick, 100), sent)
		if sent += 100; sent > 10_000 {
			t.Fatal("10,000 messages fit a queue of 256 KiB")
		}
	}
	if _, err := slow.Next(context.Background()); !errors.Is(err, alert.ErrTooSlow) {
		t.Errorf("got %v", err)
	}
	again := w.subscribe(&slow.From)
	consecutive(t, take(t, again, int(sent)), slow.From)
}

func TestEventsOfErasedLeadsAreSkippedAndKeepTheirCursor(t *testing.T) {
	w := open(t)
	sub := w.subscribe(nil)
	w.alerts("a", "sample-b", "c", "sample-d")
	take(t, sub, 4)
	if _, err := w.store.DeleteSamples(t.Context(), site); err != nil {
		t.Fatal(err)
	}
	zero := int64(0)
	frames := take(t, w.subscribe(&zero), 2)
	if len(frames) != 2 || frames[0].Cursor != 1 || frames[1].Cursor != 3 {
		t.Errorf("got %+v", frames)
	}
	history, next, err := w.History(t.Context(), site, nil, 10)
	if err != nil || len(history) != 2 || next != 4 {
		t.Errorf("history: %d frames, next %d, %v", len(history), next, err)
	}
}

func TestShutdownEndsEverybody(t *testing.T) {
	w := open(t)
	w.alerts("a")
	zero := int64(0)
	live, behind := w.subscribe(&zero), w.subscribe(&zero)
	take(t, live, 1)
	if _, err := live.Next(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.Shutdown()
	<-live.woken
	for _, sub := range []*subscriber{live, behind} {
		if _, err := sub.Next(context.Background()); !errors.Is(err, alert.ErrGoing) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := w.Subscribe(context.Background(), &auth.Person{Site: site}, nil, func() {}); !errors.Is(err, alert.ErrGoing) {
		t.Errorf("a new one: %v", err)
	}
}

// counted is the real store, and counts how often leads are looked up.
type counted struct {
	alert.Store
	hydrations atomic.Int64
}

func (c *counted) LeadsByID(ctx context.Context, site string, ids []string) (map[string]*lead.Lead, error) {
	c.hydrations.Add(1)
	return c.Store.LeadsByID(ctx, site, ids)
}

// After a restart everybody comes back at once, having missed the same.
func TestWhatManyMissedIsNotReadForEachOfThem(t *testing.T) {
	store := &counted{}
	w := prepare(t, func(s alert.Store) alert.Store { store.Store = s; return store })
	w.write(numbered("l", 450)...)
	w.run()
	var all sync.WaitGroup
	for range 100 {
		sub := w.subscribe(new(int64))
		all.Go(func() { consecutive(t, take(t, sub, 450), 0) })
	}
	all.Wait()
	if n := store.hydrations.Load(); n >= 300 { // three pages for each
		t.Errorf("leads were looked up %d times", n)
	}
}
