package httpapi

import (
	"context"
	"errors"
	"net/http"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/intake"
)

// acceptTime bounds how long a touch may wait for the store.
const acceptTime = 10 * time.Second

// postTouch takes a touch in, or counts why not.
func (a *API) postTouch(w http.ResponseWriter, r *http.Request) error {
	err := a.takeTouch(w, r)
	if err != nil {
		a.Counters.TouchesRefused.add(translate(err).Code)
	}
	return err
}

// takeTouch answers once a touch is durable.
func (a *API) takeTouch(w http.ResponseWriter, r *http.Request) (err error) {
	crossOrigin(w)
	allow(w, r) // until the site is known: so that a page can tell its own fault from the network's
	program, err := a.program(r)
	if err != nil {
		return err
	}
	if program == nil {
		err = a.limited(a.limits.touches, r)
	}
	if err != nil {
		return err
	}
	body, err := readBody(w, r, "application/json", "text/plain")
	if err != nil {
		return err
	}
	m, err := parseObject(body)
	if err != nil {
		return err
	}
	key := m.required("site", maxID)
	if len(m.faults.list) > 0 {
		return invalidTouch(m.faults.list...)
	}
	if program != nil && program.Site != key {
		return problem(http.StatusNotFound, "unknown_site", "There is no site with this key for this token.")
	}
	site, err := a.siteFor(w, r, key)
	if err != nil {
		return err
	}
	sub, unknown, err := decodeTouch(m, a.now())
	defer func() { a.seenTouch(r, site, sub, err) }()
	a.Counters.UnknownMembers.Add(int64(unknown))
	if err != nil {
		return err
	}
	sub.Sample = isTrial(r)
	if optedOut(r) {
		sub.Consent = new(bool)
	}
	if program == nil {
		err = a.limitedMore(r, site.Intake, sub)
	}
	if err != nil {
		return err
	}
	// A page that submits goes away at once; its touch is kept nevertheless.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), acceptTime)
	defer cancel()
	if err := a.accept(ctx, site, sub); err != nil {
		return err
	}
	return writeJSON(w, http.StatusAccepted, struct {
		ID       string `json:"id"`
		Accepted bool   `json:"accepted"`
	}{sub.ID, true})
}

// optedOut reports whether a browser says, by Global Privacy Control or Do Not
// Track, that its visitor wants not to be followed, which outranks what a page
// says of consent.
func optedOut(r *http.Request) bool {
	return r.Header.Get("Sec-GPC") == "1" || r.Header.Get("DNT") == "1"
}

// accept hands a touch on. That somebody is on a form now is no record: its
// answer promises no durability. That somebody left one is a record of its own.
func (a *API) accept(ctx context.Context, site *catalog.Site, sub *intake.Submission) error {
	switch sub.Type {
	case typeLive:
		return a.Intake.Live(ctx, site.Intake, sub)
	case typeLeave:
		return a.Intake.Leave(ctx, site.Intake, sub)
	}
	if err := a.Intake.Accept(ctx, site.Intake, sub); err != nil {
		return err
	}
	a.Counters.TouchesAccepted.Add(1)
	return nil
}

// siteFor gives a site, if the page that asks may ask for it. A program sends no
// Origin and may.
func (a *API) siteFor(w http.ResponseWriter, r *http.Request, key string) (*catalog.Site, error) {
	site, err := a.Sites.Site(r.Context(), key)
	if errors.Is(err, auth.ErrNotFound) {
		return nil, unknownSite()
	}
	if err != nil {
		return nil, err
	}
	origin := r.Header.Get("Origin")
	if origin != "" && !auth.AllowsOrigin(site.Origins, origin) {
		a.Counters.OriginsRefused.Add(1)
		w.Header().Del("Access-Control-Allow-Origin")
		a.seenPage(r, key, "page_turned_away")
		return nil, problem(http.StatusForbidden, "origin_not_allowed", "This page's origin is not among those of the site.")
	}
	allow(w, r)
	return site, nil
}

// allow lets the asking page read the answer.
func allow(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Origin")
	if origin := r.Header.Get("Origin"); origin != "" {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}

// crossOrigin lets pages of other sites embed or fetch an answer.
func crossOrigin(w http.ResponseWriter) {
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// preflight answers a browser's question before it sends JSON or asks for boot.
// It tells nothing of any site; the call itself is held to the site's origins.
func (a *API) preflight(w http.ResponseWriter, r *http.Request) error {
	allow(w, r)
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, POST")
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
	return nil
}
