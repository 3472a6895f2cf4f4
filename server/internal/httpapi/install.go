package httpapi

import (
	"bytes"
	"errors"
	"net/http"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/gorilla/mux"

	"assay/server/internal/auth"
	"assay/server/internal/install"
)

// installRoutes are those of whoever puts the tag into pages.
func (a *API) installRoutes(on func(method, path string, h handler)) {
	on("GET", "/v1/install", a.person(a.getInstall))
	on("POST", "/v1/install/check", a.own(a.person(a.postInstallCheck)))
	on("POST", "/v1/install/test", a.own(a.person(a.postInstallTest)))
	on("GET", "/v1/install/seen", a.person(a.getInstallSeen))
	on("GET", "/assay/{hash:[0-9a-f]{16}}.js", a.pinnedScript)
}

// getInstall gives the tags of the person's site.
func (a *API) getInstall(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	if a.scripts == nil {
		return notBuilt()
	}
	return writeJSON(w, http.StatusOK, a.Install.Tags(who.Person.Site))
}

// postInstallCheck fetches a page and says how it has the site's tag in it.
func (a *API) postInstallCheck(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	if !installs(who) {
		return forbidden("Only admins and marketers may have pages checked.")
	}
	m, err := a.callObject(w, r)
	if err != nil {
		return err
	}
	address := m.required("url", maxURL)
	if _, err := install.CheckURL(address); address != "" && err != nil {
		m.fault("url", "invalid_url", "%s", err)
	}
	if err := a.sound(m); err != nil {
		return err
	}
	if wait := a.checks.wait(who.Person.Site+"/"+who.Person.ID, a.now()); wait > 0 {
		return problem(http.StatusTooManyRequests, "rate_limited", "At most 10 checks a minute. Try again later.").after(wait)
	}
	site, err := a.Sites.Site(r.Context(), who.Person.Site)
	if err != nil {
		return err
	}
	if !a.checks.begin() {
		return problem(http.StatusServiceUnavailable, "busy", "Other pages are being checked. Try again.").after(2 * time.Second)
	}
	defer a.checks.end()
	report, err := a.Install.Check(r.Context(), site.Site, address)
	if errors.Is(err, install.ErrNotBuilt) {
		return notBuilt()
	}
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, report)
}

func notBuilt() *Problem {
	return problem(http.StatusServiceUnavailable, "not_built", "The page's script is not part of this build: run make build.")
}

// pinnedScript serves the script under the name of its content, for tags that
// tell its hash: browsers check one of another origin only when that may be read.
func (a *API) pinnedScript(w http.ResponseWriter, r *http.Request) error {
	crossOrigin(w)
	w.Header().Set("Access-Control-Allow-Origin", "*")
	script := a.scripts[mux.Vars(r)["hash"]]
	if script == nil {
		return notFound()
	}
	script.serve(w, r)
	return nil
}

// keepImports serves what earlier versions of the script import where those look for
// it: under the first half of the name of its content.
func (a *API) keepImports() {
	for hash, script := range a.scripts {
		name := "engine/" + hash[:8] + ".js"
		if a.files[name] == nil {
			a.files[name] = script
		}
	}
}

// scriptsOf gives the versions of the page's script that pages may be pinned to,
// by the hash in their names: nil in a build without one.
func scriptsOf(rolling *asset, versions map[string][]byte) map[string]*asset {
	if rolling == nil {
		return nil
	}
	out := make(map[string]*asset, len(versions))
	for hash, plain := range versions {
		var br bytes.Buffer
		w := brotli.NewWriterLevel(&br, brotli.BestCompression)
		_, _ = w.Write(plain) // into memory
		_ = w.Close()
		out[hash] = newAsset(rolling.contentType, immutable, plain, br.Bytes(), nil)
	}
	return out
}
