package httpapi

import (
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/mux"

	"assay/server/internal/auth"
)

// tokenView is a token as admins see it.
type tokenView struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Role    auth.Role `json:"role"`
	Created time.Time `json:"created"`
	Secret  string    `json:"secret,omitempty"` // once, when it is made
}

// admin lets only admins through.
func (a *API) admin(h personHandler) handler {
	return a.person(func(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
		if who.Person.Role != auth.Admin {
			return forbidden("Only an admin may do this.")
		}
		return h(w, r, who)
	})
}

// program gives who a touch's token belongs to; nil where the touch has none, as
// pages' have. A program sends no Origin, and knows itself how much it sends.
func (a *API) program(r *http.Request) (*auth.Person, error) {
	if !auth.HasToken(r) {
		return nil, nil
	}
	who, err := a.Auth.Identify(r)
	if err != nil {
		return nil, err
	}
	if !who.Person.Role.MayWork() {
		return nil, forbidden("This token's role reads only.")
	}
	return who.Person, nil
}

func (a *API) getTokens(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	known, err := a.Auth.Tokens(r.Context(), who.Person.Site)
	if err != nil {
		return err
	}
	items := make([]tokenView, 0, len(known))
	for _, t := range known {
		items = append(items, tokenView{ID: t.ID, Name: t.Name, Role: t.Role, Created: t.Created})
	}
	return writeJSON(w, http.StatusOK, list{items, ""})
}

// postToken makes a token. Its secret is in this answer and nowhere else.
func (a *API) postToken(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	m, err := a.callObject(w, r)
	if err != nil {
		return err
	}
	name := m.required("name", maxID)
	role := auth.Role(m.oneOf("role", []string{string(auth.Admin), string(auth.Marketer), string(auth.Rep), string(auth.Read)}))
	if err := a.sound(m); err != nil {
		return err
	}
	secret, t, err := a.Auth.AddToken(r.Context(), who.Person.Site, name, role)
	switch {
	case errors.Is(err, auth.ErrTokenName):
		return invalidAction(Fault{"/name", "invalid_name", "want 1 to 40 of A-Z, a-z, 0-9, '.', '_' and '-'"})
	case errors.Is(err, auth.ErrTokenTaken):
		return invalidAction(Fault{"/name", "taken", "want a name that no other token of the site has"})
	case errors.Is(err, auth.ErrTokens):
		return problem(http.StatusConflict, "too_many_tokens", "The site has as many tokens as it can. Revoke one first.")
	case err != nil:
		return err
	}
	return writeJSON(w, http.StatusCreated, tokenView{ID: t.ID, Name: t.Name, Role: t.Role, Created: t.Created, Secret: secret})
}

func (a *API) deleteToken(w http.ResponseWriter, r *http.Request, who *auth.Identity) error {
	err := a.Auth.RevokeToken(r.Context(), who.Person.Site, mux.Vars(r)["id"])
	if errors.Is(err, auth.ErrNotFound) {
		return problem(http.StatusNotFound, "unknown_token", "There is no token with this id in your site.")
	}
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
