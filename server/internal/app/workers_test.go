package app

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/demo"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/sqlitetest"
)

// writes is a log that ends the work once it holds a line.
type writes struct {
	bytes.Buffer
	end func()
}

func (w *writes) Write(b []byte) (int, error) {
	defer w.end()
	return w.Buffer.Write(b)
}

// Without a store every round panics.
func TestAPanicEndsOneRoundOfTheWorkerAlone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	log := &writes{end: cancel}
	a := &App{}
	if err := a.recoverOnce(ctx); err == nil || !strings.Contains(err.Error(), "workers.go") {
		t.Errorf("got %v, want an error with the stack", err)
	}
	a.log = slog.New(slog.NewTextHandler(log, nil))
	a.recoverTouches(ctx) // returns once its context is done
	if !strings.Contains(log.String(), "panic: ") {
		t.Errorf("logged %q", log)
	}
}

func TestWhatFailsInOneSiteStopsNeitherItsNextStepNorAnotherSite(t *testing.T) {
	ctx := t.Context()
	store := sqlitetest.Open(t)
	if _, err := demo.Ensure(ctx, store, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-time.Hour)
	err := store.Update(ctx, demo.Key, func(tx lead.Tx) error {
		_, err := tx.InsertTouch(&lead.Touch{ID: "broken", Received: long, Verdict: lead.Verified,
			Visits: []lead.Visit{{Session: "s", Start: 1 << 62}}}) // no engine can hold it
		if err != nil {
			return err
		}
		due := lead.New(demo.Key, "due", long)
		due.NextChange = long
		return tx.SaveLead(due)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.SaveLeave(ctx, demo.Key, &lead.Leave{ID: "old", Received: time.Now().Add(-lead.LeaveLife - time.Hour)}, 1); err != nil {
		t.Fatal(err)
	}
	if err := store.SaveSite(ctx, &auth.Site{Key: "a site without a model"}); err != nil {
		t.Fatal(err)
	}
	lists, err := mailLists()
	if err != nil {
		t.Fatal(err)
	}
	keys := intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}
	a := &App{store: store, log: slog.New(slog.DiscardHandler), sites: catalog.New(store, lists, time.Now),
		intake: intake.New(store, keys, time.Now, func(string) {})}
	err = a.recoverOnce(ctx)
	for _, site := range []string{"a site without a model", demo.Key} {
		if err == nil || !strings.Contains(err.Error(), "site "+site+": ") {
			t.Errorf("%v does not tell of %s", err, site)
		}
	}
	if l, err := store.Lead(ctx, demo.Key, "due"); err != nil || l.Rev != 2 {
		t.Errorf("the lead that was due is at rev %d, %v", l.Rev, err)
	}
	if left, err := store.Leaves(ctx, demo.Key, intake.LeavePlace{}, 1); err != nil || len(left) != 0 {
		t.Errorf("a form left too long ago is still there: %+v, %v", left, err)
	}
}

// slow is a store in which recovering a site takes longer than a worker may.
type slow struct {
	store
	recovery *pulse
}

func (s slow) Unapplied(ctx context.Context, site string, before time.Time, limit int) ([]*lead.Touch, error) {
	s.recovery.at.Store(new(time.Time))
	return s.store.Unapplied(ctx, site, before, limit)
}

// A round over many sites once looked like a worker that hangs.
func TestRecoveryComesRoundAtEachSite(t *testing.T) {
	s := sqlitetest.Open(t)
	if _, err := demo.Ensure(t.Context(), s, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	lists, err := mailLists()
	if err != nil {
		t.Fatal(err)
	}
	a := &App{store: s, log: slog.New(slog.DiscardHandler), sites: catalog.New(s, lists, time.Now)}
	keys := intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)}
	a.intake = intake.New(slow{s, &a.recovery}, keys, time.Now, func(string) {})
	if err := a.recoverOnce(t.Context()); err != nil || a.recovery.still() {
		t.Errorf("after the last site it still stands still: %v, %v", a.recovery.still(), err)
	}
}
