package app

import (
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"assay/server/internal/demo"
	"assay/server/internal/desk"
	"assay/server/internal/lead"
)

// A store whose queue is full refuses a touch as a whole: nothing of it is there
// afterwards, and sent again it is taken as if for the first time.
func TestATouchThatFindsTheQueueFullLeavesNothing(t *testing.T) {
	a := running(t, slog.New(slog.DiscardHandler))
	ctx, release := t.Context(), make(chan struct{})
	var waiting sync.WaitGroup
	update := func(fn func(lead.Tx) error) {
		waiting.Go(func() {
			if err := a.store.Update(ctx, demo.Key, fn); err != nil {
				t.Errorf("queued: %v", err)
			}
		})
	}
	held := make(chan struct{})
	update(func(tx lead.Tx) error {
		if _, err := tx.Touches("none", 1); err != nil { // which the one writer alone can read
			return err
		}
		close(held)
		<-release
		return nil
	})
	<-held
	_, capacity := a.store.Queue()
	for i := range capacity {
		update(func(lead.Tx) error { return nil })
		for depth, _ := a.store.Queue(); depth <= i; depth, _ = a.store.Queue() {
			runtime.Gosched()
		}
	}
	touch := ask("t1", "ann@northbeck.test")
	answer := send(t, a, touch)
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") != "1" {
		t.Errorf("with a full queue: %s, Retry-After %q", answer.Status, answer.Header.Get("Retry-After"))
	}
	close(release)
	waiting.Wait()
	if n := leads(t, a); n != 0 {
		t.Errorf("the refused touch left %d leads", n)
	}
	if left, err := a.store.Unapplied(ctx, demo.Key, time.Now().Add(time.Hour), 9); err != nil || len(left) > 0 {
		t.Errorf("the refused touch is stored: %v, %v", left, err)
	}
	if answer := send(t, a, touch); answer.StatusCode != http.StatusAccepted || leads(t, a) != 1 {
		t.Errorf("sent again: %s, %d leads", answer.Status, leads(t, a))
	}
	if known := a.intake.Stats.Duplicates.Load(); known != 0 {
		t.Errorf("%d touches were known already", known)
	}
}

// leads gives how many contacts there are, at any stage.
func leads(t *testing.T, a *App) int {
	t.Helper()
	list, _, err := desk.New(a.store, a.sites, time.Now, func(string) {}).Leads(t.Context(), demo.Key, desk.Query{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}
