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

// screenCSP is that of the screens, which nobody frames.
const screenCSP = csp + "frame-ancestors 'none'"

// screen serves the shell of the reps' and marketers' screens.
func (a *API) screen(w http.ResponseWriter, r *http.Request) error {
	return a.shell(w, r, screenCSP)
}

// nothing answers for an address that is none. Whoever looks at one in a browser
// gets the screen that says so and leads on, if it was built.
func (a *API) nothing(w http.ResponseWriter, r *http.Request) error {
	if a.files["app.html"] == nil || !looks(r) {
		return notFound()
	}
	policies(w.Header(), screenCSP)
	a.files["app.html"].stand(w, r, http.StatusNotFound)
	return nil
}

// looks reports whether somebody opens an address in a browser to look at it.
func looks(r *http.Request) bool {
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) && !strings.HasPrefix(r.URL.Path, "/v1/") &&
		strings.Contains(r.Header.Get("Accept"), "text/html")
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
	policies(w.Header(), policy)
	return a.file(w, r, "app.html")
}

// policies sets those of our screens.
func policies(h http.Header, csp string) {
	h.Set("Content-Security-Policy", csp)
	h.Set("Referrer-Policy", "same-origin")
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
		return a.noSite(w, r)
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", visitorCSP)
	return a.file(w, r, "privacy.html")
}

// noSite answers for a site that does not exist. Visitors who look at it in a
// browser are told so on a page, if it was built.
func (a *API) noSite(w http.ResponseWriter, r *http.Request) error {
	if a.files["nosite.html"] == nil || !looks(r) {
		return unknownSite()
	}
	w.Header().Set("Content-Security-Policy", visitorCSP)
	a.files["nosite.html"].stand(w, r, http.StatusNotFound)
	return nil
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
	if a.files[name] == nil {
		return a.nothing(w, r)
	}
	return a.file(w, r, name)
}
