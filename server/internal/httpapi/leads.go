package httpapi

import (
	"net/http"

	"assay/server/internal/auth"
	"assay/server/internal/desk"
)

const (
	maxPage     = 200 // items of a list's page
	defaultPage = 50
)

// list is a page of anything.
type list struct {
	Items any    `json:"items"`
	Next  string `json:"next_cursor"` // empty on the last page
}

// leadRoutes are those of leads.
func (a *API) leadRoutes(on func(method, path string, h handler)) {
	on("GET", "/v1/leads", a.person(a.getLeads))
	on("POST", "/v1/leads", a.own(a.person(a.postLead)))
	on("GET", "/v1/leads/{id}", a.person(a.getLead))
	on("PATCH", "/v1/leads/{id}", a.own(a.person(a.patchLead)))
	on("POST", "/v1/leads/{id}/actions", a.own(a.person(a.postAction)))
	on("DELETE", "/v1/samples", a.own(a.person(a.deleteSamples)))
}

func (a *API) getLeads(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	q := &query{values: r.URL.Query()}
	want := q.filters()
	want.Sort, want.Cursor = q.one("sort", "last_seen", "priority"), q.text("cursor", 1000)
	want.Limit = int(q.number("limit", 1, maxPage, defaultPage))
	if err := a.soundQuery(q); err != nil {
		return err
	}
	views, next, err := a.Desk.Leads(r.Context(), who.Person.Site, want)
	if err != nil {
		return err
	}
	for i := range views {
		a.name(r, who, &views[i])
	}
	return writeJSON(w, http.StatusOK, list{views, next})
}

func (a *API) getLead(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	d, err := a.Desk.Lead(r.Context(), who.Person.Site, leadID(r))
	if err != nil {
		return err
	}
	a.name(r, who, &d.View)
	for i := range d.CompanyLeads {
		c := &d.CompanyLeads[i]
		c.OwnerName = a.Auth.PersonName(r.Context(), who.Person.Site, c.Owner)
	}
	return writeJSON(w, http.StatusOK, d)
}

func (a *API) deleteSamples(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	if !who.Person.Role.MayWork() {
		return forbidden("Your role reads only.")
	}
	n, err := a.Desk.DeleteSamples(r.Context(), who.Person.Site)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]int{"deleted": n})
}

// name fills in who has a lead.
func (a *API) name(r *http.Request, who *auth.Identity, v *desk.View) {
	v.OwnerName = a.Auth.PersonName(r.Context(), who.Person.Site, v.Owner)
}

// grade reads a cell or a letter.
func (q *query) grade(name string) string {
	s := q.text(name, maxID)
	if s != "" && !desk.IsGrade(s) {
		q.fault(name, "unknown_value", "want %s", desk.GradeWords)
		return ""
	}
	return s
}

func (q *query) flag(name string) *bool {
	switch q.one(name, "true", "false") {
	case "true":
		return new(true)
	case "false":
		return new(false)
	}
	return nil
}
