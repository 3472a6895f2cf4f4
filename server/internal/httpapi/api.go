// Package httpapi is the HTTP side of the server: the routes of the contract,
// their limits, and the static files. It knows use cases and no store.
package httpapi

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/mux"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/desk"
	"assay/server/internal/install"
	"assay/server/internal/intake"
)

// Options is what the API works with. All of it must be set, but for Stream,
// Install, Metrics and Observe.
type Options struct {
	Auth    *auth.Service
	Sites   *catalog.Catalog
	Intake  *intake.Service
	Desk    *desk.Service
	Alerts  *alert.Service
	Install *install.Checker
	Stream  http.Handler // GET /v1/alerts/stream
	Files   fs.FS        // the web build
	Origins []string     // of our own screens
	Demo    bool         // serve the demo site
	Log     *slog.Logger
	Now     func() time.Time

	// Ready gives what keeps the server from serving, in one word, or nothing.
	Ready   func(ctx context.Context) (reason string)
	Metrics http.Handler // GET /metrics
	// Observe is told of each request: its method, its route's template, the
	// status of the answer, and how long it took.
	Observe       func(method, template string, status int, took time.Duration)
	MetricsPublic bool // /metrics answers more than this machine
	TrustProxy    bool // a near peer's X-Forwarded-For names the client
}

// API answers requests.
type API struct {
	Options
	Counters Counters

	log        *slog.Logger
	now        func() time.Time
	files      map[string]*asset
	engineURL  string
	router     *mux.Router
	limits     limits
	turnedAway tally     // 503s
	untrusted  sync.Once // it was logged that a proxy is not trusted
	importing  chan struct{}
	scripts    map[string]*asset // versions of the page's script, by hash
	checks     *checks
	trials     *checks
	watch      install.Watch
}

// New makes an API. It fails when the web build cannot be read.
func New(o Options) (*API, error) {
	a := &API{Options: o, log: o.Log, now: o.Now, limits: newLimits(), importing: make(chan struct{}, importsAtOnce), checks: newChecks(),
		trials: newChecks()}
	var err error
	if a.files, err = loadFiles(o.Files); err != nil {
		return nil, err
	}
	a.engineURL = engineOf(a.files)
	if o.Install != nil {
		a.scripts = scriptsOf(a.files["assay.js"], o.Install.Scripts())
		a.keepImports()
	}
	a.router = a.routes()
	return a, nil
}

// ServeHTTP implements http.Handler.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	a.router.ServeHTTP(w, r)
}

// secure sets what every answer has unless a route says otherwise: no sniffing,
// no framing, no embedding by other sites, no address told to others.
func secure(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
}

func (a *API) routes() *mux.Router {
	m := mux.NewRouter()
	m.NotFoundHandler = a.handle("any", "unknown", a.nothing)
	m.MethodNotAllowedHandler = a.handle("any", "unknown", a.methodNotAllowed)
	on := func(method, path string, h handler) {
		route := m.Handle(path, a.handle(method, path, h))
		if method == "GET" {
			route.Methods("GET", "HEAD")
		} else {
			route.Methods(method)
		}
	}

	on("GET", "/v1/sites/{key}/boot", a.getBoot)
	on("OPTIONS", "/v1/sites/{key}/boot", a.preflight)
	on("POST", "/v1/touches", a.postTouch)
	on("OPTIONS", "/v1/touches", a.preflight)

	on("POST", "/v1/session", a.own(a.postSession))
	on("GET", "/v1/session", a.person(a.getSession))
	on("DELETE", "/v1/session", a.own(a.deleteSession))
	a.leadRoutes(on)
	a.transferRoutes(on)
	a.installRoutes(on)
	a.siteRoutes(on)
	on("GET", "/v1/leaves", a.person(a.getLeaves))
	on("GET", "/v1/alerts", a.person(a.getAlerts))
	if a.Stream != nil {
		m.Handle("/v1/alerts/stream", a.Stream).Methods("GET")
	}

	on("GET", "/healthz", a.healthz)
	on("GET", "/readyz", a.readyz)
	if a.Metrics != nil {
		on("GET", "/metrics", a.metrics)
	}
	on("GET", "/openapi.json", description(openapiAsset))
	on("GET", "/asyncapi.json", description(asyncapiAsset))
	a.fileRoutes(func(path string, h handler) { on("GET", path, h) })
	if a.Demo {
		on("POST", "/demo/thanks/", a.demoPage)
	}
	return m
}

func (a *API) fileRoutes(get func(path string, h handler)) {
	get("/assay.js", a.shared)
	get("/engine/{file}", a.shared)
	get("/models/{version}.bin", a.model)
	get("/static/{path:.+}", a.static)
	get("/", a.screen)
	get("/feed", a.screen)
	get("/install", a.screen)
	get("/privacy/{key}", a.privacy)
	if a.Demo {
		get("/demo/live", a.live)
		get("/demo", a.demoPage)
		get("/demo/{path:.*}", a.demoPage)
	}
}

// methodNotAllowed says which methods an address takes.
func (a *API) methodNotAllowed(w http.ResponseWriter, r *http.Request) error {
	var allowed []string
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		var match mux.RouteMatch
		other := r.Clone(r.Context())
		other.Method = method
		if a.router.Match(other, &match) && match.MatchErr == nil {
			allowed = append(allowed, method)
		}
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	return problem(http.StatusMethodNotAllowed, "method_not_allowed", "This address does not take this method.")
}
