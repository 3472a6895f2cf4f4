// Package catalog holds sites as they are served: a site's settings with its
// published model compiled, and the models' bodies as they go over the wire.
package catalog

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/andybalholm/brotli"

	"assay/server/internal/auth"
	"assay/server/internal/intake"
	"assay/server/internal/modeling"
)

// fresh is how long a site is served without asking the store again. Another
// process, such as the command line, may have changed it meanwhile.
const fresh = 2 * time.Second

// ErrModel: no site has a model of this version.
var ErrModel = errors.New("catalog: no such model")

// Site is a site with what follows from its settings. Nobody changes one.
type Site struct {
	*auth.Site
	Published *Model
	Intake    intake.Site
}

// Model is a compiled model with its compressed bodies.
type Model struct {
	*modeling.Compiled
	Brotli, Gzip []byte
}

// Catalog gives sites by key and models by version.
type Catalog struct {
	store auth.Store
	lists modeling.MailLists
	now   func() time.Time

	mu     sync.Mutex
	sites  map[string]entry
	source map[[sha256.Size]byte]*Model // by the hash of the authored source
	models map[string]*Model            // by version
	swept  time.Time                    // when all models were last looked for
}

type entry struct {
	site    *Site // nil before it was first read
	until   time.Time
	changes int // that this process made
}

// New makes an empty catalog over a store. Its models know the mail domains of
// lists too, which may be nil.
func New(store auth.Store, lists modeling.MailLists, now func() time.Time) *Catalog {
	return &Catalog{store: store, lists: lists, now: now, sites: map[string]entry{},
		source: map[[sha256.Size]byte]*Model{}, models: map[string]*Model{}}
}

// Site gives a site: auth.ErrNotFound.
func (c *Catalog) Site(ctx context.Context, key string) (*Site, error) {
	c.mu.Lock()
	e, ok := c.sites[key]
	c.mu.Unlock()
	if ok && c.now().Before(e.until) {
		return e.site, nil
	}
	stored, err := c.store.Site(ctx, key)
	if err != nil {
		return nil, err
	}
	site, err := c.build(stored)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	until := c.now().Add(fresh)
	if c.sites[key].changes != e.changes { // while it was read: it may be as it was before
		until = time.Time{}
	}
	c.sites[key] = entry{site, until, c.sites[key].changes}
	return site, nil
}

// Forget has a site read again, since this process has changed it.
func (c *Catalog) Forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.sites[key]
	c.sites[key] = entry{site: e.site, changes: e.changes + 1} // the site is what Published falls back on
}

// Published gives a site's published model: auth.ErrNotFound. While the store
// fails it is the one known before, and an error when none is known.
func (c *Catalog) Published(key string) (*modeling.Compiled, error) {
	site, err := c.Site(context.Background(), key)
	if err != nil && !errors.Is(err, auth.ErrNotFound) {
		c.mu.Lock()
		site = c.sites[key].site
		c.mu.Unlock()
	}
	if site == nil {
		return nil, err
	}
	return site.Published.Compiled, nil
}

// Model gives a model that some site has published or has retired: ErrModel.
func (c *Catalog) Model(ctx context.Context, version string) (*Model, error) {
	c.mu.Lock()
	m := c.models[version]
	sweep := m == nil && c.now().Sub(c.swept) >= fresh
	if sweep {
		c.swept = c.now()
	}
	c.mu.Unlock()
	if sweep {
		if err := c.sweep(ctx); err != nil {
			return nil, err
		}
		c.mu.Lock()
		m = c.models[version]
		c.mu.Unlock()
	}
	if m == nil {
		return nil, ErrModel
	}
	return m, nil
}

// sweep compiles every site's models: a page may ask for one of an earlier
// visit before anybody has asked for its site.
func (c *Catalog) sweep(ctx context.Context) error {
	keys, err := c.store.Sites(ctx)
	if err != nil {
		return err
	}
	for _, key := range keys {
		site, err := c.store.Site(ctx, key)
		if err != nil {
			return err
		}
		for _, version := range slices.Sorted(maps.Keys(site.Models)) {
			// A retired model that this release no longer takes is not served.
			_, _ = c.compile(site.Models[version])
		}
	}
	return nil
}

func (c *Catalog) build(s *auth.Site) (*Site, error) {
	shared, err := c.compile(s.Models[s.Model])
	if err != nil {
		return nil, fmt.Errorf("site %s: published model %q: %w", s.Key, s.Model, err)
	}
	m := &Model{shared.For(routing(&s.Routing)), shared.Brotli, shared.Gzip}
	kinds := make(map[string]string, len(s.Forms))
	for name, form := range s.Forms {
		kinds[name] = form.Kind
	}
	return &Site{Site: s, Published: m, Intake: intake.Site{
		Key: s.Key, AllowAutomation: s.AllowAutomation, Live: s.Live, Leave: s.Leave, Kinds: kinds, Model: m.Compiled,
		ConsentRequired: s.Consent != auth.ConsentNotRequired, Answers: s.Answers,
	}}, nil
}

// compile gives the model of an authored source, compressed once.
func (c *Catalog) compile(source []byte) (*Model, error) {
	key := sha256.Sum256(source)
	c.mu.Lock()
	m := c.source[key]
	c.mu.Unlock()
	if m != nil {
		return m, nil
	}
	compiled, err := modeling.Compile(source)
	if err != nil {
		return nil, err
	}
	compiled.UseLists(c.lists)
	m = &Model{Compiled: compiled}
	if m.Brotli, m.Gzip, err = compress(compiled.Bytes); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.source[key] = m
	c.models[compiled.Version] = m
	return m, nil
}

// compress gives a body as small as brotli and gzip make it.
func compress(body []byte) (br, gz []byte, err error) {
	var b, g bytes.Buffer
	bw := brotli.NewWriterLevel(&b, brotli.BestCompression)
	gw, _ := gzip.NewWriterLevel(&g, gzip.BestCompression) // a known level cannot fail
	for _, w := range []io.WriteCloser{bw, gw} {
		_, werr := w.Write(body)
		err = errors.Join(err, werr, w.Close())
	}
	return b.Bytes(), g.Bytes(), err
}
