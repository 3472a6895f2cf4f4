package catalog_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"go.uber.org/goleak"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/modeling"
	"assay/server/internal/sqlitestore"
	"assay/server/internal/sqlitetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a catalog over a real store, with a clock that tests move.
type world struct {
	*catalog.Catalog
	t     *testing.T
	store *sqlitestore.Store
	ahead atomic.Int64
}

func open(t *testing.T) *world {
	t.Helper()
	store := sqlitetest.Open(t)
	w := &world{t: t, store: store}
	w.Catalog = catalog.New(store, nil, func() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) })
	return w
}

func (w *world) later() { w.ahead.Add(int64(time.Minute)) }

// save stores a site that has published one of some sources.
func (w *world) save(key string, published []byte, retired ...[]byte) (version string) {
	w.t.Helper()
	s := &auth.Site{Key: key, Consent: auth.ConsentRequired, Forms: map[string]auth.Form{"f": {Kind: "demo"}}, Answers: []string{"plan"}, Models: map[string][]byte{}}
	for _, source := range append(retired, published) {
		c, err := modeling.Compile(source)
		if err != nil {
			w.t.Fatal(err)
		}
		s.Models[c.Version], s.Model = source, c.Version
	}
	if old, err := w.store.Site(w.t.Context(), key); err == nil {
		s.Rev = old.Rev
	}
	if err := w.store.SaveSite(w.t.Context(), s); err != nil {
		w.t.Fatal(err)
	}
	return s.Model
}

// published gives a site's published model, which must be there.
func (w *world) published(key string) *modeling.Compiled {
	w.t.Helper()
	m, err := w.Published(key)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

var (
	starter = modeling.StarterSource
	other   = bytes.Replace(starter, []byte(`"hand_raise_fit": 25`), []byte(`"hand_raise_fit": 30`), 1)
)

func TestASiteComesWithItsPublishedModel(t *testing.T) {
	w := open(t)
	version := w.save("s1", starter)
	s, err := w.Site(t.Context(), "s1")
	if err != nil {
		t.Fatal(err)
	}
	if s.Published.Version != version || s.Intake.Key != "s1" || !s.Intake.ConsentRequired || s.Intake.Kinds["f"] != "demo" ||
		s.Intake.Model != s.Published.Compiled || w.published("s1") != s.Published.Compiled {
		t.Errorf("got %+v", s)
	}
	_, err = w.Site(t.Context(), "nobody")
	m, perr := w.Published("nobody")
	if !errors.Is(err, auth.ErrNotFound) || !errors.Is(perr, auth.ErrNotFound) || m != nil {
		t.Errorf("an unknown site: %v and %v", err, perr)
	}
}

func TestAChangeIsSeenSoon(t *testing.T) {
	w := open(t)
	first := w.save("s1", starter)
	if w.published("s1").Version != first {
		t.Fatal("not published")
	}
	second := w.save("s1", other, starter)
	w.later()
	if got := w.published("s1").Version; got != second || got == first {
		t.Errorf("published %s, want %s", got, second)
	}
}

func TestAChangeOfThisProcessIsSeenAtOnce(t *testing.T) {
	w := open(t)
	w.save("s1", starter)
	w.published("s1")
	second := w.save("s1", other, starter)
	w.Forget("s1")
	if got := w.published("s1").Version; got != second {
		t.Errorf("published %s, want %s", got, second)
	}
}

// overtaken is a store in which a site changes right after it was read.
type overtaken struct {
	auth.Store
	change func()
}

func (s *overtaken) Site(ctx context.Context, key string) (*auth.Site, error) {
	site, err := s.Store.Site(ctx, key)
	if change := s.change; change != nil {
		s.change = nil
		change()
	}
	return site, err
}

// Whoever read a site while it was changed once had everybody go by what it was
// before, for two seconds.
func TestAChangeOfThisProcessIsSeenAtOnceByWhoeverReadsMeanwhile(t *testing.T) {
	w := open(t)
	w.save("s1", modeling.StarterSource)
	store := &overtaken{Store: w.store}
	c := catalog.New(store, nil, time.Now)
	for _, live := range []bool{true, false} { // the site's first read, and a later one
		store.change = func() {
			now, err := w.store.Site(t.Context(), "s1")
			if err != nil {
				t.Fatal(err)
			}
			now.Live = live
			if err := w.store.SaveSite(t.Context(), now); err != nil {
				t.Fatal(err)
			}
			c.Forget("s1")
		}
		if _, err := c.Site(t.Context(), "s1"); err != nil {
			t.Fatal(err)
		}
		if site, err := c.Site(t.Context(), "s1"); err != nil || site.Live != live {
			t.Errorf("live is %v, %v, want %v", site.Live, err, live)
		}
		c.Forget("s1")
	}
}

func TestModelsOfEverySiteAreServedRetiredOnesToo(t *testing.T) {
	w := open(t)
	published := w.save("s1", other, starter)
	retired, err := modeling.Compile(starter)
	if err != nil {
		t.Fatal(err)
	}
	for _, version := range []string{published, retired.Version} {
		m, err := w.Model(t.Context(), version)
		if err != nil {
			t.Fatal(err)
		}
		unzip, err := gzip.NewReader(bytes.NewReader(m.Gzip))
		if err != nil {
			t.Fatal(err)
		}
		for coding, r := range map[string]io.Reader{"br": brotli.NewReader(bytes.NewReader(m.Brotli)), "gzip": unzip} {
			if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, m.Bytes) {
				t.Errorf("%s in %s: %d bytes, %v", version, coding, len(body), err)
			}
		}
		t.Logf("%s: %d bytes, brotli %d, gzip %d", version, len(m.Bytes), len(m.Brotli), len(m.Gzip))
		if len(m.Brotli) > 1000 {
			t.Errorf("%d bytes in brotli, over the page's budget of 1,000", len(m.Brotli))
		}
	}
	if _, err := w.Model(t.Context(), "nothing"); !errors.Is(err, catalog.ErrModel) {
		t.Errorf("got %v", err)
	}
}

func TestASiteWhoseModelIsBrokenSaysSo(t *testing.T) {
	w := open(t)
	if err := w.store.SaveSite(t.Context(), &auth.Site{Key: "s1", Model: "x", Models: map[string][]byte{"x": []byte("{")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Site(t.Context(), "s1"); err == nil || !strings.Contains(err.Error(), "s1") {
		t.Errorf("got %v", err)
	}
}

func TestWhileTheStoreFailsTheKnownModelStands(t *testing.T) {
	w := open(t)
	version := w.save("s1", starter)
	if _, err := w.Site(context.Background(), "s1"); err != nil {
		t.Fatal(err)
	}
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	w.later()
	if got := w.published("s1").Version; got != version {
		t.Errorf("got %s, want %s", got, version)
	}
}

func TestAStoreThatFailsBeforeTheFirstReadIsAnError(t *testing.T) {
	w := open(t)
	w.save("s1", starter)
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	if c, err := w.Published("s1"); err == nil || errors.Is(err, auth.ErrNotFound) || c != nil {
		t.Errorf("got %v, %v", c, err)
	}
}
