// Package app wires the server together: it opens everything, runs it, and
// closes it in an order that loses nothing.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/config"
	"assay/server/internal/demo"
	"assay/server/internal/desk"
	"assay/server/internal/httpapi"
	"assay/server/internal/intake"
	"assay/server/internal/metrics"
	"assay/server/internal/wsapi"
	"assay/web"
)

// drainWithin bounds how long a shutdown waits for requests and sockets.
const drainWithin = 10 * time.Second

// App is a server that listens. Open makes one, Run serves, Close ends it.
type App struct {
	// URL is the address that browsers use.
	URL string
	// Addr is the address that the server listens on.
	Addr string
	// Demo holds the demo's sign-ins, or nil.
	Demo *demo.Accounts
	// Link signs in once, on the demo's side-by-side view; empty without demo.
	Link string

	log      *slog.Logger
	store    store
	sites    *catalog.Catalog
	auth     *auth.Service
	alerts   *alert.Service
	intake   *intake.Service
	stream   *wsapi.Handler
	server   *http.Server
	listener net.Listener
	ready    atomic.Bool
	recovery pulse // of recoverTouches
	dispatch pulse // of the alert service
	metrics  *metrics.Registry
	workers  context.CancelFunc
	working  sync.WaitGroup
}

// Open listens and makes everything ready to run. Until Run, connections wait.
func Open(ctx context.Context, c *config.Config, log *slog.Logger) (_ *App, err error) {
	a := &App{log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.release())
		}
	}()
	if a.listener, err = net.Listen("tcp", c.Addr); errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program listens on %s: stop it, or give another port by -addr or ASSAY_ADDR, such as ASSAY_ADDR=127.0.0.1:0 for a free one: %w", c.Addr, err)
	} else if err != nil {
		return nil, err
	}
	a.Addr = a.listener.Addr().String()
	a.URL = auth.BareOrigin(c.PublicURL)
	if a.URL == "" {
		a.URL = auth.BareOrigin("http://" + reachable(a.Addr))
	}
	loaded, err := serverKeys(c, true)
	if err != nil {
		return nil, err
	}
	keys := intake.Keys{Session: loaded.Session, Identity: loaded.Identity}
	if a.store, err = openStore(ctx, c, loaded, true); err != nil {
		a.store = nil // and no nil within an interface
		return nil, err
	}
	return a, a.wire(ctx, c, keys)
}

// wire makes the services, each knowing only what it uses.
func (a *App) wire(ctx context.Context, c *config.Config, keys intake.Keys) (err error) {
	own := auth.OwnOrigins(a.URL, c.PublicURL == "")
	lists, err := mailLists()
	if err != nil {
		return err
	}
	a.sites = catalog.New(a.store, lists, time.Now)
	a.auth = auth.New(a.store, secure(a.URL), time.Now)
	a.alerts = alert.New(asked{a.store, &a.dispatch}, a.auth, a.log)
	a.intake = intake.New(a.store, keys, time.Now, a.alerts.Kick)
	leads := desk.New(a.store, a.sites, time.Now, a.alerts.Kick)
	a.stream = wsapi.New(wsapi.Options{Auth: a.auth, Alerts: a.alerts, Desk: leads, Origins: own, Log: a.log, Now: time.Now})
	a.metrics = metrics.New(Version())
	checker, err := installer(a.URL, c.Demo, storeFolder(c))
	if err != nil {
		return err
	}
	api, err := httpapi.New(httpapi.Options{Auth: a.auth, Sites: a.sites, Intake: a.intake, Desk: leads, Alerts: a.alerts, Install: checker,
		Stream: a.stream, Files: web.Dist(), Origins: own, Demo: c.Demo, Log: a.log, Now: time.Now,
		Ready: a.inTheWay, Metrics: a.metrics.Handler(a.log), Observe: a.metrics.Observe, MetricsPublic: c.MetricsPublic, TrustProxy: c.TrustProxy})
	if err != nil {
		return err
	}
	a.expose(api)
	a.server = &http.Server{
		Handler: api, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 120 * time.Second, MaxHeaderBytes: 16 << 10,
	}
	if !c.Demo {
		return nil
	}
	if a.Demo, err = demo.Ensure(ctx, a.store, demo.Options{Origins: own, Password: c.DemoPassword}); err != nil {
		return err
	}
	if err = a.addSamples(ctx, keys, c.DemoSamples); err != nil {
		return err
	}
	guide := a.Demo.Find(demo.Guide)
	a.Link = a.URL + "/demo/live#open=" + a.auth.Link(guide.Site, guide.ID)
	return nil
}

// Run serves until the context is done, and then drains. It must be called
// once, and Close after it.
func (a *App) Run(ctx context.Context) error {
	tune()
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	a.workers = cancel
	a.dispatch.beat()
	a.recovery.beat()
	a.working.Go(func() { a.alerts.Run(working) })
	a.working.Go(func() { a.recoverTouches(working) })
	a.ready.Store(true)
	failed := make(chan error, 1)
	go func() { failed <- a.server.Serve(a.listener) }()
	a.log.Info("serving", "addr", a.Addr, "url", a.URL)
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	a.log.Info("draining")
	return a.drain()
}

// drain lets go in the order in which nothing is lost: no new work, then the
// work in hand, then those who listen, then those who deliver.
func (a *App) drain() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainWithin)
	defer cancel()
	a.ready.Store(false)
	a.stream.Refuse()
	err := a.server.Shutdown(ctx)
	a.alerts.Shutdown()
	err = errors.Join(err, a.stream.Wait(ctx))
	if errors.Is(err, context.DeadlineExceeded) {
		a.log.Warn("some connections did not end in time and are cut off")
		err = nil
	}
	return err
}

// Close stops what still works and closes the store.
func (a *App) Close() error {
	if a.workers != nil {
		a.workers()
		a.working.Wait()
	}
	return a.release()
}

// release gives back what Open took.
func (a *App) release() error {
	var err error
	if a.server != nil {
		err = ignore(a.server.Close(), net.ErrClosed)
	}
	if a.listener != nil {
		err = errors.Join(err, ignore(a.listener.Close(), net.ErrClosed))
	}
	if a.store != nil {
		err = errors.Join(err, a.store.Close())
	}
	return err
}

func ignore(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

// PrintDemo writes the one-time link first, and then everything else that one
// needs to look around.
func (a *App) PrintDemo(w io.Writer) error {
	if a.Demo == nil {
		return nil
	}
	_, err := fmt.Fprintf(w, "Open the demo, signed in: %s\n(the link works once, within an hour)\n\nDemo site   %s/demo/\nReps' feed  %s/feed\n\nSign in at %s/ as\n",
		a.Link, a.URL, a.URL, a.URL)
	for _, p := range a.Demo.People {
		_, perr := fmt.Fprintf(w, "  %-20s %s\n", p.Email, a.Demo.Password)
		err = errors.Join(err, perr)
	}
	return err
}
