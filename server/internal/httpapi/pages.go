package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"assay/server/internal/auth"
)

// csp is the policy of all pages: nothing but our own files, and no inline code.
const csp = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; " +
	"img-src 'self' data:; form-action 'self'; base-uri 'none'; "

// screen serves the shell of the reps' and marketers' screens.
func (a *API) screen(w http.ResponseWriter, r *http.Request) error {
	return a.shell(w, r, csp+"frame-ancestors 'none'")
}

// live serves the shell for the demo's side-by-side view, which frames a page
// of the demo site.
func (a *API) live(w http.ResponseWriter, r *http.Request) error {
	return a.shell(w, r, csp+"frame-src 'self'; frame-ancestors 'none'")
}

func (a *API) shell(w http.ResponseWriter, r *http.Request, policy string) error {
	if a.files["app.html"] == nil {
		return problem(http.StatusServiceUnavailable, "not_built", "The screens are not part of this build: run make build.")
	}
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Referrer-Policy", "same-origin")
	return a.file(w, r, "app.html")
}

// visitorCSP is the policy of the page for visitors: it shows what another
// site's page tells it, so nothing but its own script runs, nothing is fetched,
// and nobody frames it.
const visitorCSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// privacy serves the page where visitors see how they are rated and what their
// browser holds, for a site that exists. It has no Cross-Origin-Opener-Policy:
// it asks the page that opened it, and would be cut off from it.
func (a *API) privacy(w http.ResponseWriter, r *http.Request) error {
	_, err := a.Sites.Site(r.Context(), mux.Vars(r)["key"])
	if errors.Is(err, auth.ErrNotFound) {
		return unknownSite()
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", visitorCSP)
	return a.file(w, r, "privacy.html")
}

// demoPage serves the demo site, which may be framed by our own screens alone.
// A form's post gets the page that it leads to; its body is not looked at.
func (a *API) demoPage(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Content-Security-Policy", csp+"frame-ancestors 'self'")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	name := strings.TrimPrefix(r.URL.Path, "/")
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if a.files[name] == nil && a.files[name+"/index.html"] != nil {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusPermanentRedirect)
		return nil
	}
	return a.file(w, r, name)
}
