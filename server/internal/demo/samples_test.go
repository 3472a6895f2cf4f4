package demo

import (
	"context"
	"maps"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
)

// Samples are made by the real intake on a real store: the same every time,
// spread over the funnel, silent, and gone at one call.
func TestSamplesFillTheFunnelSilently(t *testing.T) {
	ctx := context.Background()
	model, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	site := intake.Site{Key: Key, Model: model, AllowAutomation: true}
	keys := intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}
	end := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	count := func(store *sqlitestore.Store) map[string]int {
		stages := map[string]int{}
		for cursor := ""; ; {
			page, err := store.Leads(ctx, Key, desk.Query{Limit: 200, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Leads {
				stages[l.Stage]++
				if !l.Sample || l.LastSeen.After(end) || l.FirstSeen.Before(end.AddDate(0, 0, -sampleDays)) {
					t.Errorf("sample %s: marked %v, seen %s to %s", l.Field("name"), l.Sample, l.FirstSeen, l.LastSeen)
				}
			}
			if cursor = page.Next; cursor == "" {
				return stages
			}
		}
	}
	var first map[string]int
	for range 2 {
		store := sqlitetest.Open(t)
		for range 2 { // the second time finds everything there
			if _, err := AddSamples(ctx, store, keys, site, 200, end); err != nil {
				t.Fatal(err)
			}
		}
		stages := count(store)
		if first != nil && !maps.Equal(first, stages) {
			t.Errorf("two runs differ: %v and %v", first, stages)
		}
		first = stages
		total := 0
		for _, n := range stages {
			total += n
		}
		for _, stage := range []string{"subscriber", "lead", "prospect", "customer", "lost", "disqualified"} {
			if stages[stage] == 0 {
				t.Errorf("no sample is %s: %v", stage, stages)
			}
		}
		if events, err := store.Feed(ctx, Key, 0, 10); err != nil || len(events) != 0 || total != 200 {
			t.Errorf("%d samples, %d alerts, %v", total, len(events), err)
		}
		if n, err := store.DeleteSamples(ctx, Key); n != 200 || err != nil {
			t.Errorf("removed %d samples, %v", n, err)
		}
		if left := count(store); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	}
	t.Logf("200 samples: %v", first)
}
