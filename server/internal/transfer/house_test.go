package transfer_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
	"assay/server/internal/transfer"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	bg  = context.Background()
	now = time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)
)

// house is import and export over a real store.
type house struct {
	t     *testing.T
	dir   string
	store *sqlitestore.Store
	in    *intake.Service
	desk  *desk.Service
	site  intake.Site
	now   time.Time
}

func (h *house) Published(string) (*modeling.Compiled, error) { return h.site.Model, nil }

func open(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, dir: sqlitetest.Folder(t), now: now}
	store := sqlitetest.OpenIn(t, h.dir)
	model, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	h.store, h.site = store, intake.Site{Key: "s", Model: model, Answers: []string{"how_heard"}, Kinds: map[string]string{}}
	clock := func() time.Time { return h.now }
	h.in = intake.New(store, intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}, clock, func(string) {})
	h.desk = desk.New(store, h, clock, func(string) {})
	return h
}

// load imports a text and gives its results by row.
func (h *house) load(format transfer.Format, text string, change ...func(*transfer.Import)) (*transfer.Summary, map[int]*transfer.Result) {
	h.t.Helper()
	im := &transfer.Import{Into: h.in, Site: h.site, Name: "import", Format: format, Now: func() time.Time { return h.now }}
	for _, f := range change {
		f(im)
	}
	results, last := map[int]*transfer.Result{}, 0
	sum, err := im.Run(bg, strings.NewReader(text), func(r *transfer.Result) error {
		if r.Row <= last {
			h.t.Errorf("row %d comes after row %d", r.Row, last)
		}
		last, results[r.Row] = r.Row, r
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return sum, results
}

// leads gives all leads by mail address.
func (h *house) leads() map[string]*lead.Lead {
	h.t.Helper()
	all := map[string]*lead.Lead{}
	err := h.desk.Walk(bg, "s", desk.Query{}, func(l *lead.Lead, _ *desk.View) error {
		all[l.Field("email")] = l
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// feed gives what reps were told.
func (h *house) feed() int {
	h.t.Helper()
	entries, err := h.store.Feed(bg, "s", 0, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	return len(entries)
}
