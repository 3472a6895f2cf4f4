package alert_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/lead"
	"assay/server/internal/sqlitestore"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const site = "s1"

// world is a running service over a real store.
type world struct {
	*alert.Service
	t     *testing.T
	store *sqlitestore.Store
	stop  func()
}

// subscriber is a subscription with a token for each time that it was woken.
type subscriber struct {
	*alert.Subscription
	woken chan struct{}
}

func open(t *testing.T) *world {
	t.Helper()
	w := prepare(t)
	w.run()
	return w
}

// prepare opens the store; until run, nothing moves.
func prepare(t *testing.T, wrap ...func(alert.Store) alert.Store) *world {
	t.Helper()
	store, err := sqlitestore.Open(t.TempDir(), sqlitestore.Options{Synchronous: "NORMAL"})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: store}
	var s alert.Store = store
	for _, f := range wrap {
		s = f(s)
	}
	w.Service = alert.New(s, auth.New(store, false, time.Now), w.log())
	if err := store.SaveSite(t.Context(), &auth.Site{Key: site}); err != nil {
		t.Fatal(err)
	}
	w.person("p1", auth.Rep, auth.Filter{})
	t.Cleanup(func() {
		if w.stop != nil {
			w.stop()
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) log() *slog.Logger { return slog.New(slog.NewTextHandler(w.t.Output(), nil)) }

// person adds somebody to the site, or changes them.
func (w *world) person(id string, role auth.Role, f auth.Filter) *auth.Person {
	w.t.Helper()
	p := &auth.Person{ID: id, Site: site, Name: "Person " + id, Email: id + "@reps.test", Role: role, Filter: f}
	if err := w.store.SavePerson(w.t.Context(), site, p); err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		w.Run(ctx)
		close(done)
	}()
	w.stop = func() {
		cancel()
		<-done
	}
}

// alerts writes leads with an alert each and kicks.
func (w *world) alerts(names ...string) {
	w.t.Helper()
	w.write(names...)
	w.Kick(site)
}

func (w *world) write(names ...string) {
	w.t.Helper()
	err := w.store.Update(context.Background(), site, func(tx lead.Tx) error {
		for _, name := range names {
			l := lead.New(site, name, time.Now())
			l.Profile["name"], l.Profile["email"], l.Owner = "Lead "+name, name+"@northbeck.test", "p1"
			l.Sample = strings.HasPrefix(name, "sample")
			l.Outbox = []lead.Event{{ID: "e-" + name, Type: lead.TypeAlert, Lead: name, At: time.Now(), Alert: &lead.Alert{
				Kind: lead.KindProspect, Form: "book-a-demo", Stage: "prospect", Grade: "A1", Band: "hot", Verdict: lead.Verified,
				Reasons: []lead.Reason{{Label: "Pricing", Points: 15}}}}}
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Error(err)
	}
}

func (w *world) subscribe(after *int64) *subscriber {
	w.t.Helper()
	return w.subscribeAs(&auth.Person{ID: "p1", Site: site, Role: auth.Rep}, after)
}

func (w *world) subscribeAs(who *auth.Person, after *int64) *subscriber {
	w.t.Helper()
	s := &subscriber{woken: make(chan struct{}, 1)}
	var err error
	s.Subscription, err = w.Subscribe(context.Background(), who, after, func() {
		select {
		case s.woken <- struct{}{}:
		default:
		}
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(s.Close)
	return s
}

// listen subscribes and joins.
func (w *world) listen(who *auth.Person) *subscriber {
	w.t.Helper()
	sub := w.subscribeAs(who, nil)
	if frames, err := sub.Next(w.t.Context()); len(frames) > 0 || err != nil {
		w.t.Fatalf("%d frames, %v", len(frames), err)
	}
	return sub
}

// take reads n frames, or fails after ten seconds.
func take(t *testing.T, sub *subscriber, n int) []*alert.Frame {
	t.Helper()
	deadline := time.After(10 * time.Second)
	var got []*alert.Frame
	for len(got) < n {
		frames, err := sub.Next(context.Background())
		if err != nil {
			t.Fatalf("after %d frames: %v", len(got), err)
		}
		if got = append(got, frames...); len(frames) > 0 {
			continue
		}
		select {
		case <-sub.woken:
		case <-deadline:
			t.Fatalf("got %d frames, want %d", len(got), n)
		}
	}
	return got
}

func consecutive(t *testing.T, frames []*alert.Frame, after int64) {
	t.Helper()
	for i, f := range frames {
		if f.Cursor != after+int64(i)+1 {
			t.Fatalf("frame %d has cursor %d, want %d", i, f.Cursor, after+int64(i)+1)
		}
	}
}

func numbered(prefix string, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s%d", prefix, i)
	}
	return names
}

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
