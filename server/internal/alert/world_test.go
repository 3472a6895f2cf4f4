package alert_test

import (
	"context"
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
	"assay/server/internal/sqlitetest"
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
	store := sqlitetest.Open(t)
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
