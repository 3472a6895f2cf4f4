package intake_test

import (
	"context"
	"crypto/rand"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
	"assay/shared/evidence"
)

// house is an intake over a real store, with a clock that the test moves.
type house struct {
	*intake.Service
	t     *testing.T
	dir   string // of the store
	store *sqlitestore.Store
	site  intake.Site
	now   time.Time
	kicks atomic.Int64
	desk  *desk.Service
	keys  intake.Keys
}

func (h *house) Published(string) (*modeling.Compiled, error) { return h.site.Model, nil }

func open(t *testing.T) *house {
	t.Helper()
	dir := sqlitetest.Folder(t)
	store := sqlitetest.OpenIn(t, dir)
	model, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, dir: dir, store: store, now: time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC),
		site: intake.Site{Key: "demo", Model: model, Answers: []string{"how_heard"}, Kinds: map[string]string{"book": "demo"}}}
	keys := intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}
	_, _ = rand.Read(keys.Session)
	clock := func() time.Time { return h.now }
	h.keys = keys
	h.Service = intake.New(store, keys, clock, func(string) { h.kicks.Add(1) })
	h.desk = desk.New(store, h, clock, func(string) {})
	return h
}

var buyer = map[string]string{"email": "Ada@works.test", "name": "Ada", "company": "Works", "role": "Head of Operations",
	"company_size": "51-200", "industry": "manufacturing", "country": "DE", "need": "stock", "timing": "now"}

// visit is a visitor's signals, [kind, second] pairs.
func (h *house) visit(token string, signals ...[2]int) intake.RawVisit {
	v := intake.RawVisit{Session: token, HasSignals: true}
	for _, s := range signals {
		v.Signals = append(v.Signals, evidence.Signal{Kind: evidence.Kind(s[0]), Millis: uint32(s[1] * 1000)})
	}
	return v
}

var reading = [][2]int{{2, 0}, {20, 20}, {21, 25}, {22, 30}, {28, 40}}

func (h *house) submit(id, visitor string, profile map[string]string, visits ...intake.RawVisit) *intake.Submission {
	return &intake.Submission{ID: id, Type: "submit", Visitor: visitor, At: h.now, Form: "book", FormKind: "other",
		Page: "https://site.test/book?mail=x@y.test#z", Profile: profile, Visits: visits}
}

func (h *house) accept(sub *intake.Submission) {
	h.t.Helper()
	if err := h.Accept(context.Background(), h.site, sub); err != nil {
		h.t.Fatalf("%s: %v", sub.ID, err)
	}
}

// leads gives all contacts, the oldest first.
func (h *house) leads() []*desk.Detail {
	h.t.Helper()
	views, _, err := h.desk.Leads(context.Background(), "demo", desk.Query{Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	var out []*desk.Detail
	for _, v := range slices.Backward(views) {
		d, err := h.desk.Lead(context.Background(), "demo", v.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func (h *house) only() *desk.Detail {
	h.t.Helper()
	all := h.leads()
	if len(all) != 1 {
		h.t.Fatalf("%d contacts, want 1", len(all))
	}
	return all[0]
}

func (h *house) alerts() []lead.Event {
	h.t.Helper()
	entries, err := h.store.Feed(context.Background(), "demo", 0, 100)
	if err != nil {
		h.t.Fatal(err)
	}
	var alerts []lead.Event
	for _, e := range entries {
		if e.Type == lead.TypeAlert {
			alerts = append(alerts, e.Event)
		}
	}
	return alerts
}
