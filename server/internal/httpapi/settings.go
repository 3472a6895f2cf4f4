package httpapi

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gorilla/mux"

	"assay/server/internal/auth"
)

// SiteView is a site as people see it and set it: with every member, so that
// what was read can be changed and sent back.
type SiteView struct {
	Key             string               `json:"key"`
	Rev             int64                `json:"rev"` // what a change of it must name
	Name            string               `json:"name"`
	Origins         []string             `json:"origins"`
	Consent         string               `json:"consent"`
	AllowAutomation bool                 `json:"allow_automation"`
	Live            bool                 `json:"live"`
	Leave           bool                 `json:"leave"`
	Forms           map[string]auth.Form `json:"forms"`
	Pages           []auth.PageRule      `json:"pages"`
	Answers         []string             `json:"answers"`
	Panel           panelView            `json:"panel"`
	Routing         routingView          `json:"routing"`
	Model           string               `json:"model"` // published; set by publishing another
}

type panelView struct {
	On         bool     `json:"on"`
	BookingURL string   `json:"booking_url"`
	Ask        []string `json:"ask"`
}

type routingView struct {
	EverybodyAfter int         `json:"everybody_after"`
	AdminsAfter    int         `json:"admins_after"`
	Hours          *auth.Hours `json:"hours"` // null: at all times
}

// ViewSite shows a site to its people.
func ViewSite(s *auth.Site) *SiteView {
	v := &SiteView{Key: s.Key, Rev: s.Rev, Name: s.Name, Origins: append([]string{}, s.Origins...), Consent: s.Consent,
		AllowAutomation: s.AllowAutomation, Live: s.Live, Leave: s.Leave, Forms: s.Forms, Pages: append([]auth.PageRule{}, s.Pages...),
		Answers: append([]string{}, s.Answers...),
		Panel:   panelView{s.Panel.On, s.Panel.BookingURL, append([]string{}, s.Panel.Ask...)}, Routing: routingView{s.Routing.EverybodyAfter, s.Routing.AdminsAfter, nil}, Model: s.Model}
	if v.Forms == nil {
		v.Forms = map[string]auth.Form{}
	}
	if !s.Routing.Hours.IsZero() {
		v.Routing.Hours = &s.Routing.Hours
	}
	return v
}

// siteRoutes are those of a site's settings.
func (a *API) siteRoutes(on func(method, path string, h handler)) {
	on("GET", "/v1/sites/{key}", a.person(a.getSite))
	on("PUT", "/v1/sites/{key}", a.own(a.person(a.putSite)))
}

// ownSite gives the key in the path where it is that of the person's own site.
// Of others nobody hears whether they exist.
func ownSite(r *http.Request, who *auth.Identity) (string, error) {
	key := mux.Vars(r)["key"]
	if key != who.Person.Site {
		return "", unknownSite()
	}
	return key, nil
}

func unknownSite() *Problem {
	return problem(http.StatusNotFound, "unknown_site", "There is no site with this key.")
}

func (a *API) getSite(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	key, err := ownSite(r, who)
	if err != nil {
		return err
	}
	if who.Person.Role != auth.Admin && who.Person.Role != auth.Marketer {
		return forbidden("Only admins and marketers may see the settings.")
	}
	site, err := a.Auth.Site(r.Context(), key)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, ViewSite(site))
}

// putSite replaces the settings as a whole. Whoever read them before somebody
// else's change is a 409 with the settings as they are now.
func (a *API) putSite(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	key, err := ownSite(r, who)
	if err != nil {
		return err
	}
	if who.Person.Role != auth.Admin {
		return forbidden("Only an admin may change the settings.")
	}
	body, err := readBody(w, r, "application/json")
	if err != nil {
		return err
	}
	settings, unknown, err := ReadSettings(key, body)
	a.Counters.UnknownMembers.Add(int64(unknown))
	if err != nil {
		return err
	}
	now, changed, err := a.Auth.SetSite(r.Context(), settings)
	if errors.Is(err, auth.ErrChanged) {
		p := problem(http.StatusConflict, "settings_changed", "Somebody has changed the settings since: nothing was changed. Look at them as they are, and send yours with their rev.")
		p.Site = ViewSite(now)
		return p
	}
	if err != nil {
		return err
	}
	if len(changed) > 0 {
		a.Sites.Forget(key)
		a.log.LogAttrs(r.Context(), slog.LevelInfo, "settings were changed", slog.String("site", key), slog.String("by", who.Person.ID),
			slog.Int64("rev", now.Rev), slog.String("changed", strings.Join(changed, ",")))
	}
	return writeJSON(w, http.StatusOK, ViewSite(now))
}
