package catalog_test

import (
	"context"
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
)

// slow is a store whose answer about a site, once read, is held back.
type slow struct {
	auth.Store
	read, answer chan struct{}
}

func (s *slow) Site(ctx context.Context, key string) (*auth.Site, error) {
	site, err := s.Store.Site(ctx, key)
	s.read <- struct{}{}
	<-s.answer
	return site, err
}

// A reading that began before a change and ended after it was served on for seconds.
func TestWhatWasReadBeforeAChangeIsNotServedAfterIt(t *testing.T) {
	for name, known := range map[string]bool{"a site that was served before": true, "a site that nobody asked for yet": false} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			first := w.save("s1", starter)
			store := &slow{w.store, make(chan struct{}, 1), make(chan struct{}, 1)}
			start := time.Now()
			c := catalog.New(store, nil, func() time.Time { return start.Add(time.Duration(w.ahead.Load())) }) // stands still
			published := func() string {
				site, err := c.Site(t.Context(), "s1")
				if err != nil {
					t.Error(err)
					return ""
				}
				return site.Published.Version
			}
			if known {
				store.answer <- struct{}{}
				published()
				<-store.read
				w.later()
			}
			got := make(chan string)
			go func() { got <- published() }()
			<-store.read
			second := w.save("s1", other, starter)
			c.Forget("s1")
			store.answer <- struct{}{}
			if v := <-got; v != first {
				t.Fatalf("the reading was to end with %s, and gave %s", first, v)
			}
			store.answer <- struct{}{}
			if v := published(); v != second {
				t.Errorf("after the change %s is served, want %s", v, second)
			}
		})
	}
}
