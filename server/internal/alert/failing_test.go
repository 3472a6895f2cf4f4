package alert_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

// outboxed is the real store as one without transactions is: what leads' writes
// put into the feed is in sight only once it was collected. An answer to that can
// be lost although it was done, as on a connection that breaks.
type outboxed struct {
	alert.Store
	lose atomic.Bool

	mu        sync.Mutex
	collected int64
}

func (o *outboxed) Waiting(ctx context.Context) ([]string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	last, err := o.Store.Last(ctx, site)
	if err != nil || last == o.collected {
		return nil, err
	}
	return []string{site}, nil
}

func (o *outboxed) Collect(ctx context.Context, site string) (more bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	last, err := o.Store.Last(ctx, site)
	if err != nil {
		return false, err
	}
	o.collected = min(o.collected+2, last) // few at a time, so that there is more
	if o.lose.Swap(false) {
		return false, errors.New("connection lost")
	}
	return o.collected < last, nil
}

func (o *outboxed) Last(context.Context, string) (int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.collected, nil
}

func (o *outboxed) Newer(ctx context.Context, heads map[string]int64) (sites []string, err error) {
	last, err := o.Last(ctx, site)
	if head, ok := heads[site]; ok && head < last {
		sites = append(sites, site)
	}
	return sites, err
}

func (o *outboxed) Feed(ctx context.Context, site string, after int64, limit int) ([]alert.Entry, error) {
	last, _ := o.Last(ctx, site)
	return o.Store.Feed(ctx, site, after, min(limit, int(max(last-after, 0))))
}

func TestWhatWasCollectedWithoutAnAnswerIsDeliveredOnce(t *testing.T) {
	var o *outboxed
	w := prepare(t, func(s alert.Store) alert.Store {
		o = &outboxed{Store: s}
		return o
	})
	w.run()
	sub := w.subscribe(nil)
	w.alerts("a")
	take(t, sub, 1)
	o.lose.Store(true)
	w.alerts("b", "c", "d")
	w.alerts("e")
	consecutive(t, take(t, sub, 4), 1)
	if w.Stats.Failures.Load() == 0 {
		t.Error("the failure was not counted")
	}
}

// Nobody kicks for what a crash left in an outbox, or for what another server
// collected.
func TestWhatNobodyKickedForIsFound(t *testing.T) {
	w := prepare(t, func(s alert.Store) alert.Store { return &outboxed{Store: s} })
	w.run()
	sub := w.subscribe(nil)
	if _, err := sub.Next(t.Context()); err != nil { // it listens
		t.Fatal(err)
	}
	w.write("a", "b", "c")
	consecutive(t, take(t, sub, 3), 0)
}

func TestAnotherServersEntriesArriveWithoutAKick(t *testing.T) {
	w := open(t)
	sub := w.subscribe(nil)
	if _, err := sub.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.write("a", "b")
	consecutive(t, take(t, sub, 2), 0)
}

// clumsy is the real store, but that it panics once.
type clumsy struct {
	alert.Store
	panics atomic.Bool
}

func (c *clumsy) LeadsByID(ctx context.Context, site string, ids []string) (map[string]*lead.Lead, error) {
	if c.panics.Swap(false) {
		panic("out of nowhere")
	}
	return c.Store.LeadsByID(ctx, site, ids)
}

func TestAPanicIsOneRoundsFailure(t *testing.T) {
	store := &clumsy{}
	w := prepare(t, func(s alert.Store) alert.Store { store.Store = s; return store })
	w.run()
	sub := w.subscribe(nil)
	if _, err := sub.Next(t.Context()); err != nil { // it listens
		t.Fatal(err)
	}
	store.panics.Store(true)
	w.alerts("l1")
	take(t, sub, 1) // in the next round
	w.alerts("l2")
	take(t, sub, 1)
	if n := w.Stats.Failures.Load(); n != 1 {
		t.Errorf("%d rounds failed, want 1", n)
	}
}

// stuck is a store that never answers for one site.
type stuck struct{ alert.Store }

func (s *stuck) Collect(ctx context.Context, site string) (bool, error) {
	if site == "stuck" {
		<-ctx.Done()
		return false, ctx.Err()
	}
	return s.Store.Collect(ctx, site)
}

func TestASiteThatIsStuckHoldsUpNoOther(t *testing.T) {
	w := prepare(t, func(s alert.Store) alert.Store { return &stuck{s} })
	w.run()
	sub := w.subscribe(nil)
	for i := range 5 {
		w.Kick("stuck")
		w.alerts(numbered("l", i+1)[i])
		consecutive(t, take(t, sub, 1), int64(i))
	}
}

// A subscriber that panics when it is woken has no more to say in what others
// hear.
func TestASubscriberThatPanicsEndsAlone(t *testing.T) {
	w := open(t)
	clumsy, err := w.Subscribe(t.Context(), w.person("p2", "rep", auth.Filter{}), nil, func() { panic("not me") })
	if err != nil {
		t.Fatal(err)
	}
	defer clumsy.Close()
	if _, err := clumsy.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	sub := w.listen(w.person("p3", "rep", auth.Filter{}))
	for i, name := range []string{"a", "b", "c"} {
		w.alerts(name)
		consecutive(t, take(t, sub, 1), int64(i))
	}
	if _, err := clumsy.Next(t.Context()); !errors.Is(err, alert.ErrTooSlow) {
		t.Errorf("got %v", err)
	}
}
