package httpapi

import (
	"context"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/catalog"
	"assay/server/internal/install"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
)

// seenTime bounds how long a visitor's answer waits for what is told of their form
// while somebody listens.
const seenTime = time.Second

// getInstallSeen gives what the site's pages do while somebody listens: who asks
// without a cursor hears what comes from then on.
func (a *API) getInstallSeen(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	if !installs(who) {
		return forbidden("Only admins and marketers may listen to pages.")
	}
	q := &query{values: r.URL.Query()}
	after := q.number("after", 0, math.MaxInt64, -1)
	if err := a.soundQuery(q); err != nil {
		return err
	}
	seen, next := a.watch.Listen(who.Person.Site, after, a.now())
	if seen == nil {
		seen = []install.Seen{}
	}
	return writeJSON(w, http.StatusOK, list{seen, strconv.FormatInt(next, 10)})
}

// seenPage tells who listens that a page asked for a session.
func (a *API) seenPage(r *http.Request, site, code string) {
	if isTrial(r) {
		return
	}
	origin := r.Header.Get("Origin")
	origin = origin[:min(len(origin), maxForm)] // anybody may write one
	who := "A page of " + origin
	if origin == "" { // which browsers leave out where page and server are one
		who = "A page of this server, or a program,"
	}
	a.watch.Note(site, install.Seen{At: a.now().UTC(), Origin: origin}, code, who)
}

// seenTouch tells who listens what came of a touch, once it is done. That somebody
// is on a form, or left it, sends nothing: of that there is to tell only that it
// could not be read.
func (a *API) seenTouch(r *http.Request, site *catalog.Site, sub *intake.Submission, err error) {
	if isTrial(r) || !a.watch.Wants(site.Key, a.now()) {
		return
	}
	seen := install.Seen{At: a.now().UTC(), Origin: r.Header.Get("Origin")}
	switch {
	case err == nil && sub.Type != typeSubmit:
		return
	case err != nil:
		p := translate(err)
		if code := failedAs(sub.Type, p); code != "" {
			a.watch.Note(site.Key, seen, code, spelled(p))
		}
		return
	}
	seen.Form, seen.Fields = sub.Form, slices.Sorted(maps.Keys(sub.Profile))
	for _, name := range site.Answers {
		if sub.Answers[name] != "" {
			seen.Answers = append(seen.Answers, name)
		}
	}
	seen.Touch = sub.ID
	args := []any{sub.Form, install.Understood(append(slices.Clone(seen.Fields), seen.Answers...))}
	if sub.Profile["email"] == "" {
		a.watch.Note(site.Key, seen, "touch_nameless", args...)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), seenTime)
	defer cancel()
	touch, grade, err := a.touchOf(ctx, site, sub)
	if err != nil {
		return // it is stored, and what came of it is in the list of leads
	}
	seen.Page, seen.Kind, seen.Verdict, seen.Grade = touch.Page, touch.FormKind, string(touch.Verdict), grade
	code := "touch_" + seen.Verdict
	if touch.Verdict == lead.Unverified || touch.Verdict == lead.Suspect {
		args = append(args, doubts(touch.Findings))
	}
	a.watch.Note(site.Key, seen, code, args...)
}

// failedAs gives what a touch that failed is shown as: only a submit is a form that
// was sent. Of any other there is something to show where its members are wrong.
func failedAs(kind string, p *Problem) (code string) {
	switch {
	case kind == typeSubmit:
		return "touch_failed"
	case len(p.Errors) > 0:
		return "touch_unread"
	}
	return ""
}

// touchOf finds what a touch became, by its mail address.
func (a *API) touchOf(ctx context.Context, site *catalog.Site, sub *intake.Submission) (*lead.TouchRef, string, error) {
	id, err := a.Intake.LeadOf(ctx, site.Intake, sub.Profile["email"])
	if err != nil {
		return nil, "", err
	}
	d, err := a.Desk.Lead(ctx, site.Key, id)
	if err != nil {
		return nil, "", err
	}
	for i := range d.Touches {
		if d.Touches[i].ID == sub.ID {
			return &d.Touches[i], d.Grade, nil
		}
	}
	return nil, "", lead.ErrNotFound
}

// doubts writes findings as a sentence has them.
func doubts(findings []lead.Finding) string {
	var texts []string
	for _, f := range findings {
		texts = append(texts, strings.TrimSuffix(f.Text, "."))
	}
	if len(texts) == 0 {
		return "it came without any"
	}
	return strings.Join(texts, "; ")
}

// spelled writes a problem with the members that are wrong.
func spelled(p *Problem) string {
	text := p.Detail
	for _, f := range p.Errors {
		text += " " + f.Pointer + ": " + f.Detail + "."
	}
	return text
}
