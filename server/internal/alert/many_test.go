package alert_test

import (
	"fmt"
	"sync"
	"testing"

	"assay/server/internal/auth"
)

// Many subscribers are served by several goroutines at once, while others come
// and go.
func TestManySubscribersEachHearEverythingOnce(t *testing.T) {
	w := open(t)
	const total = 60
	subs := make([]*subscriber, 600)
	for i := range subs {
		subs[i] = w.subscribe(nil)
		if _, err := subs[i].Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	early := w.subscribe(nil)
	var churn sync.WaitGroup
	stop := make(chan struct{})
	churn.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			sub, err := w.Subscribe(t.Context(), &auth.Person{ID: "p1", Site: site, Role: auth.Rep}, nil, func() {})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := sub.Next(t.Context()); err != nil {
				t.Error(err)
			}
			sub.Close()
		}
	})
	for i := 0; i < total; i += 5 {
		w.alerts(numbered(fmt.Sprintf("l%d-", i), 5)...)
		consecutive(t, take(t, early, 5), int64(i))
	}
	close(stop)
	churn.Wait()
	for _, sub := range subs {
		consecutive(t, take(t, sub, total), 0)
	}
	if n := w.Stats.QueuedBytes.Load(); n < 0 {
		t.Errorf("%d bytes are queued", n)
	}
}
