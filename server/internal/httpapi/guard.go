package httpapi

import (
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"assay/server/internal/auth"
)

// personHandler answers a signed-in person.
type personHandler func(w http.ResponseWriter, r *http.Request, who *auth.Identity) error

// person lets only signed-in people and programs with a token through.
func (a *API) person(h personHandler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Vary", "Authorization, Cookie")
		who, err := a.Auth.Identify(r)
		if err != nil {
			return err
		}
		return h(w, r, who)
	}
}

// own refuses calls that change something when another site's page makes them:
// a browser sends the cookie along, and the Origin, too. A token it never sends
// by itself, and beside one no cookie counts.
func (a *API) own(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		origin, fetchSite := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
		foreign := origin != "" && !slices.Contains(a.Origins, origin) ||
			origin == "" && fetchSite != "" && fetchSite != "same-origin" && fetchSite != "none"
		if foreign && !auth.HasToken(r) {
			a.Counters.OriginsRefused.Add(1)
			return problem(http.StatusForbidden, "origin_not_allowed", "Only our own screens and programs may call this.")
		}
		return h(w, r)
	}
}

// callObject reads the JSON object that a cookie call carries. text/plain is
// refused: other sites' pages could send it without asking.
func (a *API) callObject(w http.ResponseWriter, r *http.Request) (*members, error) {
	body, err := readBody(w, r, "application/json")
	if err != nil {
		return nil, err
	}
	return parseObject(body)
}

// sound fails when members of a call are wrong, and counts those that mean
// nothing.
func (a *API) sound(m *members) error {
	a.Counters.UnknownMembers.Add(int64(m.unknown()))
	if len(m.faults.list) == 0 {
		return nil
	}
	return problem(http.StatusUnprocessableEntity, "invalid_request", "A member is wrong.").with(m.faults.list...)
}

// leadID gives the lead in the path; ids that nobody has end as unknown leads.
func leadID(r *http.Request) string { return mux.Vars(r)["id"] }
