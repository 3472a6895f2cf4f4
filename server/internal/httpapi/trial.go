package httpapi

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/install"
)

// Times of a test event: all of it, and how long its alert and its removal may
// take.
const (
	trialTime   = 20 * time.Second
	alertTime   = 10 * time.Second
	removalTime = 10 * time.Second
)

// postInstallTest sends a test event the way that a visitor's goes, says how it
// came through, and takes it away again.
func (a *API) postInstallTest(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	if !installs(who) {
		return forbidden("Only admins and marketers may send test events.")
	}
	m, err := a.callObject(w, r)
	if err != nil {
		return err
	}
	address := m.text("url", maxURL)
	page, err := install.CheckURL(address)
	if address != "" && err != nil {
		m.fault("url", "invalid_url", "%s", err)
	}
	if err := a.sound(m); err != nil {
		return err
	}
	if wait := a.trials.wait(who.Person.Site+"/"+who.Person.ID, a.now()); wait > 0 {
		return problem(http.StatusTooManyRequests, "rate_limited", "At most 10 test events a minute. Try again later.").after(wait)
	}
	site, err := a.Sites.Site(r.Context(), who.Person.Site)
	if err != nil {
		return err
	}
	if !a.trials.begin() {
		return problem(http.StatusServiceUnavailable, "busy", "Other test events are on their way. Try again.").after(2 * time.Second)
	}
	defer a.trials.end()
	origin := firstOrigin(site)
	if page != nil {
		origin = auth.BareOrigin(page.Scheme + "://" + page.Host)
	}
	return writeJSON(w, http.StatusOK, a.try(r.Context(), who, site, origin))
}

// installs reports whether somebody puts tags into pages.
func installs(who *auth.Identity) bool {
	return who.Person.Role == auth.Admin || who.Person.Role == auth.Marketer
}

// firstOrigin gives an origin whose pages a site lets send, or "" where there is
// none.
func firstOrigin(site *catalog.Site) string {
	if len(site.Origins) == 0 {
		return ""
	}
	return auth.BareOrigin(strings.TrimSuffix(site.Origins[0], ":*")) // any port: also that of the scheme
}

// try takes all steps of a test event, up to the first that fails, and removes
// what was stored whatever became of them, and whether or not somebody waits.
func (a *API) try(ctx context.Context, who *auth.Identity, site *catalog.Site, origin string) *install.Trial {
	token := strings.ToLower(rand.Text()[:12])
	t := &trial{API: a, who: who, site: site, token: token,
		report: &install.Trial{At: a.now().UTC(), Origin: origin, Email: install.TrialMail(token), Steps: []install.Step{}}}
	within, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	for _, step := range []struct {
		name string
		take func(context.Context) install.Outcome
	}{{"boot", t.boot}, {"session", t.believe}, {"touch", t.send}, {"lead", t.find}, {"alert", t.alert}} {
		if !t.take(within, step.name, step.take) {
			break
		}
	}
	last, done := context.WithTimeout(context.WithoutCancel(ctx), removalTime)
	defer done()
	t.take(last, "removal", t.remove)
	return t.report
}

func (t *trial) take(ctx context.Context, name string, step func(context.Context) install.Outcome) bool {
	begun := t.now()
	came := step(ctx)
	return t.report.Add(name, t.now().Sub(begun), came)
}
