package alert_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/lead"
)

// burst writes alerts of several kilobytes each, all of which one page has.
func (w *world) burst(n int) {
	w.t.Helper()
	err := w.store.Update(w.t.Context(), site, func(tx lead.Tx) error {
		for i := range n {
			l := lead.New(site, fmt.Sprintf("b%d", i), time.Now())
			for _, field := range []string{"name", "company", "role", "phone", "country"} {
				l.Profile[field] = strings.Repeat("漢", 600)
			}
			l.Outbox = []lead.Event{{ID: "e-" + l.ID, Type: lead.TypeAlert, Lead: l.ID, At: time.Now(),
				Alert: &lead.Alert{Kind: lead.KindHandRaise, Form: "book-a-demo", Page: "/p?" + strings.Repeat("<", 1990)}}}
			if err := tx.SaveLead(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.Kick(site)
}

// A page of 200 alerts weighs more than a queue holds: it was pushed whole before
// anybody was woken, and so ended everybody who listened.
func TestABurstEndsNobodyWhoTakesItWhenWoken(t *testing.T) {
	w := open(t)
	const total = 150
	var (
		mu      sync.Mutex
		cursors []int64
		ended   error
		bytes   int
		sub     *alert.Subscription
	)
	all := make(chan struct{})
	takeAll := func() {
		mu.Lock()
		defer mu.Unlock()
		for {
			frames, err := sub.Next(t.Context())
			if ended = err; err != nil || len(frames) == 0 {
				break
			}
			for _, f := range frames {
				cursors = append(cursors, f.Cursor)
				bytes += len(f.JSON)
			}
		}
		if len(cursors) == total || ended != nil {
			close(all)
		}
	}
	mu.Lock()
	sub, err := w.Subscribe(t.Context(), &auth.Person{ID: "p1", Site: site, Role: auth.Rep}, nil, takeAll)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	if _, err := sub.Next(t.Context()); err != nil {
		t.Fatal(err)
	}
	mu.Unlock()
	w.burst(total)
	<-all
	if ended != nil || w.Stats.TooSlow.Load() != 0 {
		t.Fatalf("after %d messages: %v", len(cursors), ended)
	}
	if bytes <= 256<<10 {
		t.Fatalf("%d bytes fit a queue: nothing was tried", bytes)
	}
	for i, c := range cursors {
		if c != int64(i)+1 {
			t.Fatalf("message %d has cursor %d", i, c)
		}
	}
}

// Five fields of 1,990 "<" made an alert of 60 KB: one visitor's words threw
// everybody off the stream.
func TestAVisitorsWordsAreCutAndNotEscaped(t *testing.T) {
	w := open(t)
	sub := w.listen(w.person("rep", auth.Rep, auth.Filter{}))
	w.event("long", func(l *lead.Lead, e *lead.Event) {
		l.Profile["company"], e.Alert.Page = strings.Repeat("ü<", 995), "/p?"+strings.Repeat("&", 1990)
		l.Profile["name"] = strings.Repeat("ü", 200)
	})
	f := take(t, sub, 1)[0]
	var m struct{ Data alert.Alert }
	if err := json.Unmarshal(f.JSON, &m); err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{"company": m.Data.Who.Company, "page": m.Data.Page} {
		if utf8.RuneCountInString(text) != 200 || !strings.HasSuffix(text, "…") {
			t.Errorf("%s: %q", what, text)
		}
	}
	if m.Data.Who.Name != strings.Repeat("ü", 200) {
		t.Errorf("name: %q", m.Data.Who.Name)
	}
	if strings.Contains(string(f.JSON), `\u`) || strings.HasSuffix(string(f.JSON), "\n") {
		t.Errorf("got %s", f.JSON)
	}
}
